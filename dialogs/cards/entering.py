"""The card by which a facilitator enters a member's answers, and what the member hears of it."""

import html

from collective import checkins
from collective.actions import entering
from collective.actions.checkins import CARD
from collective.checkins import CORRECTABLE, Answers, CheckIn
from collective.errors import Refusal
from collective.forms import PASSED, Form, Question
from collective.outbox import Ids
from dialogs.cards import asking, refusals
from dialogs.cards.asking import EntryPress
from dialogs.cards.card import Button, Card, Rows, Scene
from dialogs.cards.sheets import CommandPress
from dialogs.commands import ENTER
from locales.words import Words


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw the next question for her, or what was entered; in the chat of a facilitator only."""
    account = scene.account
    by = await scene.store.people.person_of(account.id, scene.now) if account else None
    if by is None:
        return None
    try:
        checkin, round_, answers = await entering.look(scene.store, int(ids["checkin"]), by=by.id)
    except Refusal as refusal:
        return await refusals.draw(refusals.ids_of(refusal), scene)
    form = round_.form_of(scene.forms)
    again = form.question(str(ids.get("asks", "")))
    question = again or checkins.next_question(form, answers)
    whose = await _whose(checkin, scene)
    if question is None:
        return _entered(checkin, form, answers, whose, scene.words)
    noted = ids.get("noted")
    just = form.question(str(noted)) if noted else None
    lines = [
        whose,
        _noted(just, answers, scene.words),
        asking.text(question, scene.words, explained=False),
    ]
    marks = int(ids.get("marks", asking.marked(question, answers.get(question.key, ""))))
    return Card(
        text="\n\n".join(line for line in lines if line),
        buttons=_buttons(checkin.id, question, marks, scene.words),
        identity=_identity(checkin),
    )


async def draw_entered(ids: Ids, scene: Scene) -> Card | None:
    """Tell a member what was entered for her, and how long she may correct it."""
    checkin = await scene.store.checkins.get(int(ids["checkin"]))
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    collective = await scene.store.collectives.get(checkin.collective_id) if checkin else None
    if checkin is None or round_ is None or collective is None:
        return None
    entered = await scene.store.checkins.entered(checkin.id)
    if not entered:
        return None
    form, answers = round_.form_of(scene.forms), await scene.store.checkins.answers(checkin.id)
    words = scene.words
    until = words.moment(min(entered.values()) + CORRECTABLE, collective.zone)
    lines = [
        words.gettext("Your facilitator has entered your answers:"),
        *_said(form, {key: answers[key] for key in entered}, words),
        words.gettext("You can correct them until {moment}.", moment=until),
    ]
    change = words.plain.pgettext("button", "Change an answer")
    return Card(
        text="\n".join(lines),
        buttons=((asking.button(checkin.id, change, asking.CHANGE),),),
        owner=checkin.person_id,
        identity=(CARD, {"checkin": checkin.id}),
    )


async def _whose(checkin: CheckIn, scene: Scene) -> str:
    person = await scene.store.people.person(checkin.person_id)
    collective = await scene.store.collectives.get(checkin.collective_id)
    name = f"<b>{html.escape(person.name)}</b>" if person else ""
    return f"{name} · {html.escape(collective.name)}" if collective else name


def _noted(just: Question | None, answers: Answers, words: Words) -> str:
    if just is None or just.key not in answers:
        return ""
    return words.gettext("Noted: {answer}.", answer=asking.said(just, answers[just.key], words))


def _entered(checkin: CheckIn, form: Form, answers: Answers, whose: str, words: Words) -> Card:
    """Read everything back; each answer can be entered anew by its number."""
    told = checkins.counted(form, answers)
    lines = [
        f"{place}. {asking.said(question, told[question.key], words)}"
        for place, question in enumerate((q for q in form.questions if q.key in told), 1)
    ]
    keys = tuple(
        asking.button(checkin.id, str(place), asking.AGAIN, key, kind=EntryPress)
        for place, key in enumerate(told, 1)
    )
    others = words.plain.pgettext("button", "Somebody else")
    title = words.gettext("Entered. Press a number to change an answer.")
    return Card(
        text="\n".join([whose, title, "", *lines]),
        buttons=(keys, (Button(label=others, data=CommandPress(command=ENTER).pack()),)),
        identity=_identity(checkin),
    )


def _identity(checkin: CheckIn) -> tuple[str, Ids]:
    return entering.CARD, {"checkin": checkin.id}


def _said(form: Form, answers: Answers, words: Words) -> list[str]:
    return [
        f"· {asking.said(question, answers[question.key], words)}"
        for question in form.questions
        if question.key in answers
    ]


def _buttons(checkin_id: int, question: Question, marks: int, words: Words) -> Rows:
    plain = words.plain
    skip = "⏭ " + plain.pgettext("button", "Skip")
    passed = asking.button(checkin_id, skip, asking.SET, question.key, PASSED, kind=EntryPress)
    return (*asking.choices(checkin_id, question, marks, plain, EntryPress), (passed,))
