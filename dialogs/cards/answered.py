"""A check-in that asks nothing new: stopped, finished, or which of its answers to change."""

from collective import checkins
from collective.actions import wishes
from dialogs.cards import activity, asking, ballot, sheets
from dialogs.cards.card import Card, Rows, Scene
from dialogs.cards.point import Point, card
from locales.words import Words

#: What a card asks that shows the list of her answers; no question has this key.
WHICH = "?"


def stopped(point: Point, words: Words) -> Card:
    """Offer to go on with a check-in that she stopped."""
    until = words.moment(point.round.closes_at, point.collective.zone)
    lines = [
        words.gettext("All right, we stop here. What you have said is kept."),
        asking.progress(point.form, point.answers),
        words.gettext("You can go on until {moment}.", moment=until),
    ]
    go_on = asking.button(point.checkin.id, words.plain.pgettext("button", "Go on"), asking.GO_ON)
    return card(point, lines, ((go_on,),))


def choose_one(point: Point, words: Words) -> Card:
    """Let her choose by number which of her answers she gives anew."""
    numbered = list(enumerate(point.answered, 1))
    lines = [
        f"{place}. {words.pgettext('question', question.text)}\n"
        f"<b>{asking.said(question, point.answers[question.key], words)}</b>"
        for place, question in numbered
    ]
    number = point.checkin.id
    keys = tuple(asking.button(number, str(n), asking.AGAIN, q.key) for n, q in numbered)
    title = words.gettext("Which answer do you want to change?")
    return card(point, [title, *lines], (keys, (asking.back(number, words),)), asks=WHICH)


async def thanks(point: Point, scene: Scene) -> Card:
    """Read her answers back, with the open votes and the next activity: all in one visit.

    In a crisis there are no votes and no activity.
    """
    words = scene.words
    said = [
        f"· {asking.said(question, point.answers[question.key], words)}"
        for question in point.answered
    ]
    first, last = _around(point, words)
    blocks = ["\n".join([first, *said])]
    if checkins.calls_facilitator(point.form, point.answers):
        blocks.append(await call_text(point, scene))
    blocks.append(last)
    change = words.plain.pgettext("button", "Change an answer")
    rows: Rows = ((asking.button(point.checkin.id, change, asking.CHANGE),),)
    if point.round.crisis:
        return card(point, blocks, rows)
    votes = await _votes(point, scene)
    if votes:
        blocks.append(words.gettext("There is something to vote on:"))
    if ahead := await scene.store.activities.ahead_for(point.checkin.person_id, scene.now):
        blocks.append(words.gettext("The next activity is there too:"))
        rows = ((activity.button_of(ahead[0], words.plain),), *rows)
    return card(point, blocks, (*votes, *rows))


def _around(point: Point, words: Words) -> tuple[str, str]:
    """Return what is said before her answers, and of what becomes of them."""
    if point.round.crisis:
        return (
            words.gettext("Thank you. These are your answers:"),
            words.gettext("When everybody has been asked, the group gets a summary without names."),
        )
    return (
        words.gettext("Thank you. Your check-in is complete:"),
        words.gettext(
            "The summary of the group comes {moment}. It carries no names.",
            moment=words.moment(point.round.closes_at, point.collective.zone),
        ),
    )


async def _votes(point: Point, scene: Scene) -> Rows:
    """Return a button for each vote that waits for her."""
    person = await scene.store.people.person(point.checkin.person_id)
    waiting = await scene.store.register.waiting(person.id, scene.now) if person else []
    return tuple((ballot.button_of(each, scene.words),) for each in waiting[: sheets.LENGTH])


async def call_text(point: Point, scene: Scene) -> str:
    """Promise only what will happen: nobody is called whom no message reaches."""
    reached = await wishes.reachable_facilitators(scene.store, point.checkin)
    if reached and point.round.crisis:
        return scene.words.gettext("Your facilitator is told at once, with your name.")
    if reached:
        return scene.words.gettext("Your facilitator is told that you would like to talk.")
    if await wishes.is_hers_alone(scene.store, point.checkin):
        return scene.words.gettext(
            "You accompany the group yourself. Please talk to somebody else."
        )
    return scene.words.gettext("I cannot reach your facilitator now. Please talk to her yourself.")
