"""Coming in: once, with consent, while the invitation lasts."""

from datetime import timedelta

import pytest
from village import NADINE, audited, come_in, found, queued, rows

from collective import invites as rules
from collective.actions import invites, joining, people, rounds
from collective.errors import (
    AlreadyJoined,
    ConsentMissing,
    InviteExpired,
    InviteUnknown,
    InviteUsed,
    NotAllowed,
    TextEmpty,
)
from collective.people import CHOICES, CONSENT_TEXT, Consent, Role
from storage import tables as t


@pytest.fixture
async def newcomer(store, now):
    return await store.people.ensure_account(501, now)


async def test_an_invitation_says_where_it_leads(store, village, now):
    invite, collective = await joining.look_at(store, await village.member_link(), now=now)
    assert (invite.role, collective) == (Role.MEMBER, village.collective)
    token = await invites.invite_coordinator(store, now=now)
    assert (await joining.look_at(store, token, now=now))[1] is None


async def test_with_consent_and_a_name_she_is_in(store, village, newcomer, now):
    token = await village.member_link()
    came = await joining.join(store, token, newcomer, name=" Mado ", agreed=True, now=now)
    assert (came.role, came.collective, came.person.name) == (
        Role.MEMBER,
        village.collective,
        "Mado",
    )
    members = await store.collectives.members(village.collective.id)
    assert [(m.name, m.chat_id) for m in members][-1] == ("Mado", 501)
    consent = (await rows(store, t.consents))[-1]
    assert (consent.person_id, consent.consent, consent.text_version, consent.given_at) == (
        came.person.id,
        "keep",
        CONSENT_TEXT,
        now,
    )


async def test_without_consent_nothing_is_kept_about_her(store, village, newcomer, now):
    before = len(await rows(store, t.persons))
    with pytest.raises(ConsentMissing):
        await joining.join(
            store, await village.member_link(), newcomer, name="Mado", agreed=False, now=now
        )
    assert len(await rows(store, t.persons)) == before


async def test_who_declines_is_forgotten_and_who_came_in_earlier_stays(
    store, village, newcomer, now
):
    await joining.decline(store, newcomer, now=now)
    assert await store.people.account(501) is None
    await joining.decline(store, await store.people.account(NADINE), now=now)
    assert (await store.people.person(village.facilitator)).name == "Nadine"


async def test_without_a_name_she_is_asked_again(store, village, newcomer, now):
    with pytest.raises(TextEmpty):
        await joining.join(
            store, await village.member_link(), newcomer, name=None, agreed=True, now=now
        )


async def test_who_is_known_keeps_her_name_and_agrees_to_what_is_kept_of_members(
    store, village, now
):
    account = await store.people.ensure_account(NADINE, now)
    token = await village.member_link()
    with pytest.raises(ConsentMissing):
        await joining.join(store, token, account, name=None, agreed=False, now=now)
    came = await joining.join(store, token, account, name=None, agreed=True, now=now)
    assert (came.person.id, came.person.name) == (village.facilitator, "Nadine")
    standing = await store.people.standing(village.facilitator)
    assert standing.roles == {Role.FACILITATOR, Role.MEMBER}


async def test_a_member_who_comes_to_accompany_is_asked_nothing_twice(store, village, now):
    member = village.members[0]
    account = await store.people.ensure_account(member.chat_id, now)
    token = await invites.invite_facilitator(
        store, village.collective.id, by=village.coordinator, now=now
    )
    await joining.join(store, token, account, name=None, agreed=False, now=now)
    assert Role.FACILITATOR in (await store.people.standing(member.person_id)).roles


@pytest.mark.parametrize("chosen", [set(), {Consent.NAMING}, set(CHOICES)])
async def test_what_she_chooses_at_the_door_is_kept_and_nothing_else(
    store, village, newcomer, now, chosen
):
    came = await joining.join(
        store, await village.member_link(), newcomer, name="M", agreed=True, choices=chosen, now=now
    )
    assert await store.people.consents(came.person.id) == {Consent.KEEP, *chosen}


async def test_who_left_comes_back_by_a_link_as_the_same_member_and_is_asked_anew(
    store, village, now
):
    her = village.members[0]
    account = await store.people.account(her.chat_id)
    await people.set_consent(
        store, her.person_id, Consent.NAMING, given=True, by=her.person_id, now=now
    )
    await store.collectives.remove_member(village.collective.id, her.person_id, now)
    person, token = await store.people.person(her.person_id), await village.member_link()
    assert await joining.must_agree(store, person, Role.MEMBER)
    await joining.join(store, token, account, name=None, agreed=True, choices=set(), now=now)
    assert her.id in {each.id for each in await store.collectives.members(village.collective.id)}
    assert await store.people.consents(her.person_id) == {Consent.KEEP}


async def test_her_choices_change_as_often_as_she_likes_and_each_change_is_audited_once(
    store, village, now
):
    her = village.members[0].person_id
    for given in (True, True, False, True):
        await people.set_consent(store, her, Consent.NAMING, given=given, by=her, now=now)
    assert await store.people.consents(her) == {Consent.KEEP, Consent.NAMING}
    trail = [event for event, by, subject in await audited(store) if by == subject == her]
    assert trail == ["naming_allowed", "naming_taken_back", "naming_allowed"]


async def test_nobody_chooses_for_her_and_what_is_kept_is_no_switch(store, village, now):
    her = village.members[0].person_id
    for by, consent in ((village.facilitator, Consent.NAMING), (her, Consent.KEEP)):
        with pytest.raises(NotAllowed):
            await people.set_consent(store, her, consent, given=False, by=by, now=now)


async def test_joining_twice_is_told_by_the_collectives_name(store, village, now):
    token = await village.member_link()
    person = village.members[0]
    with pytest.raises(AlreadyJoined) as refusal:
        await come_in(store, token, now, name="x", chat=person.chat_id)
    assert refusal.value.collective == "Tujenge"
    assert len(await store.collectives.members(village.collective.id)) == 6


async def test_a_role_is_taken_once(store, village, now):
    again = await invites.invite_coordinator(store, now=now)
    with pytest.raises(AlreadyJoined) as refusal:
        await come_in(store, again, now, name="x", chat=30)
    assert refusal.value.collective is None
    again = await invites.invite_facilitator(
        store, village.collective.id, by=village.coordinator, now=now
    )
    with pytest.raises(AlreadyJoined):
        await come_in(store, again, now, name="x", chat=NADINE)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FACILITATOR])
async def test_a_link_to_a_role_serves_one_person(store, village, now, role):
    if role is Role.COORDINATOR:
        token = await invites.invite_coordinator(store, now=now)
    else:
        token = await invites.invite_facilitator(
            store, village.collective.id, by=village.coordinator, now=now
        )
    await come_in(store, token, now, name="First", chat=601)
    with pytest.raises(InviteUsed):
        await come_in(store, token, now, name="Second", chat=602)


async def test_a_refusal_comes_out_of_a_unit_as_itself_and_leaves_no_trace(ledger, now):
    async with ledger.writing() as store:
        village = await found(store, now, members=1)
        token = await village.member_link()
        counts = [len(await rows(store, table)) for table in t.metadata.sorted_tables]

    async def join_twice():
        async with ledger.writing() as store:
            await come_in(store, token, now, name="x", chat=NADINE)
            await come_in(store, token, now, name="x", chat=NADINE)

    with pytest.raises(AlreadyJoined):
        await join_twice()
    async with ledger.reading() as store:
        assert [len(await rows(store, table)) for table in t.metadata.sorted_tables] == counts


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_has_its_time(store, village, now, role):
    token = {
        Role.COORDINATOR: lambda: invites.invite_coordinator(store, now=now),
        Role.FACILITATOR: lambda: invites.invite_facilitator(
            store, village.collective.id, by=village.coordinator, now=now
        ),
        Role.MEMBER: village.member_link,
    }
    link = await token[role]()
    end = now + rules.LIFETIME[role]
    assert (await joining.look_at(store, link, now=end - timedelta(seconds=1)))[0].role is role
    with pytest.raises(InviteExpired):
        await joining.look_at(store, link, now=end)


async def test_a_token_nobody_made_is_unknown(store, now):
    with pytest.raises(InviteUnknown):
        await joining.look_at(store, rules.new_token(), now=now)


async def test_an_invitation_ends_the_earlier_ones_of_its_kind_once_it_was_shown(
    store, village, now
):
    old = await village.member_link()
    facilitators = await invites.invite_facilitator(
        store, village.collective.id, by=village.coordinator, now=now
    )
    new = await village.member_link()
    await joining.look_at(store, old, now=now)
    await invites.shown(store, new, now=now)
    with pytest.raises(InviteExpired):
        await joining.look_at(store, old, now=now)
    await joining.look_at(store, new, now=now)
    await joining.look_at(store, facilitators, now=now)


async def test_the_database_never_holds_a_token(store, village):
    token = await village.member_link()
    assert token.encode() not in str(await rows(store, t.invites)).encode()


async def test_inviting_and_joining_are_audited(store, village):
    trail = await audited(store)
    member = village.members[-1].person_id
    assert ("invited", None, None) in trail
    assert ("invited", village.facilitator, village.collective.id) in trail
    assert trail[-1] == ("joined", member, village.collective.id)


async def test_who_joins_within_a_day_of_the_opening_gets_her_check_in(store, forms, village, now):
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    late = await village.welcome("Late", now + timedelta(hours=23, minutes=59))
    [card] = [row for row in await queued(store) if row.chat_id == late.chat_id]
    checkin = await store.checkins.get(card.ids["checkin"])
    assert (checkin.member_id, card.kind) == (late.id, "checkin_opening")
    # She has just pressed a button: no quiet hours between her and her first card.
    assert card.lane == 0


async def test_who_joins_a_day_after_the_opening_waits_for_the_next_round(
    store, forms, village, now
):
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    later = await village.welcome("Later", now + timedelta(hours=24))
    assert not [row for row in await queued(store) if row.chat_id == later.chat_id]
    assert await store.checkins.open_for(later.person_id, now + timedelta(hours=25)) == []
