"""Who may see what about whom in a round, and the list a facilitator keeps."""

import pytest
from village import audited, queued

from collective.actions import accompanying, checkins, invites, joining, people, roster, rounds
from collective.actions.accompanying import Progress
from collective.errors import (
    ConsentMissing,
    InviteExpired,
    InviteUsed,
    NotAllowed,
    Outdated,
    RoundClosed,
)
from collective.people import Consent


async def opened(village, forms):
    """Open a round; return the members' check-ins."""
    at = village.now
    await rounds.open_round(village.store, forms, village.collective.id, due=at, now=at)
    round_ = await village.store.rounds.newest(village.collective.id)
    return [checkin for checkin, _ in await village.store.checkins.everyone(round_.id)]


async def seen(village, forms):
    return await accompanying.participation(
        village.store, forms, village.collective.id, by=village.facilitator, now=village.now
    )


async def test_a_motivation_is_shown_of_who_agreed_and_of_nobody_else(village, forms):
    first, second, *_ = await opened(village, forms)
    for checkin in (first, second):
        await checkins.answer(
            village.store,
            forms,
            checkin.id,
            "motivation",
            "2",
            by=checkin.person_id,
            now=village.now,
        )
    await people.set_consent(
        village.store,
        first.person_id,
        Consent.NAMING,
        given=True,
        by=first.person_id,
        now=village.now,
    )
    shown = {each.member.id: each for each in (await seen(village, forms)).people}
    assert shown[first.member_id].motivation == "2"
    assert shown[second.member_id].motivation is None
    assert shown[second.member_id].progress is Progress.STARTED


async def test_nobody_is_reminded_when_no_round_is_open(village):
    with pytest.raises(RoundClosed):
        await accompanying.remind(
            village.store, village.collective.id, by=village.facilitator, now=village.now
        )


async def test_the_same_draft_writes_one_person_down_and_she_is_expected(village, forms):
    await opened(village, forms)
    for _ in range(2):
        mado = await roster.add(
            village.store,
            village.collective.id,
            "Mado",
            draft="d",
            agreed=True,
            by=village.facilitator,
            now=village.now,
        )
    found = [each for each in (await seen(village, forms)).people if each.member.id == mado.id]
    assert [each.progress for each in found] == [Progress.SILENT]
    assert mado.chat_id is None
    assert mado.id not in [row.ids for row in await queued(village.store)]


async def test_nobody_is_written_down_without_her_yes(village):
    with pytest.raises(ConsentMissing):
        await roster.add(
            village.store,
            village.collective.id,
            "Mado",
            draft="d",
            agreed=False,
            by=village.facilitator,
            now=village.now,
        )


async def written_down(village, name="Mado"):
    return await roster.add(
        village.store,
        village.collective.id,
        name,
        draft=name,
        agreed=True,
        by=village.facilitator,
        now=village.now,
    )


async def take_off(village, forms, member_id, *, erase):
    await roster.take_off(
        village.store,
        forms,
        village.collective.id,
        member_id,
        erase=erase,
        by=village.facilitator,
        now=village.now,
    )


@pytest.mark.parametrize("erase", [False, True])
async def test_who_has_no_telegram_is_taken_off_the_list_and_missed_no_more(village, forms, erase):
    store, mado = village.store, await written_down(village)
    await opened(village, forms)
    await take_off(village, forms, mado.id, erase=erase)
    found = await seen(village, forms)
    assert mado.id not in [each.member.id for each in found.people]
    assert (found.expected, len(found.people)) == (6, 6)
    assert (await store.people.person(mado.person_id)).name == ("" if erase else "Mado")
    assert ("taken_off", village.facilitator, mado.person_id) in await audited(store)
    with pytest.raises(Outdated):
        await take_off(village, forms, mado.id, erase=erase)


async def test_who_has_telegram_leaves_by_herself(village, forms):
    with pytest.raises(NotAllowed):
        await take_off(village, forms, village.members[0].id, erase=False)


async def test_the_link_to_a_record_ends_with_the_next_one_and_with_the_record(village, forms):
    store, now, by = village.store, village.now, village.facilitator
    mado, general = await written_down(village), await village.member_link()
    tokens = [await invites.invite_written_down(store, mado, by=by, now=now) for _ in range(2)]
    await invites.shown(store, tokens[1], now=now)
    with pytest.raises(InviteExpired):
        await joining.look_at(store, tokens[0], now=now)
    await joining.look_at(store, general, now=now)
    await take_off(village, forms, mado.id, erase=True)
    with pytest.raises(InviteExpired):
        await joining.look_at(store, tokens[1], now=now)


async def test_a_record_is_opened_once_and_only_by_who_agrees(village):
    store, now, mado = village.store, village.now, await written_down(village)
    token = await invites.invite_written_down(store, mado, by=village.facilitator, now=now)
    account = await store.people.ensure_account(77, now)
    with pytest.raises(ConsentMissing):
        await joining.join(store, token, account, name="Mado", agreed=False, now=now)
    came = await joining.join(store, token, account, name="Mama", agreed=True, now=now)
    assert (came.person.id, came.person.name) == (mado.person_id, "Mama")
    other = await store.people.ensure_account(78, now)
    with pytest.raises(InviteUsed):
        await joining.join(store, token, other, name="Autre", agreed=True, now=now)
    changed = await roster.member(store, village.collective.id, mado.id, by=village.facilitator)
    with pytest.raises(NotAllowed):
        await invites.invite_written_down(store, changed, by=village.facilitator, now=now)


async def test_who_was_taken_off_the_list_and_is_let_in_after_all_is_a_member_again(village, forms):
    store, now, mado = village.store, village.now, await written_down(village)
    token = await invites.invite_written_down(store, mado, by=village.facilitator, now=now)
    invite, _ = await joining.look_at(store, token, now=now)
    await take_off(village, forms, mado.id, erase=False)
    account = await store.people.ensure_account(77, now)
    said = joining.Said(name="Mado", agreed=True)
    await joining.come_in(store, invite, account, None, said, now=now)
    again = await roster.member(store, village.collective.id, mado.id, by=village.facilitator)
    assert (again.person_id, again.chat_id) == (mado.person_id, 77)
