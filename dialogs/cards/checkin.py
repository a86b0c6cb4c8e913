"""The check-in card: one question at a time, the next one drawn from the answers so far."""

import html
from collections.abc import Mapping
from datetime import datetime

from collective import checkins
from collective.actions.checkins import CARD, next_opening, reachable_facilitators
from collective.checkins import Answers, CheckIn
from collective.collectives import Collective
from collective.errors import NotAnAnswer
from collective.forms import PASSED, Choice, Form, Kind, Question
from collective.outbox import Ids
from collective.ports import Store
from collective.rounds import Round
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from locales.words import Words

#: What a press does: keep an answer, or only mark choices of a several-choice question.
SET, MARK = "s", "m"

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


async def draw(ids: Ids, scene: Scene, *, opening: str | None = None) -> Card | None:
    """Draw a check-in as it stands; None when it is gone.

    `opening` is said instead of the greeting that begins an untouched check-in.
    """
    found = await _find(ids, scene)
    if found is None:
        return None
    checkin, round_, collective = found
    identity = (CARD, {"checkin": checkin.id})
    words = scene.words
    if not checkin.active:
        left = scene.words.gettext("You have left {collective}.", collective=collective.name)
        return Card(text=left)
    if not round_.takes_answers(scene.now):
        return Card(text=await _closed_text(scene, collective), owner=checkin.person_id)
    form = scene.forms[round_.form]
    answers = await scene.store.checkins.answers(checkin.id)
    question = checkins.next_question(form, answers)
    if question is None:
        text = await _thanks_text(form, answers, checkin, round_, collective, scene)
        return Card(text=text, identity=identity, owner=checkin.person_id)
    lines = [
        await _heading(scene, checkin, collective),
        opening or await _greeting(scene, checkin, form, answers),
        _noted(form, answers, question, words),
        _progress(form, answers),
        _question_text(question, words),
    ]
    marks = int(ids.get("marks", 0))
    return Card(
        text="\n\n".join(line for line in lines if line),
        buttons=_buttons(checkin.id, question, marks, words),
        identity=identity,
        owner=checkin.person_id,
    )


async def draw_opening(ids: Ids, scene: Scene) -> Card | None:
    """Draw it when its round opens; None once she has finished or the round has closed."""
    return await draw(ids, scene) if await _still_open(ids, scene) else None


async def draw_after_pause(ids: Ids, scene: Scene) -> Card | None:
    """Draw it when its round opens and her pause has ended by itself."""
    if await _still_open(ids, scene) is None:
        return None
    return await draw(ids, scene, opening=scene.words.gettext("Your pause is over."))


async def draw_reminder(ids: Ids, scene: Scene) -> Card | None:
    """Draw it with a gentle first line; None once she has finished or the round has closed."""
    still = await _still_open(ids, scene)
    if still is None:
        return None
    until = scene.words.moment(*still)
    gentle = scene.words.gettext("Your check-in is still open, until {moment}.", moment=until)
    return await draw(ids, scene, opening=gentle)


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
    question = forms[round_.form].question(press.question) if round_ else None
    if question is None or question.kind is not Kind.SEVERAL or press.value == PASSED:
        return press.value
    return unmarked(question, read_marks(press))


def said(question: Question, value: str, words: Words) -> str:
    """Say an answer in words, as a person would read it back."""
    if value == PASSED:
        return words.gettext("I'd rather not say")
    labels: Mapping[str, str] = {choice.key: choice.label for choice in question.choices}
    return words.list_and(words.pgettext("choice", labels[key]) for key in value.split(","))


async def _find(ids: Ids, scene: Scene) -> tuple[CheckIn, Round, Collective] | None:
    checkin = await scene.store.checkins.get(int(ids["checkin"]))
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    collective = await scene.store.collectives.get(round_.collective_id) if round_ else None
    if checkin is None or round_ is None or collective is None:
        return None
    return checkin, round_, collective


async def _still_open(ids: Ids, scene: Scene) -> tuple[datetime, str] | None:
    """Return until when, and in which zone."""
    found = await _find(ids, scene)
    if found is None:
        return None
    checkin, round_, collective = found
    if checkin.finished_at is not None or not round_.takes_answers(scene.now):
        return None
    # She left or makes a pause since it was queued: she is left alone.
    if checkin.excused_at is not None or not checkin.active:
        return None
    return round_.closes_at, collective.zone


async def _greeting(scene: Scene, checkin: CheckIn, form: Form, answers: Answers) -> str:
    person = await scene.store.people.person(checkin.person_id)
    if answers or person is None:
        return ""
    return scene.words.ngettext(
        "Hello {name}. {n} question, one minute.",
        "Hello {name}. {n} questions, one minute.",
        len(form.questions),
        name=person.name,
    )


def _noted(form: Form, answers: Answers, question: Question, words: Words) -> str:
    """Name what was recorded last, so that a typed answer is never a guess."""
    before = form.questions[: form.questions.index(question)]
    if not before or before[-1].key not in answers:
        return ""
    value = said(before[-1], answers[before[-1].key], words)
    return words.gettext("Noted: {answer}.", answer=value)


def _progress(form: Form, answers: Answers) -> str:
    return "".join(_PROGRESS[question.key in answers] for question in form.questions)


def _question_text(question: Question, words: Words) -> str:
    text = f"<b>{words.pgettext('question', question.text)}</b>"
    return f"{text}\n{words.pgettext('help', question.help)}" if question.help else text


async def _heading(scene: Scene, checkin: CheckIn, collective: Collective) -> str:
    """Name the collective to who is in several: the cards would be alike."""
    standing = await scene.store.people.standing(checkin.person_id)
    return f"<b>{html.escape(collective.name)}</b>" if len(standing.member_of) > 1 else ""


async def _thanks_text(
    form: Form,
    answers: Answers,
    checkin: CheckIn,
    round_: Round,
    collective: Collective,
    scene: Scene,
) -> str:
    words = scene.words
    lines = [words.gettext("Thank you. Your check-in is complete:")]
    lines += [f"· {said(question, answers[question.key], words)}" for question in form.questions]
    blocks = ["\n".join(lines)]
    if checkins.calls_facilitator(form, answers):
        blocks.append(await _call_text(checkin, scene))
    blocks.append(
        words.gettext(
            "The summary of the group comes {moment}. It carries no names.",
            moment=words.moment(round_.closes_at, collective.zone),
        )
    )
    return "\n\n".join(blocks)


async def _call_text(checkin: CheckIn, scene: Scene) -> str:
    """Promise only what will happen: nobody is called whom no message reaches."""
    if await reachable_facilitators(scene.store, checkin):
        return scene.words.gettext("Your facilitator is told that you would like to talk.")
    return scene.words.gettext("I cannot reach your facilitator now. Please talk to her yourself.")


async def _closed_text(scene: Scene, collective: Collective) -> str:
    opens = await next_opening(scene.store, collective.id)
    if opens is None:
        return scene.words.gettext("This check-in has closed.")
    return scene.words.gettext(
        "This check-in has closed. The next one opens {moment}.",
        moment=scene.words.moment(opens, collective.zone),
    )


def _buttons(checkin_id: int, question: Question, marks: int, words: Words) -> Rows:
    plain = words.plain

    def press(label: str, do: str, value: str) -> Button:
        data = CheckInPress(checkin=checkin_id, question=question.key, do=do, value=value)
        return Button(label=label, data=data.pack())

    skip = press(plain.pgettext("button", "Skip"), SET, PASSED)
    if question.kind is not Kind.SEVERAL:
        rows = [
            (press(_label(place, choice, plain), SET, choice.key),)
            for place, choice in enumerate(question.choices, 1)
        ]
        return (*rows, (skip,))
    chosen = unmarked(question, marks)
    rows = []
    for place, choice in enumerate(question.choices, 1):
        after = marked(question, checkins.toggle(question, chosen, choice.key))
        tick = "✅ " if choice.key in chosen.split(",") else ""
        rows.append((press(tick + _label(place, choice, plain), MARK, f"{after:x}"),))
    done = press(plain.pgettext("button", "That's all"), SET, f"{marks:x}")
    return (*rows, (done,) if marks else (skip,))


def _label(place: int, choice: Choice, words: Words) -> str:
    parts = (str(place), choice.face, words.pgettext("choice", choice.label))
    return " ".join(part for part in parts if part)
