"""Settings: what a person can decide about herself here. Only what works has a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collective.outbox import Ids
from collective.people import CHOICES, Account, Consent, Person, Standing
from dialogs import commands
from dialogs.cards import sheets
from dialogs.cards.card import Button, Card, Press, Scene
from dialogs.cards.owners import speaking
from locales.words import Words


class ConsentPress(Press, prefix="yA"):
    """A press that gives a consent or takes it back."""

    consent: Consent
    given: bool


class LargePress(Press, prefix="kA"):
    """A press that chooses large keys for check-ins, or leaves them."""

    large: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Who looks at her settings."""

    account: Account
    person: Person | None
    standing: Standing | None
    words: Words

    @property
    def member(self) -> bool:
        """Tell whether she is a member somewhere."""
        return self.standing is not None and bool(self.standing.member_of)


#: One line: its button, or None for somebody it is not for.
Line = Callable[[Facts], Button | None]


def _language(facts: Facts) -> Button:
    return sheets.show("languages", commands.description(commands.LANGUAGE, facts.words))


def _pause(facts: Facts) -> Button | None:
    if not facts.member:
        return None
    return sheets.show("pause", commands.description(commands.PAUSE, facts.words))


def _naming(facts: Facts) -> Button | None:
    label = facts.words.pgettext("button", "Who sees my motivation")
    return _choice(facts, Consent.NAMING, label)


def _export(facts: Facts) -> Button | None:
    label = facts.words.pgettext("button", "My answers in studies")
    return _choice(facts, Consent.EXPORT, label)


def _choice(facts: Facts, consent: Consent, label: str) -> Button | None:
    return sheets.show("choice", label, CHOICES.index(consent)) if facts.member else None


def _by_command(name: str) -> Line:
    """Return the line that carries out a command, for whoever has come in."""
    return lambda facts: sheets.command(name, facts.words) if facts.person else None


def _large(facts: Facts) -> Button | None:
    label = facts.words.pgettext("button", "Large buttons")
    return sheets.show("large", label) if facts.member else None


def _privacy(facts: Facts) -> Button:
    return sheets.show("privacy", commands.description(commands.PRIVACY, facts.words))


def _stop(facts: Facts) -> Button:
    return sheets.show("stop", commands.description(commands.STOP, facts.words))


#: Every setting, the most used first. A new one is a line here.
LINES: Sequence[Line] = (
    _language,
    _pause,
    _by_command(commands.DISCREET),
    _by_command(commands.CODE),
    _by_command(commands.MY_DATA),
    _stop,
    _naming,
    _export,
    _large,
    _by_command(commands.PHONE),
    _privacy,
)


async def draw_settings(ids: Ids, scene: Scene) -> Card | None:
    """List what she can decide, a page at a time."""
    if scene.account is None:
        return None
    person = await speaking(scene)
    facts = Facts(
        account=scene.account,
        person=person,
        standing=await scene.store.people.standing(person.id) if person else None,
        words=scene.words.plain,
    )
    buttons = [button for line in LINES if (button := line(facts)) is not None]
    part = int(ids.get("number", 0))
    rows = sheets.listed(buttons, "settings", part, scene.words)
    title = scene.words.gettext("What would you like to change or know?")
    return sheets.sheet("settings", title, (*rows, (sheets.home(scene.words),)), part)


async def draw_choice(ids: Ids, scene: Scene) -> Card | None:
    """Ask once more what she chose when she came in; what she chose last is ticked."""
    person = await speaking(scene)
    number = int(ids["number"])
    if person is None or not 0 <= number < len(CHOICES):
        return None
    consent, words = CHOICES[number], scene.words
    given = consent in await scene.store.people.consents(person.id)
    asked = {
        Consent.NAMING: (
            words.gettext("May your facilitator see your motivation with your name?"),
            words.gettext("If not, she sees it in totals only."),
        ),
        Consent.EXPORT: (
            words.gettext(
                "May your answers, without your name, help studies of groups like yours?"
            ),
            words.gettext("What you write or say in your own words is never part of them."),
        ),
    }[consent]
    row = _yes_or_no(words, lambda value: ConsentPress(consent=consent, given=value), chosen=given)
    rows = (row, (sheets.back("settings", words),))
    return sheets.sheet("choice", "\n\n".join(asked), rows, number)


async def draw_large(_ids: Ids, scene: Scene) -> Card | None:
    """Ask whether check-ins come with large keys."""
    if scene.account is None:
        return None
    words, large = scene.words, scene.account.large_buttons
    text = words.gettext(
        "Shall the answers of your check-in and of your votes be large buttons below the chat? "
        "Each press sends a message; it also works when the network comes and goes."
    )
    row = _yes_or_no(words, lambda value: LargePress(large=value), chosen=large)
    return sheets.sheet("large", text, (row, (sheets.back("settings", words),)))


async def draw_folded(_ids: Ids, scene: Scene) -> Card:
    """Say that the large keys are gone, and take them away."""
    return Card(text=scene.words.gettext("The large buttons are put away."), folds=True)


def _yes_or_no(words: Words, press: Callable[[bool], Press], *, chosen: bool) -> tuple[Button, ...]:
    """Return yes and no, with a tick on what she chose last."""
    yes, no = words.plain.pgettext("button", "Yes"), words.plain.pgettext("button", "No")
    return tuple(
        Button(label=f"✅ {label}" if value == chosen else label, data=press(value).pack())
        for label, value in ((yes, True), (no, False))
    )
