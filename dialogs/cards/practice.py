"""The practice question: a card like a real one, of which nothing is kept."""

from collective.actions.joining import PRACTICE
from collective.actions.rounds import FORM
from collective.forms import PASSED, Form, Question
from collective.outbox import Ids
from dialogs.cards import asking
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from locales.words import Words


class PracticePress(Press, prefix="xA"):
    """A press on the practice card: what a check-in card does, and the choice."""

    do: str
    value: str


async def draw(ids: Ids, scene: Scene) -> Card:
    """Draw the first question of a check-in; `help` explains it."""
    form, question = _form(scene), _question(scene)
    lines = [
        scene.words.gettext("Let us practise: this is how a check-in begins. Nothing is kept."),
        asking.progress(form, {}),
        asking.text(question, scene.words, explained="help" in ids),
    ]
    person = int(ids["person"])
    return Card(
        text="\n\n".join(lines),
        buttons=_buttons(question, scene.words),
        owner=person,
        identity=(PRACTICE, {"person": person}),
    )


async def draw_done(ids: Ids, scene: Scene) -> Card:
    """Say what she would have answered, and that it was practice."""
    words, question = scene.words, _question(scene)
    value = str(ids.get("value", ""))
    lines = [words.gettext("It was practice: nothing is kept.")]
    if value == PASSED or question.choice(value) is not None:
        answer = asking.said(question, value, words)
        lines.insert(0, words.gettext("You answered: {answer}.", answer=answer))
    return Card(text="\n".join(lines))


def _form(scene: Scene) -> Form:
    form = scene.forms[FORM]
    return form.asking(form.rotation[0].key) if form.rotation else form


def _question(scene: Scene) -> Question:
    return _form(scene).questions[0]


def _buttons(question: Question, words: Words) -> Rows:
    rows = asking.buttons(0, question, 0, words, again=False)
    return tuple(tuple(_harmless(button) for button in row) for row in rows)


def _harmless(button: Button) -> Button:
    """Return a check-in card's button that answers nothing."""
    press = asking.CheckInPress.unpack(button.data or "")
    return Button(label=button.label, data=PracticePress(do=press.do, value=press.value).pack())
