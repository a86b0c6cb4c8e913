"""The check-in card: one question at a time, the next one drawn from the answers so far."""

import html
from dataclasses import dataclass
from datetime import datetime

from collective import checkins
from collective.actions import wishes
from collective.actions.checkins import CARD, next_opening
from collective.checkins import Answers, CheckIn
from collective.collectives import Collective
from collective.forms import Form, Kind, Question
from collective.outbox import Ids
from collective.rounds import Round
from dialogs.cards import asking
from dialogs.cards.card import Card, Rows, Scene
from locales.words import Words

#: What a card asks that shows the list of her answers; no question has this key.
WHICH = "?"


@dataclass(frozen=True, kw_only=True)
class _Point:
    """A check-in with everything that its card is drawn from."""

    checkin: CheckIn
    round: Round
    collective: Collective
    form: Form
    answers: Answers
    #: Of a round that has closed: what was entered for her and she may still correct.
    correctable: frozenset[str] | None = None


async def draw(ids: Ids, scene: Scene, *, opening: str | None = None) -> Card | None:
    """Draw a check-in as it stands; None when it is gone.

    Beside its number `ids` may name the question just `noted`, or what it `asks` (WHICH answer to
    change, or one question) with the `marks` so far and whether to `help`. `opening` is said
    instead of the greeting that begins an untouched check-in.
    """
    point = await _find(ids, scene)
    if point is None:
        return None
    if not point.checkin.active:
        name = point.collective.name
        return Card(text=scene.words.gettext("You have left {collective}.", collective=name))
    if point.correctable is not None and not (point.correctable and ids.get("asks")):
        text = await _closed_text(scene, point.collective)
        return Card(text=text, owner=point.checkin.person_id)
    asks, following = ids.get("asks"), checkins.next_question(point.form, point.answers)
    once_more = next((q for q in _answered(point) if q.key == asks), None)
    if once_more is not None:
        return await _question_card(point, once_more, ids, scene, again=True)
    if asks == WHICH and point.answers:
        return _list_card(point, scene.words)
    if following is None:
        return await _thanks_card(point, scene)
    if point.checkin.stopped:
        return _stopped_card(point, scene.words)
    return await _question_card(point, following, ids, scene, opening=opening)


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


async def _find(ids: Ids, scene: Scene) -> _Point | None:
    checkin = await scene.store.checkins.get(int(ids["checkin"]))
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    collective = await scene.store.collectives.get(round_.collective_id) if round_ else None
    if checkin is None or round_ is None or collective is None:
        return None
    return _Point(
        checkin=checkin,
        round=round_,
        collective=collective,
        form=round_.form_of(scene.forms),
        answers=await scene.store.checkins.answers(checkin.id),
        correctable=None
        if round_.takes_answers(scene.now)
        else checkins.correctable(await scene.store.checkins.entered(checkin.id), scene.now),
    )


async def _still_open(ids: Ids, scene: Scene) -> tuple[datetime, str] | None:
    """Return until when, and in which zone."""
    point = await _find(ids, scene)
    if point is None or not point.round.takes_answers(scene.now):
        return None
    if point.checkin.finished_at is not None or point.checkin.stopped:
        return None
    # She left or makes a pause since it was queued: she is left alone.
    if point.checkin.excused_at is not None or not point.checkin.active:
        return None
    return point.round.closes_at, point.collective.zone


async def _question_card(
    point: _Point,
    question: Question,
    ids: Ids,
    scene: Scene,
    *,
    opening: str | None = None,
    again: bool = False,
) -> Card:
    words = scene.words
    value = point.answers.get(question.key, "")
    meant = ids if ids.get("asks") == question.key else {}
    marks = int(meant.get("marks", asking.marked(question, value)))
    lines = [
        await _heading(scene, point),
        opening or await _greeting(scene, point),
        _now_line(question, value, words) if again else await _noted(point, ids, scene),
        asking.progress(point.form, point.answers),
        asking.text(question, words, explained="help" in meant),
        await _reader(point, question, scene),
    ]
    rows = asking.buttons(point.checkin.id, question, marks, words, again=again)
    return _card(point, lines, rows, asks=question.key if again else None)


async def _reader(point: _Point, question: Question, scene: Scene) -> str:
    """Say before she speaks who will hear it."""
    if question.kind is not Kind.WORDS:
        return ""
    if await wishes.may_hear(scene.store, point.form, point.checkin, point.answers):
        return scene.words.gettext("Your facilitator gets it, with your name. Nobody else does.")
    return scene.words.gettext("Nobody else sees or hears it, not even your facilitator.")


async def _heading(scene: Scene, point: _Point) -> str:
    """Name the collective to who is in several: the cards would be alike."""
    standing = await scene.store.people.standing(point.checkin.person_id)
    return f"<b>{html.escape(point.collective.name)}</b>" if len(standing.member_of) > 1 else ""


async def _greeting(scene: Scene, point: _Point) -> str:
    person = await scene.store.people.person(point.checkin.person_id)
    if point.answers or person is None:
        return ""
    return scene.words.ngettext(
        "Hello {name}. {n} question, one minute.",
        "Hello {name}. {n} questions, one minute.",
        len(checkins.still_possible(point.form, point.answers)),
        name=person.name,
    )


async def _noted(point: _Point, ids: Ids, scene: Scene) -> str:
    """Name what was recorded last, so that a typed answer is never a guess."""
    before = _answered(point)
    just = next((q for q in before if q.key == ids.get("noted")), before[-1] if before else None)
    if just is None:
        return ""
    value = point.answers[just.key]
    noted = scene.words.gettext("Noted: {answer}.", answer=asking.said(just, value, scene.words))
    return f"{noted} {await _call_text(point, scene)}" if checkins.calls(just, value) else noted


def _now_line(question: Question, value: str, words: Words) -> str:
    return words.gettext("Your answer now: {answer}.", answer=asking.said(question, value, words))


def _answered(point: _Point) -> list[Question]:
    concerning = checkins.asked(point.form, point.answers)
    said = point.answers.keys() if point.correctable is None else point.correctable
    return [question for question in concerning if question.key in said]


def _stopped_card(point: _Point, words: Words) -> Card:
    until = words.moment(point.round.closes_at, point.collective.zone)
    lines = [
        words.gettext("All right, we stop here. What you have said is kept."),
        asking.progress(point.form, point.answers),
        words.gettext("You can go on until {moment}.", moment=until),
    ]
    go_on = asking.button(point.checkin.id, words.plain.pgettext("button", "Go on"), asking.GO_ON)
    return _card(point, lines, ((go_on,),))


def _list_card(point: _Point, words: Words) -> Card:
    """Let her choose by number which of her answers she gives anew."""
    answered = list(enumerate(_answered(point), 1))
    lines = [
        f"{place}. {words.pgettext('question', question.text)}\n"
        f"<b>{asking.said(question, point.answers[question.key], words)}</b>"
        for place, question in answered
    ]
    number = point.checkin.id
    keys = tuple(asking.button(number, str(n), asking.AGAIN, q.key) for n, q in answered)
    title = words.gettext("Which answer do you want to change?")
    return _card(point, [title, *lines], (keys, (asking.back(number, words),)), asks=WHICH)


async def _thanks_card(point: _Point, scene: Scene) -> Card:
    """Read her answers back. Open votes and the next activity get their buttons here."""
    words = scene.words
    said = [
        f"· {asking.said(question, point.answers[question.key], words)}"
        for question in _answered(point)
    ]
    blocks = ["\n".join([words.gettext("Thank you. Your check-in is complete:"), *said])]
    if checkins.calls_facilitator(point.form, point.answers):
        blocks.append(await _call_text(point, scene))
    blocks.append(
        words.gettext(
            "The summary of the group comes {moment}. It carries no names.",
            moment=words.moment(point.round.closes_at, point.collective.zone),
        )
    )
    change = words.plain.pgettext("button", "Change an answer")
    return _card(point, blocks, ((asking.button(point.checkin.id, change, asking.CHANGE),),))


async def _call_text(point: _Point, scene: Scene) -> str:
    """Promise only what will happen: nobody is called whom no message reaches."""
    if await wishes.reachable_facilitators(scene.store, point.checkin):
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


def _card(point: _Point, blocks: list[str], rows: Rows, asks: str | None = None) -> Card:
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=rows,
        identity=(CARD, {"checkin": point.checkin.id}),
        asks=asks,
        owner=point.checkin.person_id,
    )
