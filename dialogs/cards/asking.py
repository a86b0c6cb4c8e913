"""One question on a card: its sentence, its buttons, and what a press on one of them means."""

from collections.abc import Mapping

from collective import checkins
from collective.checkins import Answers
from collective.errors import NotAnAnswer
from collective.forms import PASSED, TEXT, VOICE, Choice, Form, Kind, Question
from collective.ports import Store
from dialogs.cards.card import Button, Press, Rows
from locales.words import Words

#: What a press does: keep an answer, only mark choices of a several-choice question, explain the
#: question, stop the check-in, go on with it, choose an answer to change, ask a question once
#: more, leave everything as it is.
SET, MARK, HELP, STOP = "s", "m", "h", "x"
GO_ON, CHANGE, AGAIN, BACK = "g", "c", "a", "b"

_PROGRESS = ("○", "●")


class CheckInPress(Press, prefix="cA"):
    """A press on a check-in card. `value` is a choice's key, or marks as a hexadecimal number.

    Marks travel in the button, so nothing is stored before she says "that's all", and pressing
    twice is the same as pressing once.
    """

    checkin: int
    question: str
    do: str
    value: str


class EntryPress(CheckInPress, prefix="eA"):
    """The same by a facilitator, who enters a member's answers."""


def button(
    checkin_id: int,
    label: str,
    do: str,
    question: str = "",
    value: str = "",
    kind: type[CheckInPress] = CheckInPress,
) -> Button:
    """Return a button of a check-in card, or of one that enters answers."""
    press = kind(checkin=checkin_id, question=question, do=do, value=value)
    return Button(label=label, data=press.pack())


def text(question: Question, words: Words, *, explained: bool) -> str:
    """Return the question, how to answer it where that is not plain, and perhaps its help."""
    lines = [f"<b>{words.pgettext('question', question.text)}</b>"]
    if question.kind is Kind.SEVERAL:
        done = words.pgettext("button", "That's all")
        lines.append(words.gettext("Press everything that fits, then “{done}”.", done=done))
    if explained:
        lines.append(f"<i>{words.pgettext('help', question.help)}</i>")
    return "\n".join(lines)


def progress(form: Form, answers: Answers) -> str:
    """Return a circle for each question that may come, filled for those answered."""
    ahead = checkins.still_possible(form, answers)
    return "".join(_PROGRESS[question.key in answers] for question in ahead)


def buttons(checkin_id: int, question: Question, marks: int, words: Words, *, again: bool) -> Rows:
    """Return a button for each choice, then the aids that every question has.

    `again`: it was answered before, so it can be left as it is, and there is nothing to stop.
    """
    plain, key = words.plain, question.key
    # The place of "listen", first of the aids, is here: once prompts can be recorded.
    skip = button(checkin_id, "⏭ " + plain.pgettext("button", "Skip"), SET, key, PASSED)
    stop = button(checkin_id, "✋ " + plain.pgettext("button", "Stop here"), STOP)
    explain = button(checkin_id, "❓ " + plain.pgettext("button", "Help"), HELP, key, f"{marks:x}")
    rows = choices(checkin_id, question, marks, plain)
    return (*rows, (skip, back(checkin_id, words) if again else stop, explain))


def back(checkin_id: int, words: Words) -> Button:
    """Return the button that leaves everything as it is."""
    return button(checkin_id, "↩ " + words.plain.pgettext("button", "Leave it"), BACK)


def choices(
    checkin_id: int,
    question: Question,
    marks: int,
    plain: Words,
    kind: type[CheckInPress] = CheckInPress,
) -> Rows:
    """Return a button for each choice, and "that's all" once several can be chosen and one is."""
    chosen = unmarked(question, marks)
    rows = []
    for place, choice in enumerate(question.choices, 1):
        label, do, value = _label(place, choice, plain), SET, choice.key
        if question.kind is Kind.SEVERAL:
            do, value = MARK, f"{marked(question, checkins.toggle(question, chosen, value)):x}"
            label = f"✅ {label}" if choice.key in chosen.split(",") else label
        rows.append((button(checkin_id, label, do, question.key, value, kind),))
    if marks:
        done = plain.pgettext("button", "That's all")
        rows.append((button(checkin_id, done, SET, question.key, f"{marks:x}", kind),))
    return tuple(rows)


def _label(place: int, choice: Choice, words: Words) -> str:
    parts = (str(place), choice.face, words.pgettext("choice", choice.label))
    return " ".join(part for part in parts if part)


def said(question: Question, value: str, words: Words) -> str:
    """Say an answer in words, as a person would read it back."""
    if value == PASSED:
        return words.gettext("I'd rather not say")
    if question.kind is Kind.WORDS:
        own = {TEXT: words.gettext("your own words"), VOICE: words.gettext("your voice note")}
        return own[value]
    labels: Mapping[str, str] = {choice.key: choice.label for choice in question.choices}
    return words.list_and(words.pgettext("choice", labels[key]) for key in value.split(","))


def marked(question: Question, value: str) -> int:
    """Write chosen keys as the number that travels in a button: bit 0 is the first choice."""
    chosen = value.split(",")
    return sum(1 << place for place, c in enumerate(question.choices) if c.key in chosen)


def unmarked(question: Question, marks: int) -> str:
    """Read that number back as chosen keys."""
    return ",".join(c.key for place, c in enumerate(question.choices) if marks >> place & 1)


def read_marks(press: CheckInPress) -> int:
    """Return the marks of a press; raise NotAnAnswer when somebody wrote the button herself."""
    try:
        return int(press.value, 16)
    except ValueError:
        raise NotAnAnswer(question=press.question) from None


async def read_press(store: Store, forms: Mapping[str, Form], press: CheckInPress) -> str:
    """Return the value a press stands for: marks become keys."""
    checkin = await store.checkins.get(press.checkin)
    round_ = await store.rounds.get(checkin.round_id) if checkin else None
    question = round_.form_of(forms).question(press.question) if round_ else None
    if question is None or question.kind is not Kind.SEVERAL or press.value == PASSED:
        return press.value
    return unmarked(question, read_marks(press))
