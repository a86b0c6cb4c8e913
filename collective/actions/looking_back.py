"""Looking back on an activity: who was there, what was learned, a photo, thanks, how it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collective import access, own_words
from collective.actions import announcing, feelings
from collective.actions.activities import ensure_leads
from collective.activities import Activity, FileKind, GivenFile, Kind
from collective.broadcasts import KEPT_BYTES
from collective.errors import (
    ActivityAhead,
    ActivityOver,
    FileTooHeavy,
    GoneSince,
    NotAllowed,
    Outdated,
)
from collective.events import Event
from collective.feelings import After, Feelings, Felt, Question
from collective.letters import fold
from collective.own_words import VoiceNote
from collective.people import Member
from collective.ports import Store

#: How long what was finished may still be corrected.
CORRECTED = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """The tap list of an activity: the members of now by name, roster included."""

    activity: Activity
    members: tuple[Member, ...]
    #: The memberships of who was there, those who left since too.
    present: frozenset[int]


def may_begin(activity: Activity, now: datetime) -> bool:
    """Tell whether it can be looked back on, or what was finished corrected."""
    last = activity.finished_at + CORRECTED if activity.finished_at else now
    return activity.cancelled_at is None and activity.starts_at <= now <= last


async def attendance(store: Store, activity_id: int, *, by: int) -> Attendance:
    """Return who could have been there and who was, for who leads it.

    Raises Outdated, NotAllowed.
    """
    activity = await store.activities.get(activity_id)
    if activity is None:
        raise Outdated
    await ensure_leads(store, activity, by)
    members = await store.collectives.members(activity.collective_id)
    by_name = sorted(members, key=lambda each: fold(each.name))
    present = await store.activities.present(activity_id)
    return Attendance(activity=activity, members=tuple(by_name), present=present)


async def mark(
    store: Store, activity_id: int, member_id: int, *, present: bool, by: int, now: datetime
) -> None:
    """Keep whether a member was there; of who has left since, what was kept stays.

    Raises Outdated, NotAllowed, ActivityAhead, ActivityOver, GoneSince.
    """
    activity = await _looked_back(store, activity_id, by, now)
    members = await store.collectives.members(activity.collective_id)
    if member_id not in {each.id for each in members}:
        raise GoneSince
    before = await store.activities.present(activity_id)
    await store.activities.mark(activity_id, member_id, present=present)
    await _correct(store, activity, before)


async def mark_all(store: Store, activity_id: int, *, by: int, now: datetime) -> None:
    """Keep that every member of now was there; raises what `mark` raises."""
    activity = await _looked_back(store, activity_id, by, now)
    before = await store.activities.present(activity_id)
    for each in await store.collectives.members(activity.collective_id):
        await store.activities.mark(activity_id, each.id, present=True)
    await _correct(store, activity, before)


async def write(store: Store, activity_id: int, text: str, *, by: int, now: datetime) -> None:
    """Keep in words what was learned, in place of what was said before.

    Raises Outdated, NotAllowed, ActivityAhead, ActivityOver, TextEmpty, TextTooLong.
    """
    await _looked_back(store, activity_id, by, now)
    await store.activities.put_learned(activity_id, own_words.clean_text(text))
    await store.activity_files.drop(activity_id, FileKind.VOICE)


async def speak(store: Store, activity_id: int, note: VoiceNote, *, by: int, now: datetime) -> None:
    """The same by voice, which is fetched soon; raises VoiceTooLong instead of what texts can."""
    await _looked_back(store, activity_id, by, now)
    own_words.ensure_short(note)
    given = GivenFile(kind=FileKind.VOICE, file_id=note.file_id, seconds=note.seconds)
    await store.activity_files.put(activity_id, given, by, now)
    await store.activities.put_learned(activity_id, None)


async def show(
    store: Store, activity_id: int, file_id: str, size: int | None, *, by: int, now: datetime
) -> None:
    """Keep a photo of so many bytes (None: Telegram does not say), in place of an earlier one.

    Raises Outdated, NotAllowed, ActivityAhead, ActivityOver, FileTooHeavy.
    """
    await _looked_back(store, activity_id, by, now)
    if (size or 0) > KEPT_BYTES:
        raise FileTooHeavy(limit=KEPT_BYTES // 1_000_000)
    given = GivenFile(kind=FileKind.PHOTO, file_id=file_id)
    await store.activity_files.put(activity_id, given, by, now)


async def finish(store: Store, activity_id: int, *, by: int, now: datetime) -> Activity:
    """End the look-back: thanks and totals, and after a meeting the two taps to who was there.

    Nobody is thanked where nobody was there. Raises Outdated, NotAllowed, ActivityAhead,
    ActivityOver.
    """
    activity = await _looked_back(store, activity_id, by, now)
    if activity.finished_at is not None:
        return activity
    present = await _count(store, activity, now)
    finished = await store.activities.get(activity_id) or activity
    if present:
        await announcing.done(store, finished, now=now)
    if activity.details.kind is Kind.MEETING:
        there = await store.collectives.members(activity.collective_id)
        asked = [each.person_id for each in there if each.id in present]
        await announcing.persons(store, finished, asked, announcing.FELT, now=now)
    await store.audit.append(Event.LOOKED_BACK, by=by, subject=activity_id, now=now)
    return finished


async def feel(store: Store, activity_id: int, question: Question, felt: Felt, *, by: int) -> None:
    """Keep her answer to one of the two taps after a meeting at which she was.

    Raises Outdated, NotAllowed, ActivityAhead (not looked back on).
    """
    # Held: two answers at once are counted one after the other.
    activity = await store.activities.hold(activity_id)
    if activity is None:
        raise Outdated
    member = await access.ensure_member(store, by, activity.collective_id)
    if activity.finished_at is None:
        raise ActivityAhead
    present = await store.activities.present(activity_id)
    if activity.details.kind is not Kind.MEETING or member.id not in present:
        raise NotAllowed
    await feelings.keep(store, After.MEETING, activity_id, member.id, question, felt)


async def how_it_was(store: Store, activity_id: int, *, by: int) -> Feelings:
    """Return the answers in numbers, by fives; a question that fewer answered is missing.

    Raises Outdated, NotAllowed.
    """
    activity = await store.activities.get(activity_id)
    if activity is None:
        raise Outdated
    await access.ensure_belongs(store, by, activity.collective_id)
    return await store.aftermath.told(After.MEETING, activity_id)


async def _looked_back(store: Store, activity_id: int, by: int, now: datetime) -> Activity:
    """Return an activity that has begun, held, for who leads it."""
    activity = await store.activities.hold(activity_id)
    if activity is None:
        raise Outdated
    await ensure_leads(store, activity, by)
    if now < activity.starts_at and activity.cancelled_at is None:
        raise ActivityAhead
    if not may_begin(activity, now):
        raise ActivityOver
    return activity


async def _count(store: Store, activity: Activity, finished_at: datetime) -> frozenset[int]:
    """Keep how many were there of how many members; return their memberships."""
    present = await store.activities.present(activity.id)
    members = await store.collectives.members(activity.collective_id)
    # Who was there and left since counts on both sides.
    of = len({each.id for each in members} | present)
    attended = len(present)
    await store.activities.finish(activity.id, attended=attended, members=of, now=finished_at)
    return present


async def _correct(store: Store, activity: Activity, before: frozenset[int]) -> None:
    """Put the totals of one that is finished right by what changed since `before`.

    They are not counted anew: who has been erased since was there all the same.
    """
    if activity.finished_at is None or activity.attended is None or activity.members is None:
        return
    after = await store.activities.present(activity.id)
    attended = activity.attended + len(after) - len(before)
    # Who came in since may be noted too.
    members = max(activity.members, attended)
    await store.activities.finish(
        activity.id, attended=attended, members=members, now=activity.finished_at
    )
