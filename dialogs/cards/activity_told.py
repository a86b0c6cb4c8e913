"""What is told of an activity: planned, changed, cancelled, tomorrow, nobody in charge; thanks."""

from dataclasses import replace
from datetime import timedelta

from collective.activities import LASTS, Activity, Coming, FileKind, Stage
from collective.outbox import Ids
from dialogs.cards import activity as page
from dialogs.cards import fitting
from dialogs.cards.activity import Seen, find
from dialogs.cards.card import Card, Media, Scene, still_there
from reports import activities as report

#: A text no longer than this goes with a file also where a group reads it in two languages.
_CAPTION = fitting.CAPTION // 2
#: Thanks that could not leave for so long are no news; what was learned stands in the agenda.
STALE = timedelta(days=7)


async def draw_planned(ids: Ids, scene: Scene) -> Card | None:
    """Tell a member that it is planned; None once she has answered, or there is nothing to come."""
    view = await _still(ids, scene)
    if view is None or view.coming is not None:
        return None
    activity = view.activity
    goes_on = activity.series_id not in {None, activity.id}
    number = None if goes_on else activity.planned_by
    author = await scene.store.people.person(number) if number else None
    opening = report.planned(author.name if author else None, scene.words)
    return await page.draw(ids, scene, opening=opening)


async def draw_changed(ids: Ids, scene: Scene) -> Card | None:
    """Tell who counts on it that it begins at another hour or place."""
    view = await _still(ids, scene)
    if view is None:
        return None
    opening = report.changed(view.activity, view.collective.zone, scene.words)
    return await page.draw(ids, scene, opening=opening)


async def draw_cancelled(ids: Ids, scene: Scene) -> Card | None:
    """Tell who counts on it that it does not take place; None once its hour is past."""
    view = await find(ids, scene)
    if view is None or not _off(view.activity, scene):
        return None
    blocks = [await page.heading(view, scene), *page.behind(view, scene)]
    return page.card_of(view, blocks, ())


async def draw_reminder(ids: Ids, scene: Scene) -> Card | None:
    """Remind who comes or may come; None for who has said since that she does not."""
    view = await _still(ids, scene)
    if view is None or view.coming in {None, Coming.NO}:
        return None
    opening = report.reminder(view.activity, view.collective.zone, scene.now, scene.words)
    return await page.draw(ids, scene, opening=opening)


async def draw_free(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator that nobody is in charge of it any more; None once somebody is."""
    view = await _unsettled(ids, scene)
    if view is None or not view.leads or view.activity.details.in_charge is not None:
        return None
    words, zone = scene.words, view.collective.zone
    lines = [
        await page.heading(view, scene),
        words.gettext("Who was in charge of this has left. Who is now?"),
        report.told(view.activity, zone, None, words),
    ]
    label = words.plain.pgettext("button", "Who is in charge")
    return Card(
        text="\n\n".join(line for line in lines if line),
        buttons=((page.press(view.activity, page.CHARGE, label),),),
        owner=int(ids["person"]),
    )


async def draw_charged(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that she is in charge of it now; None once she is not, or it is looked back on."""
    view = await _unsettled(ids, scene)
    if view is None or view.activity.details.in_charge != view.person:
        return None
    words = scene.words
    if view.activity.over(scene.now):
        said = words.gettext("You are in charge of this now. Say how it was.")
    else:
        said = words.gettext(
            "You are in charge of this now. When it is over, I ask you how it was."
        )
    return await page.draw(ids, scene, opening=said)


async def draw_discharged(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that she is not in charge any more; None once she is, or it is looked back on."""
    view = await _unsettled(ids, scene)
    if view is None or view.activity.details.in_charge == view.person:
        return None
    opening = scene.words.gettext("You are not in charge of this any more.")
    return await page.draw(ids, scene, opening=opening)


async def draw_done(ids: Ids, scene: Scene) -> Card | None:
    """Thank each member where there is no group; None while it is not finished."""
    view = await find(ids, scene)
    if view is None or not _done(view.activity, scene):
        return None
    # A photo costs whoever has little data: here she asks for it.
    rows = await page.files(view, scene)
    blocks = [await page.heading(view, scene), report.thanks(view.activity, scene.words)]
    text = "\n\n".join(block for block in blocks if block)
    return Card(text=text, buttons=rows, owner=view.person)


async def draw_group_planned(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that it is planned; None once it is over or cancelled."""
    return await _for_group(ids, scene, opening=report.group_planned(scene.words))


async def draw_group_changed(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that it begins at another hour or place."""
    activity = await scene.store.activities.get(int(ids["activity"]))
    collective = await scene.store.collectives.get(activity.collective_id) if activity else None
    if activity is None or collective is None:
        return None
    opening = report.changed(activity, collective.zone, scene.words)
    return await _for_group(ids, scene, opening=opening)


async def draw_group_cancelled(ids: Ids, scene: Scene) -> Card | None:
    """Tell the group that it does not take place."""
    activity = await _of_group(ids, scene)
    collective = await scene.store.collectives.get(activity.collective_id) if activity else None
    if activity is None or collective is None or not _off(activity, scene):
        return None
    when = scene.words.moment(activity.starts_at, collective.zone)
    lines = [report.cancelled(scene.words), report.title(activity), when]
    return Card(text="\n".join(lines))


async def draw_group_done(ids: Ids, scene: Scene) -> Card | None:
    """Thank the group: how many were there, what was learned, the photo."""
    activity = await _of_group(ids, scene)
    if activity is None or not _done(activity, scene):
        return None
    text = report.thanks(activity, scene.words, group=True)
    return Card(text=text, media=await _media(activity, text, scene))


def _off(activity: Activity, scene: Scene) -> bool:
    return activity.cancelled_at is not None and scene.now < activity.starts_at + LASTS


def _done(activity: Activity, scene: Scene) -> bool:
    return activity.finished_at is not None and scene.now - activity.finished_at < STALE


async def _still(ids: Ids, scene: Scene) -> Seen | None:
    """Return it while it is to come."""
    view = await find(ids, scene)
    return view if view and view.activity.stage(scene.now) is Stage.PLANNED else None


async def _unsettled(ids: Ids, scene: Scene) -> Seen | None:
    """Return it until it is cancelled or looked back on."""
    view = await find(ids, scene)
    return view if view and view.activity.changeable() else None


async def _of_group(ids: Ids, scene: Scene) -> Activity | None:
    activity = await scene.store.activities.get(int(ids["activity"]))
    there = activity is not None and await still_there(activity.collective_id, scene)
    return activity if there else None


async def _for_group(ids: Ids, scene: Scene, *, opening: str) -> Card | None:
    activity = await _of_group(ids, scene)
    if activity is None or activity.stage(scene.now) is not Stage.PLANNED:
        return None
    collective = await scene.store.collectives.get(activity.collective_id)
    leader = activity.details.in_charge
    person = await scene.store.people.person(leader) if leader is not None else None
    if collective is None:
        return None
    name = person.name if person else None
    said = report.told(activity, collective.zone, name, scene.words)
    link = page.link(activity, scene.username, scene.words.plain)
    return Card(text=f"{opening}\n\n{said}", buttons=((link,),))


async def _media(activity: Activity, text: str, scene: Scene) -> Media | None:
    """Return the photo that goes with the thanks, or else the voice note."""
    if fitting.length(text) > _CAPTION:
        return None
    photo = await page.file_of(activity, FileKind.PHOTO, scene)
    found = photo or await page.file_of(activity, FileKind.VOICE, scene)
    return replace(found, spare=True) if found else None
