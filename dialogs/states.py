"""The states of all wizards: each is one page."""

from aiogram.fsm.state import State, StatesGroup


class Joining(StatesGroup):
    """Coming in with an invitation."""

    language = State()
    consent = State()
    #: What members choose apart.
    naming = State()
    export = State()
    name = State()
    #: Who is known already is asked only whether she will.
    known = State()


class Founding(StatesGroup):
    """A coordinator creates a collective."""

    name = State()
    trade = State()
    place = State()
    zone = State()
    cadence = State()
    weekday = State()
    hour = State()
    language = State()
    review = State()


class Inviting(StatesGroup):
    """A facilitator of several collectives chooses which one to invite to."""

    collective = State()


class Accompanying(StatesGroup):
    """A facilitator looks after a collective."""

    collective = State()
    overview = State()
    answered = State()
    unreached = State()
    remind = State()
    enter = State()
    members = State()
    member = State()
    #: Somebody without Telegram is taken off the list.
    remove = State()
    #: Somebody without Telegram is written down.
    name = State()
    agreed = State()


class Overseeing(StatesGroup):
    """A coordinator looks across the collectives."""

    collective = State()
    overview = State()
    decided = State()


class Broadcasting(StatesGroup):
    """A facilitator writes to a collective, a coordinator to many."""

    collective = State()
    text = State()
    preview = State()
    options = State()
    languages = State()
    day = State()
    hour = State()
    #: To whom, for a facilitator.
    audience = State()
    people = State()
    #: The same for a coordinator.
    wide = State()
    collectives = State()
    trades = State()
    places = State()
    spoken = State()
    roles = State()
    shares = State()


class Reviewing(StatesGroup):
    """She looks at what she has sent and planned."""

    broadcasts = State()
    broadcast = State()


class Reading(StatesGroup):
    """Choosing whose summary to read."""

    collective = State()
    summary = State()


class Grouping(StatesGroup):
    """A facilitator gives a collective its Telegram group, and says in which language."""

    collective = State()
    home = State()
    language = State()


class Pacing(StatesGroup):
    """A facilitator looks at the rhythm of a collective and changes it."""

    collective = State()
    home = State()
    cadence = State()
    weekday = State()
    at = State()
    window = State()
    first = State()
    last = State()
    feasts = State()
    day = State()


class Phone(StatesGroup):
    """What holds for the whole phone."""

    discreet = State()
    people = State()


class Code(StatesGroup):
    """Her secret code."""

    page = State()
    #: The code she has is asked for before it is changed or removed.
    current = State()
    fresh = State()
    again = State()
    #: Codes that others have forgotten.
    forgotten = State()


class Farewell(StatesGroup):
    """Somebody who has left is asked three questions."""

    why = State()
    missed = State()
    contact = State()


class Proposing(StatesGroup):
    """A member proposes something to her collective."""

    collective = State()
    question = State()
    method = State()
    options = State()
    concerned = State()
    consulted = State()
    secrecy = State()
    #: Everything on one page; what follows are the pages that change a line of it.
    review = State()
    quorum = State()
    closing = State()
    day = State()
    hour = State()
    announced = State()
    card = State()
    thrown = State()


class Saying(StatesGroup):
    """Words about a proposal: a concern of somebody's, or why its author withdraws it."""

    concern = State()
    withdrawing = State()


class Entrusting(StatesGroup):
    """A facilitator votes for a member who is absent and has told her what."""

    member = State()
    choice = State()
    sure = State()


class Concluding(StatesGroup):
    """Writing down what was decided: one sentence, who does what by when, when to look again."""

    home = State()
    meeting = State()
    found = State()
    sentence = State()
    task = State()
    who = State()
    due = State()
    due_day = State()
    again = State()
    again_day = State()


class HandingOver(StatesGroup):
    """Giving a task to somebody else."""

    task = State()
    whom = State()


class Planning(StatesGroup):
    """A member plans an activity, or changes one that she leads."""

    collective = State()
    kind = State()
    title = State()
    day = State()
    hour = State()
    place = State()
    open_to_others = State()
    #: Everything on one page; what follows are the pages that change a line of it.
    review = State()
    with_whom = State()
    repeats = State()
    in_charge = State()
    cancelling = State()


class Setbacks(StatesGroup):
    """A member or a facilitator tells of a setback, or what was learned from one."""

    collective = State()
    kind = State()
    weight = State()
    when = State()
    day = State()
    words = State()
    lesson = State()


class Pairing(StatesGroup):
    """A coordinator brings two collectives together for a visit."""

    collective = State()
    other = State()
    review = State()
    told = State()


class Crisis(StatesGroup):
    """A facilitator or a coordinator asks a collective whether its members are safe."""

    collective = State()
    page = State()
    #: Whether it shall close before its time.
    closing = State()
    #: What was answered, once it is closed.
    summary = State()
