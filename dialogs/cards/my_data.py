"""What is kept about a person: who sees it, all of it in a file, and how to erase it."""

from datetime import timedelta

from collective.actions import erasing
from collective.outbox import Ids
from collective.people import Consent
from dialogs import commands
from dialogs.cards import sheets
from dialogs.cards.card import Button, Card, Media, Press, Scene
from dialogs.cards.owners import speaking
from locales.words import Words
from reports import my_data

#: The kinds of Retention that she is told.
_TOLD = ("voices", "words", "answers", "departed")
#: Who has an account but no person yet.
STRANGER = 0


class ForgetPress(Press, prefix="fA"):
    """The one tap that erases a person; it says whom, because a phone may carry several."""

    person: int


async def draw_my_data(_ids: Ids, scene: Scene) -> Card | None:
    """Show everything that is kept about her, with a file."""
    person = await speaking(scene)
    if person is None:
        return None
    kept = await erasing.read(scene.store, person.id)
    words = scene.words
    forget = sheets.show("forget", commands.description(commands.FORGET, words.plain))
    page = my_data.page(kept, scene.forms, words, scene.now)
    return Card(
        text=my_data.message(kept, words),
        media=Media(kind="document", name="lisanga.html", content=page),
        owner=person.id,
        buttons=((forget,),),
    )


async def draw_privacy(_ids: Ids, scene: Scene) -> Card:
    """Say what is kept, who sees what, for how long, and how it is erased."""
    person, words = await speaking(scene), scene.words
    consents = await scene.store.people.consents(person.id) if person else frozenset()
    named = (
        words.gettext("You agreed that your facilitator sees your motivation with your name.")
        if Consent.NAMING in consents
        else words.gettext("Nobody but you sees your motivation with your name.")
    )
    lines = [
        words.gettext("I keep your name, your Telegram account, your answers and their hour."),
        words.gettext(
            "The group and the coordinators see totals, never who said what. The facilitator "
            "sees who has answered. When you ask to talk to her, she gets your name and what you "
            "write or say."
        ),
        named,
        words.gettext(
            "When an open vote has closed, its members and the facilitator see your name, your "
            "vote and why. In a secret vote nobody in the collective sees yours: until it closes, "
            "or in a backup made before, whoever runs me could; afterwards nobody can."
        ),
        words.gettext(
            "Of a vote that the group hears of, the coordinators read the question and the result, "
            "never who voted what."
        ),
        words.gettext(
            "Voice notes go after {voices}, written words after {words}, answers after {answers}. "
            "Totals stay, and your motivation while you are a member and {departed} after.",
            **{kind: words.duration(timedelta(days=getattr(scene.keep, kind))) for kind in _TOLD},
        ),
        words.gettext(
            "Your name and your own words are encrypted; the key is with whoever runs me."
        ),
        words.gettext("In groups I read commands only, not what people write to each other."),
        words.gettext("/mesdonnees shows what I keep about you. /oublier erases it."),
    ]
    return sheets.sheet("privacy", "\n\n".join(lines), ((sheets.home(words),),))


async def draw_forget(_ids: Ids, scene: Scene) -> Card:
    """Ask for the one tap that erases, saying what goes and what stays."""
    person, words = await speaking(scene), scene.words
    if person is None:
        return _erasing(
            [words.gettext("I keep your Telegram account and its language. Erase them?")],
            STRANGER,
            words,
        )
    lines = [
        words.gettext(
            "Erase everything I keep about you? Your name, your collectives, your answers and your "
            "words are gone at once and for good."
        ),
        words.gettext("The totals of past check-ins stay; they carry no names."),
        words.gettext(
            "What stands in this chat stays with Telegram: delete the chat too if you like."
        ),
    ]
    return _erasing([*lines, *await _duties(person.id, scene)], person.id, words)


def _erasing(lines: list[str], person: int, words: Words) -> Card:
    press = ForgetPress(person=person)
    erase = Button(label=words.plain.pgettext("button", "Erase it all"), data=press.pack())
    keep = sheets.show("home", words.plain.pgettext("button", "No, keep it"))
    return sheets.sheet("forget", "\n\n".join(lines), ((keep,), (erase,)))


async def draw_farewell(ids: Ids, scene: Scene) -> Card:
    """Say goodbye to somebody who is not known here any more, in the language she spoke."""
    words = Words(str(ids["language"]))
    return Card(
        text=words.gettext("Everything is erased. Go well. To come back, ask for an invitation.")
    )


async def _duties(person_id: int, scene: Scene) -> list[str]:
    """Say what of hers others have to take over."""
    standing = await scene.store.people.standing(person_id)
    lines = []
    if standing.facilitates:
        lines.append(
            scene.words.gettext(
                "You accompany a collective: the coordinators are told if nobody else does."
            )
        )
    if standing.coordinator and await scene.store.people.coordinators() == [person_id]:
        lines.append(
            scene.words.gettext(
                "You are the only coordinator: after you, only whoever runs me can name another."
            )
        )
    return lines
