"""Summaries as messages: to the group, to its members, to who accompanies it."""

from datetime import date, timedelta

from collective.actions import life, summaries
from collective.actions.checkins import next_opening
from collective.outbox import Ids
from dialogs.cards.card import Card, Scene, still_there
from reports import crisis, summary

#: A summary that could not leave for so long is no news: the next one is near.
STALE = timedelta(days=7)


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw what everybody may see of a closed round. It makes no sound."""
    found = await _news(ids, scene)
    if found is None:
        return None
    told = crisis if found.round.crisis else summary
    say = told.group_summary if scene.chat_id < 0 else told.member_summary
    return Card(text=say(found, scene.words), silent=True)


async def draw_for_facilitator(ids: Ids, scene: Scene) -> Card | None:
    """Draw the same with what was needed and what needs care."""
    found = await _news(ids, scene)
    if found is None:
        return None
    if found.round.crisis:
        return Card(text=crisis.closed_summary(found, scene.words), silent=True)
    support = await life.support(scene.store, found.collective, now=scene.now)
    return Card(text=summary.closed_summary(found, scene.words, support), silent=True)


async def draw_missed(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator that a check-in did not open; None when she accompanies it no more."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None or not await still_there(collective.id, scene):
        return None
    day, opens = date.fromisoformat(str(ids["day"])), await next_opening(scene.store, collective.id)
    text = scene.words.gettext(
        "{collective}: the check-in of {day} did not open, I was out of order for more than a day.",
        collective=collective.name,
        day=scene.words.day(day),
    )
    if opens is None:
        return Card(text=text)
    moment = scene.words.moment(opens, collective.zone)
    follows = scene.words.gettext("The next one opens {moment}.", moment=moment)
    return Card(text=f"{text} {follows}")


async def _news(ids: Ids, scene: Scene) -> summaries.Summary | None:
    found = await summaries.of_round(scene.store, scene.forms, int(ids["round"]), now=scene.now)
    if found is None or scene.now - found.round.closes_at > STALE:
        return None
    return found if await still_there(found.collective.id, scene) else None


async def draw_overview(ids: Ids, scene: Scene) -> Card | None:
    """Draw what a group's own /resume shows: the last closed round."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None:
        return None
    found = await summaries.overview(scene.store, scene.forms, collective, now=scene.now)
    if found.last is None:
        text = scene.words.pgettext("group", "No summary yet: no check-in has closed.")
        return Card(text=text)
    return Card(text=summary.group_summary(found.last, scene.words))
