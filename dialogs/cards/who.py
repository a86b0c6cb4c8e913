"""Who is answering? Asked on a phone of several persons, before anything of theirs is shown."""

from collections.abc import Sequence

from collective.outbox import Ids
from collective.people import Person
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from locales.words import Words

#: Telegram's limit for what a button carries, in bytes.
_DATA_LIMIT = 64
#: Who is none of the persons on the phone; who has to be asked for.
NOBODY, ASK = 0, -1


class WhoPress(Press, prefix="wA"):
    """A press on a name. `then` is the command she had written, carried out for whom she is."""

    person: int
    then: str


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Ask who answers, or who opens the invitation that is waiting."""
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    if not persons:
        return None
    then = str(ids.get("then", ""))
    words = scene.words
    invited = words.gettext("Who opens this invitation?")
    text = invited if "invited" in ids else words.gettext("Who answers?")
    other = words.plain.pgettext("button", "Somebody else")
    return Card(
        text=text,
        buttons=tuple(
            (Button(label=name, data=_data(number, then)),)
            for number, name in [*((each.id, each.name) for each in persons), (NOBODY, other)]
        ),
    )


def another(persons: Sequence[Person], words: Words) -> Rows:
    """Return the button with which one takes the phone over from another, where several use it."""
    return not_me(words) if len(persons) > 1 else ()


def not_me(words: Words) -> Rows:
    """Return the button of who was taken for somebody else."""
    label = words.plain.pgettext("button", "This is not me")
    return ((Button(label=label, data=_data(ASK, "")),),)


def _data(person: int, then: str) -> str:
    """Pack a press; a command too long for a button is written once more by hand."""
    data = WhoPress(person=person, then=then).pack()
    return data if len(data.encode()) <= _DATA_LIMIT else WhoPress(person=person, then="").pack()
