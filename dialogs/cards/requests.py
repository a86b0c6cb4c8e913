"""Asking to come in: the card of who may say yes, and what she who asks is told."""

from collective.actions.requests import WAITING
from collective.outbox import Ids
from collective.people import Role
from collective.requests import JoinRequest
from dialogs.cards.card import Button, Card, Press, Scene
from locales.words import Words

YES, NO, TAKE_BACK = "y", "n", "w"
#: The card of who waits, and what tells her the end of it: that takes the buttons off this one.
WAITS: tuple[str, Ids] = (WAITING, {})


class RequestPress(Press, prefix="jA"):
    """An answer to a request, or its taking back."""

    request: int
    do: str


async def draw_asked(ids: Ids, scene: Scene) -> Card | None:
    """Ask whether she may come in; None when the request is over."""
    request = await scene.store.requests.get(int(ids["request"]))
    collective = await scene.store.collectives.get(request.collective_id) if request else None
    if request is None or collective is None:
        return None
    words = scene.words
    if request.role is Role.MEMBER:
        text = words.gettext(
            "{name} has a code and asks to come into {collective}. Do you know her?",
            name=request.name,
            collective=collective.name,
        )
    else:
        text = words.gettext(
            "{name} has a code and asks to accompany {collective} as its facilitator. "
            "Do you know her?",
            name=request.name,
            collective=collective.name,
        )
    yes = _button(request, YES, words.plain.pgettext("button", "Yes, let her in"))
    no = _button(request, NO, words.plain.pgettext("button", "No"))
    identity = ("join_request", {"request": request.id})
    return Card(text=text, buttons=((yes,), (no,)), identity=identity)


async def draw_answered(ids: Ids, scene: Scene) -> Card | None:
    """Say back what was answered: `person` is who came in, missing after a no."""
    person = await scene.store.people.person(int(ids.get("person", 0)))
    if person is None:
        return Card(text=scene.words.gettext("Noted: no. I tell her."))
    return Card(text=scene.words.gettext("{name} has come in. I tell her.", name=person.name))


async def draw_waiting(_ids: Ids, scene: Scene) -> Card | None:
    """Say what she waits for, and let her take it back; None when it was answered."""
    account = scene.account
    waiting = await scene.store.requests.of_account(account.id) if account else []
    lines, rows = [], []
    for request in waiting:
        collective = await scene.store.collectives.get(request.collective_id)
        lines.append(_waits(request, collective.name if collective else "", scene.words))
        label = scene.words.plain.pgettext("button", "Take it back")
        rows.append((_button(request, TAKE_BACK, label),))
    if not lines:
        return None
    return Card(text="\n\n".join(lines), buttons=tuple(rows), identity=WAITS)


async def draw_refused(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that it was no."""
    words = _words(ids, scene)
    collective = await scene.store.collectives.get(int(ids["collective"]))
    name = collective.name if collective else ""
    text = words.gettext("You were not let into {collective}.", collective=name)
    return Card(text=_and_forgotten(text, ids, words), identity=WAITS)


async def draw_unanswered(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that nobody has answered in time."""
    words = _words(ids, scene)
    collective = await scene.store.collectives.get(int(ids["collective"]))
    text = words.gettext(
        "Nobody has answered your request to come into {collective}. Ask for a new code.",
        collective=collective.name if collective else "",
    )
    return Card(text=_and_forgotten(text, ids, words), identity=WAITS)


async def draw_taken_back(ids: Ids, scene: Scene) -> Card:
    """Tell her that she no longer waits."""
    words = _words(ids, scene)
    text = words.gettext("Your request is taken back.")
    return Card(text=_and_forgotten(text, ids, words), identity=WAITS)


def _waits(request: JoinRequest, collective: str, words: Words) -> str:
    if request.role is Role.MEMBER:
        return words.gettext(
            "You have asked to come into {collective}. I tell you when its facilitator has "
            "answered.",
            collective=collective,
        )
    return words.gettext(
        "You have asked to accompany {collective}. I tell you when a coordinator has answered.",
        collective=collective,
    )


def _words(ids: Ids, scene: Scene) -> Words:
    """Speak the language she had: her account is gone, and with it what she chose."""
    return Words(str(ids["language"])) if "language" in ids else scene.words


def _and_forgotten(text: str, ids: Ids, words: Words) -> str:
    forgotten = words.gettext("Nothing is kept about you.")
    return text if ids["known"] else f"{text} {forgotten}"


def _button(request: JoinRequest, do: str, label: str) -> Button:
    return Button(label=label, data=RequestPress(request=request.id, do=do).pack())
