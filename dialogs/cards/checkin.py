"""The check-in card: one question at a time, the next one drawn from the answers so far."""

import html
from dataclasses import replace

from collective import checkins
from collective.actions import wishes
from collective.actions.checkins import next_opening
from collective.forms import Kind, Question
from collective.outbox import Ids
from dialogs.cards import answered, asking
from dialogs.cards.card import Card, Scene
from dialogs.cards.point import Point, card, find
from locales.words import Words


async def draw(ids: Ids, scene: Scene, *, opening: str | None = None) -> Card | None:
    """Draw a check-in as it stands; None when it is gone.

    Beside its number `ids` may name the question just `noted`, or what it `asks` (WHICH answer to
    change, or one question) with the `marks` so far and whether to `help`. `opening` is said
    instead of the greeting that begins an untouched check-in.
    """
    point = await find(ids, scene)
    if point is None:
        return None
    drawn = await _drawn(point, ids, scene, opening)
    if not point.round.crisis:
        return drawn
    # Whatever it shows, nobody takes it for the ordinary one.
    heading = scene.words.gettext(
        "🆘 Crisis check-in · {collective}", collective=point.collective.name
    )
    return replace(drawn, text=f"<b>{heading}</b>\n\n{drawn.text}")


async def _drawn(point: Point, ids: Ids, scene: Scene, opening: str | None) -> Card:
    if not point.checkin.active:
        name = point.collective.name
        return Card(text=scene.words.gettext("You have left {collective}.", collective=name))
    if point.correctable is not None and not (point.correctable and ids.get("asks")):
        text = await _closed_text(point, scene)
        return Card(text=text, owner=point.checkin.person_id)
    asks, following = ids.get("asks"), checkins.next_question(point.form, point.answers)
    once_more = next((q for q in point.answered if q.key == asks), None)
    if once_more is not None:
        return await _question_card(point, once_more, ids, scene, again=True)
    if asks == answered.WHICH and point.answers:
        return answered.choose_one(point, scene.words)
    if following is None:
        return await answered.thanks(point, scene)
    if point.checkin.stopped:
        return answered.stopped(point, scene.words)
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
    """Draw it with a gentle first line; None once she has finished or the round has closed.

    In a crisis who has said anything is no longer silent, and left alone.
    """
    point = await _still_open(ids, scene)
    if point is None:
        return None
    until = scene.words.moment(point.round.closes_at, point.collective.zone)
    if point.round.crisis and point.answers:
        return None
    if point.round.crisis:
        asks = scene.words.gettext(
            "I have no word from you yet. You can answer until {moment}.", moment=until
        )
        return await draw(ids, scene, opening=asks)
    if await scene.store.rounds.crisis_of(point.collective.id, scene.now) is not None:
        return None
    gentle = scene.words.gettext("Your check-in is still open, until {moment}.", moment=until)
    return await draw(ids, scene, opening=gentle)


async def _still_open(ids: Ids, scene: Scene) -> Point | None:
    point = await find(ids, scene)
    if point is None or not point.round.takes_answers(scene.now):
        return None
    if point.checkin.finished_at is not None or point.checkin.stopped:
        return None
    # She left or makes a pause since it was queued: she is left alone.
    if point.checkin.excused_at is not None or not point.checkin.active:
        return None
    return point


async def _question_card(
    point: Point,
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
    return card(point, lines, rows, asks=question.key if again else None)


async def _reader(point: Point, question: Question, scene: Scene) -> str:
    """Say before she speaks who will hear it."""
    if question.kind is not Kind.WORDS:
        return ""
    if await wishes.may_hear(scene.store, point.form, point.checkin, point.answers):
        return scene.words.gettext("Your facilitator gets it, with your name. Nobody else does.")
    return scene.words.gettext("Nobody else sees or hears it, not even your facilitator.")


async def _heading(scene: Scene, point: Point) -> str:
    """Name the collective to who is in several: the cards would be alike."""
    if point.round.crisis:
        return ""
    standing = await scene.store.people.standing(point.checkin.person_id)
    return f"<b>{html.escape(point.collective.name)}</b>" if len(standing.member_of) > 1 else ""


async def _greeting(scene: Scene, point: Point) -> str:
    if point.answers:
        return ""
    person = await scene.store.people.person(point.checkin.person_id)
    if person is None:
        return ""
    if point.round.crisis:
        return scene.words.gettext(
            "Hello {name}. Something serious has happened. Answer what you can, it takes a minute.",
            name=person.name,
        )
    return scene.words.ngettext(
        "Hello {name}. {n} question, one minute.",
        "Hello {name}. {n} questions, one minute.",
        len(checkins.still_possible(point.form, point.answers)),
        name=person.name,
    )


async def _noted(point: Point, ids: Ids, scene: Scene) -> str:
    """Name what was recorded last, so that a typed answer is never a guess."""
    before = point.answered
    just = next((q for q in before if q.key == ids.get("noted")), before[-1] if before else None)
    if just is None:
        return ""
    value = point.answers[just.key]
    noted = scene.words.gettext("Noted: {answer}.", answer=asking.said(just, value, scene.words))
    return (
        f"{noted} {await answered.call_text(point, scene)}"
        if checkins.calls(just, value)
        else noted
    )


def _now_line(question: Question, value: str, words: Words) -> str:
    return words.gettext("Your answer now: {answer}.", answer=asking.said(question, value, words))


async def _closed_text(point: Point, scene: Scene) -> str:
    if point.round.crisis:
        # Who comes late may need help now: the next one is no answer to her.
        return scene.words.gettext(
            "This check-in has closed. If you need help, talk to your facilitator."
        )
    collective = point.collective
    opens = await next_opening(scene.store, collective.id)
    if opens is None:
        return scene.words.gettext("This check-in has closed.")
    return scene.words.gettext(
        "This check-in has closed. The next one opens {moment}.",
        moment=scene.words.moment(opens, collective.zone),
    )
