"""All states, and one typed function for each dialog that can be opened."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from dialogs.text import opener


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


#: Fields of an activity that are asked for one after the other, and where.
_ASKED = (
    ("kind", Planning.kind),
    ("title", Planning.title),
    ("day", Planning.day),
    ("place", Planning.place),
    ("open_to_others", Planning.open_to_others),
)


async def open_farewell(manager: DialogManager, *, departure: int) -> None:
    """Ask who has left why, what would have kept her, and who may stay in touch."""
    # The press showed her out: that page stays, with its way back.
    await _open(manager, Farewell.why, {"departure": departure}, ShowMode.SEND)


async def open_joining(
    manager: DialogManager, *, token: str, known: bool, must_agree: bool
) -> None:
    """Ask a stranger her language, agreement and name; who is known, only what is new to her."""
    await _open(manager, _first_page(known=known, must_agree=must_agree), {"token": token})


async def open_asking(
    manager: DialogManager, *, invite: int, known: bool, must_agree: bool
) -> None:
    """Ask the same of who comes with the code of an invitation; then she waits for a yes."""
    data = {"invite": invite, "draft": uuid4().hex}
    await _open(manager, _first_page(known=known, must_agree=must_agree), data)


def _first_page(*, known: bool, must_agree: bool) -> State:
    if not known:
        return Joining.language
    return Joining.consent if must_agree else Joining.known


async def open_founding(manager: DialogManager) -> None:
    """Ask a coordinator about a new collective."""
    await _open(manager, Founding.name, {"draft": uuid4().hex})


async def open_inviting(manager: DialogManager) -> None:
    """Ask a facilitator which of her collectives to invite to."""
    await _open(manager, Inviting.collective, {})


async def open_accompanying(
    manager: DialogManager, *, collective: int | None, page: State = Accompanying.overview
) -> None:
    """Show a page of a facilitator's collective; first ask which collective if need be."""
    first = Accompanying.collective if collective is None else page
    await _open(manager, first, {"collective": collective, "page": page.state})


async def open_overseeing(manager: DialogManager) -> None:
    """Show a coordinator the list of collectives."""
    await _open(manager, Overseeing.collective, {})


async def open_broadcasting(
    manager: DialogManager, *, collective: int | None, coordinates: bool = False
) -> None:
    """Ask for a message; first to which collective when there are several.

    A coordinator may choose all of them instead.
    """
    state = Broadcasting.collective if collective is None else Broadcasting.text
    data = {"draft": uuid4().hex, "collective": collective, "coordinates": coordinates}
    await _open(manager, state, data)


async def open_wide_broadcasting(manager: DialogManager, *, everywhere: int) -> None:
    """Ask a coordinator who accompanies no collective to whom she writes."""
    data = {"draft": uuid4().hex, "collective": everywhere, "coordinates": True}
    await _open(manager, Broadcasting.wide, data)


async def open_draft(manager: DialogManager, *, broadcast: int) -> None:
    """Show a broadcast that is planned, or has become a draft again."""
    data = {"draft": "", "collective": None, "coordinates": False, "broadcast": broadcast}
    await _open(manager, Broadcasting.preview, data)


async def open_reviewing(manager: DialogManager) -> None:
    """Show her what she has sent and planned."""
    await _open(manager, Reviewing.broadcasts, {})


async def open_reading(manager: DialogManager, *, collective: int | None) -> None:
    """Show a summary; first ask whose when there are several."""
    state = Reading.collective if collective is None else Reading.summary
    await _open(manager, state, {"collective": collective})


async def open_grouping(manager: DialogManager, *, collective: int | None) -> None:
    """Show a collective's Telegram group; first ask whose when there are several."""
    state = Grouping.collective if collective is None else Grouping.home
    await _open(manager, state, {"collective": collective})


async def open_pacing(manager: DialogManager, *, collective: int | None) -> None:
    """Show a collective's rhythm; first ask whose when there are several."""
    state = Pacing.collective if collective is None else Pacing.home
    await _open(manager, state, {"collective": collective})


async def open_discretion(manager: DialogManager) -> None:
    """Explain discreet mode, and turn it on or off."""
    await _open(manager, Phone.discreet, {})


async def open_people(manager: DialogManager) -> None:
    """Say who uses this phone, and how somebody else comes in on it."""
    await _open(manager, Phone.people, {})


async def open_code(manager: DialogManager) -> None:
    """Show what a secret code does, and let her choose, change or remove hers."""
    await _open(manager, Code.page, {})


async def open_proposing(manager: DialogManager, *, collective: int | None) -> None:
    """Ask a member what she proposes; first to which collective when there are several."""
    state = Proposing.collective if collective is None else Proposing.question
    await _open(manager, state, {"draft": uuid4().hex, "collective": collective})


async def open_amending(manager: DialogManager, *, proposal: int) -> None:
    """Show its author a proposal that she may still change."""
    await _open(manager, Proposing.review, {"proposal": proposal})


async def open_saying(manager: DialogManager, *, proposal: int, page: State) -> None:
    """Ask for words about a proposal."""
    await _open(manager, page, {"proposal": proposal})


async def open_entrusting(manager: DialogManager, *, proposal: int) -> None:
    """Ask a facilitator for whom she votes."""
    await _open(manager, Entrusting.member, {"proposal": proposal})


async def open_concluding(
    manager: DialogManager, *, proposal: int, page: State = Concluding.home
) -> None:
    """Show what was decided and who does what, or another page of it."""
    await _open(manager, page, {"proposal": proposal})


async def open_planning(
    manager: DialogManager, *, collective: int | None, said: Mapping[str, str] | None = None
) -> None:
    """Ask what is planned; first for which collective when there are several.

    `said` are fields of its details that are known already.
    """
    state = Planning.collective if collective is None else asked_first(said or {})
    data = {"draft": uuid4().hex, "collective": collective, "said": dict(said or {})}
    await _open(manager, state, data)


def asked_first(said: Collection[str]) -> State:
    """Return the first page whose answer is missing; `said` are the fields that are known."""
    return next((page for key, page in _ASKED if key not in said), Planning.review)


async def open_changing(
    manager: DialogManager, *, activity: int, page: State = Planning.review
) -> None:
    """Show who leads an activity a page on which she changes it."""
    await _open(manager, page, {"activity": activity})


async def open_setback(
    manager: DialogManager, *, collective: int | None, kind: str | None = None
) -> None:
    """Ask what has happened; first to which collective when there are several."""
    state = Setbacks.kind if kind is None else Setbacks.weight
    data = {"draft": uuid4().hex, "collective": collective, "kind": kind}
    await _open(manager, Setbacks.collective if collective is None else state, data)


async def open_lesson(manager: DialogManager, *, setback: int) -> None:
    """Ask what was learned from a setback."""
    await _open(manager, Setbacks.lesson, {"setback": setback})


async def open_handing_over(
    manager: DialogManager, *, proposal: int, task: int | None = None
) -> None:
    """Ask who does a task now; first which one where none is named."""
    state = HandingOver.task if task is None else HandingOver.whom
    await _open(manager, state, {"proposal": proposal, "task": task})


async def open_pairing(manager: DialogManager) -> None:
    """Ask a coordinator which two collectives are to visit each other."""
    await _open(manager, Pairing.collective, {"draft": uuid4().hex})


async def open_crisis(manager: DialogManager, *, collective: int | None) -> None:
    """Show how a crisis check-in goes, or offer to open one; first whose if there are several."""
    state = Crisis.collective if collective is None else Crisis.page
    await _open(manager, state, {"collective": collective})


async def _open(
    manager: DialogManager, state: State, data: dict[str, Any], show: ShowMode | None = None
) -> None:
    # Dialogs are opened one at a time: what was open before is left. A command gets a new message,
    # a button turns its page.
    turned = isinstance(manager.event, CallbackQuery)
    show_mode = show or (ShowMode.EDIT if turned else ShowMode.SEND)
    await manager.start(
        state, data | opener(manager), mode=StartMode.RESET_STACK, show_mode=show_mode
    )
