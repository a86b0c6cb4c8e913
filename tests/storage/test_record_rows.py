"""Cards shown, audit, broadcasts and updates given up on, on both engines."""

from datetime import timedelta

import pytest
from ledger_rows import broadcast, collective, person, rows

from collective.events import Event
from collective.shown import ShownCard
from storage import tables as t


@pytest.fixture
def show(store, now):
    async def shown(message, *, chat=1, kind="checkin", minutes=0, of=None, **ids):
        moment = now + timedelta(minutes=minutes)
        await store.shown.put(
            chat_id=chat, message_id=message, kind=kind, ids=ids, person_id=of, now=moment
        )

    return shown


async def test_a_message_is_known_by_the_card_it_shows(store, show):
    await show(5, checkin=7)
    assert await store.shown.at(1, 5) == ShownCard(
        message_id=5, kind="checkin", ids={"checkin": 7}, person=None, asks=None, last=True
    )
    assert await store.shown.at(2, 5) is None


async def test_the_newest_card_has_the_focus(store, show):
    assert await store.shown.focus(1) is None
    await show(5, checkin=7)
    await show(6, checkin=8, minutes=1)
    assert (await store.shown.focus(1)).message_id == 6


async def test_each_person_on_a_phone_has_a_focus_of_her_own(store, show, now):
    aline, mado = [await person(store, now, name=name) for name in ("Aline", "Mado")]
    await show(5, checkin=7, of=aline.id)
    await show(6, checkin=8, of=mado.id, minutes=1)
    assert (await store.shown.focus(1, aline.id)).message_id == 5
    assert (await store.shown.focus(1, mado.id)).message_id == 6
    assert (await store.shown.focus(1)).message_id == 6


async def test_a_redrawn_card_takes_the_focus_back(store, show):
    await show(5, checkin=7)
    await show(6, checkin=8, minutes=1)
    await show(5, checkin=7, minutes=2)
    assert (await store.shown.focus(1)).message_id == 5


async def test_what_a_card_asks_is_kept_until_it_is_shown_anew(store, show):
    await show(5, checkin=7)
    await store.shown.ask(1, 5, "need")
    assert (await store.shown.focus(1)).asks == "need"
    await show(5, checkin=7)
    assert (await store.shown.at(1, 5)).asks is None


async def test_a_buried_card_keeps_the_focus_and_is_no_longer_last(store, show):
    await show(5, checkin=7)
    await show(9, chat=2, checkin=7)
    await store.shown.buried(1)
    assert (await store.shown.focus(1)).last is False
    assert (await store.shown.focus(2)).last is True


async def test_a_card_drawn_where_it_was_need_not_be_the_last(store, show, now):
    await show(5, checkin=7)
    await store.shown.put(
        chat_id=1, message_id=4, kind="checkin", ids={}, person_id=None, last=False, now=now
    )
    assert (await store.shown.focus(1)).last
    assert not (await store.shown.at(1, 4)).last


async def test_a_retired_card_is_forgotten(store, show):
    await show(5, checkin=7)
    await store.shown.retire(1, 5)
    assert (await store.shown.at(1, 5), await store.shown.focus(1)) == (None, None)


async def test_messages_with_the_very_same_card_are_found(store, show):
    await show(5, checkin=7, page=1)
    await show(6, page=1, checkin=7)
    await show(7, checkin=7)
    await show(8, kind="home", checkin=7, page=1)
    found = await store.shown.find(1, "checkin", {"page": 1, "checkin": 7})
    assert sorted(found) == [5, 6]


async def test_the_audit_trail_grows_in_order(store, now):
    await store.audit.append(Event.INVITED, by=None, subject=None, now=now)
    await store.audit.append(Event.JOINED, by=3, subject=4, now=now)
    trail = [(row.event, row.by, row.subject, row.at) for row in await rows(store, t.audit)]
    assert trail == [("invited", None, None, now), ("joined", 3, 4, now)]


async def test_an_update_given_up_on_is_kept_once(store, now):
    await store.dead_updates.add(12, "message", "ValueError", now)
    await store.dead_updates.add(12, "message", "KeyError", now)
    assert await rows(store, t.dead_updates) == [(12, "message", "ValueError", now)]


async def test_a_broadcasts_draft_is_kept_once(store, now):
    made, nadine = await collective(store, now), await person(store, now)
    begun = await broadcast(store, now, nadine, made)
    again = await broadcast(store, now, nadine, made)
    assert again == begun == await store.broadcasts.get(begun.id)
    assert await store.broadcasts.get(999) is None
