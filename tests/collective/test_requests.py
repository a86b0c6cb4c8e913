"""Coming in with a code: five tries an hour, somebody's yes, and nothing left after a no."""

import random
from datetime import timedelta

import pytest
from village import JOSEPHINE, NADINE, audited, queued, rows

from collective import requests as rules
from collective.actions import codes, invites, joining, requests
from collective.actions.joining import Said
from collective.codes import SPAN
from collective.errors import (
    AlreadyJoined,
    CodeUnknown,
    ConsentMissing,
    InviteExpired,
    InviteUsed,
    NotAllowed,
    RequestOver,
    TooManyTries,
)
from collective.people import Consent, Role
from collective.schedules import Bell
from storage import tables as t

CODE = b"c" * 32
MADO = Said(name="Mado", agreed=True, choices={Consent.NAMING})


@pytest.fixture
async def newcomer(store, now):
    account = await store.people.ensure_account(501, now)
    await store.people.set_language(account.id, "ln")
    return await store.people.account(501)


async def coded(village, role=Role.MEMBER, code=CODE):
    """The token of an invitation that has a code."""
    token = await {
        Role.MEMBER: village.member_link,
        Role.FACILITATOR: lambda: invites.invite_facilitator(
            village.store, village.collective.id, by=village.coordinator, now=village.now
        ),
    }[role]()
    assert await invites.give_code(village.store, token, code, now=village.now)
    return token


async def asked(village, account, said=MADO, *, role=Role.MEMBER, draft="d"):
    """A request that waits for an answer."""
    await coded(village, role)
    invite = await codes.opened_by(village.store, [CODE], now=village.now)
    await requests.ask(village.store, invite.id, account, said, draft=draft, now=village.now)
    [request] = await village.store.requests.of_account(account.id)
    return request


async def wait(store, account, message, now):
    """Try a code; how many minutes she is told to wait, 0 when she may."""
    try:
        await codes.spend_try(store, account, b"w" * 32, message, now=now)
    except TooManyTries as refusal:
        return refusal.minutes
    return 0


async def test_a_code_opens_its_invitation_for_fourteen_days(store, village, now):
    await coded(village)
    invite = await codes.opened_by(store, [b"x" * 32, CODE], now=now)
    assert (invite.role, invite.collective_id) == (Role.MEMBER, village.collective.id)
    end = now + timedelta(days=14)
    await codes.opened_by(store, [CODE], now=end - timedelta(seconds=1))
    with pytest.raises(InviteExpired):
        await codes.opened_by(store, [CODE], now=end)
    with pytest.raises(CodeUnknown):
        await codes.opened_by(store, [b"x" * 32], now=now)


async def test_a_code_ends_with_its_link(store, village, now):
    token = await coded(village)
    await invites.shown(store, await village.member_link(), now=now)
    with pytest.raises(InviteExpired):
        await codes.opened_by(store, [CODE], now=now)
    assert (await joining.find(store, token))[0].revoked_at == now


async def test_two_invitations_never_have_the_same_code(store, village, now):
    await coded(village)
    other = await village.member_link()
    assert not await invites.give_code(store, other, CODE, now=now)


async def test_who_asks_is_nobody_before_the_yes_and_her_facilitator_is_asked(
    store, village, newcomer
):
    persons = len(await rows(store, t.persons))
    request = await asked(village, newcomer)
    assert (request.name, request.person_id, request.language) == ("Mado", None, "ln")
    assert len(await rows(store, t.persons)) == persons
    [card] = await queued(store, requests.ASKED)
    assert (card.chat_id, card.collective_id) == (NADINE, village.collective.id)


async def test_a_yes_brings_her_in_with_what_she_chose_and_she_is_told(
    store, village, newcomer, now
):
    request = await asked(village, newcomer)
    person = await requests.admit(store, request.id, by=village.facilitator, now=now)
    assert person.name == "Mado"
    assert (await store.people.standing(person.id)).member_of == {village.collective.id}
    assert await store.people.consents(person.id) == {Consent.KEEP, Consent.NAMING}
    told = [row.kind for row in await queued(store) if row.chat_id == 501]
    assert told == ["menu", "welcome", "practice"]
    assert ("admitted", village.facilitator, person.id) in await audited(store)
    assert await store.requests.of_account(newcomer.id) == []


async def test_who_was_asked_nothing_new_practises_nothing(store, village, now):
    account = await store.people.account(JOSEPHINE)
    request = await asked(village, account, Said(name=None, agreed=False), role=Role.FACILITATOR)
    await requests.admit(store, request.id, by=village.coordinator, now=now)
    told = [row.kind for row in await queued(store) if row.chat_id == JOSEPHINE]
    assert told[-2:] == ["menu", "welcome"]


async def test_a_no_leaves_nothing_about_her_but_what_tells_her(store, village, newcomer, now):
    request = await asked(village, newcomer)
    await requests.refuse(store, request.id, by=village.facilitator, now=now)
    assert await store.people.account(501) is None
    assert await rows(store, t.join_requests) == []
    [told] = [row for row in await queued(store) if row.chat_id == 501]
    assert (told.kind, told.ids["language"], told.ids["known"]) == ("join_refused", "ln", False)


async def test_who_is_known_stays_after_a_no_what_she_was(store, village, now):
    account = await store.people.account(JOSEPHINE)
    request = await asked(village, account, Said(name=None, agreed=True, choices=set()))
    assert (request.name, request.person_id) == ("Joséphine", village.coordinator)
    await requests.refuse(store, request.id, by=village.facilitator, now=now)
    assert (await store.people.standing(village.coordinator)).roles == {Role.COORDINATOR}


async def test_an_answer_is_given_once_by_who_may(store, village, newcomer, now):
    request = await asked(village, newcomer)
    for by in (village.coordinator, village.members[0].person_id):
        with pytest.raises(NotAllowed):
            await requests.admit(store, request.id, by=by, now=now)
    await requests.admit(store, request.id, by=village.facilitator, now=now)
    for answer in (requests.admit, requests.refuse):
        with pytest.raises(RequestOver):
            await answer(store, request.id, by=village.facilitator, now=now)


async def test_who_asks_to_accompany_is_answered_by_a_coordinator(store, village, newcomer, now):
    request = await asked(village, newcomer, role=Role.FACILITATOR)
    [card] = await queued(store, requests.ASKED)
    assert card.chat_id == JOSEPHINE
    with pytest.raises(NotAllowed):
        await requests.refuse(store, request.id, by=village.facilitator, now=now)
    person = await requests.admit(store, request.id, by=village.coordinator, now=now)
    assert (await store.people.standing(person.id)).facilitates == {village.collective.id}
    with pytest.raises(InviteUsed):
        await codes.opened_by(store, [CODE], now=now)


async def test_nobody_asks_without_agreeing_nor_to_be_what_she_is(store, village, newcomer, now):
    await coded(village)
    invite = await codes.opened_by(store, [CODE], now=now)
    silent = Said(name="Mado", agreed=False)
    with pytest.raises(ConsentMissing):
        await requests.ask(store, invite.id, newcomer, silent, draft="d", now=now)
    member = await store.people.account(village.members[0].chat_id)
    with pytest.raises(AlreadyJoined):
        await requests.ask(store, invite.id, member, silent, draft="d", now=now)


async def test_the_same_draft_asks_once(store, village, newcomer, now):
    request = await asked(village, newcomer)
    await requests.ask(store, request.invite_id, newcomer, MADO, draft="d", now=now)
    assert len(await rows(store, t.join_requests)) == 1
    assert len(await queued(store, requests.ASKED)) == 1


async def test_after_fourteen_days_a_request_ends_as_with_a_no(store, village, newcomer, now):
    request = await asked(village, newcomer)
    end = now + rules.LIFETIME
    assert (await store.schedules.of(Bell.END_REQUEST, request.id)).next_due == end
    await requests.end(store, request.id, now=end - timedelta(seconds=1))
    assert await store.requests.get(request.id) == request
    with pytest.raises(RequestOver):
        await requests.admit(store, request.id, by=village.facilitator, now=end)
    await requests.end(store, request.id, now=end)
    assert await store.people.account(501) is None
    [told] = [row for row in await queued(store) if row.chat_id == 501]
    assert told.kind == "join_unanswered"


async def test_she_takes_her_own_request_back_and_no_other(store, village, newcomer, now):
    request = await asked(village, newcomer)
    with pytest.raises(NotAllowed):
        await requests.withdraw(store, request.id, await store.people.account(NADINE))
    await requests.withdraw(store, request.id, newcomer)
    assert await store.people.account(501) is None
    with pytest.raises(RequestOver):
        await requests.withdraw(store, request.id, newcomer)


async def test_who_says_no_to_one_invitation_keeps_waiting_at_another(store, village, newcomer):
    await asked(village, newcomer)
    await joining.decline(store, newcomer, now=village.now)
    assert len(await store.requests.of_account(newcomer.id)) == 1


async def test_a_number_is_not_given_twice_or_an_old_card_would_let_in_another(
    store, village, newcomer, now
):
    first = await asked(village, newcomer)
    await requests.refuse(store, first.id, by=village.facilitator, now=now)
    other = await store.people.ensure_account(502, now)
    await requests.ask(store, first.invite_id, other, MADO, draft="e", now=now)
    [second] = await store.requests.of_account(other.id)
    assert second.id > first.id


@pytest.mark.parametrize("seed", range(8))
async def test_in_no_hour_more_than_five_codes_are_tried_and_never_fewer_than_may(
    store, newcomer, now, seed
):
    chance, at, tried = random.Random(seed), now, []
    for message in range(30):
        at += timedelta(minutes=chance.choice([0, 0, 1, 5, 20, 59, 60]))
        within = [each for each in tried if each > at - SPAN]
        minutes = await wait(store, newcomer, message, at)
        assert (minutes > 0) == (len(within) == 5)
        if not minutes:
            tried.append(at)


async def test_five_tries_an_hour_and_the_sixth_is_told_when(store, newcomer, now):
    tries = [(minute, message) for message, minute in enumerate((0, 10, 10, 20, 30, 40, 60, 60))]
    told = [
        await wait(store, newcomer, message, now + timedelta(minutes=minute))
        for minute, message in tries
    ]
    assert told == [0, 0, 0, 0, 0, 20, 0, 10]
    await codes.spend_try(store, newcomer, b"x" * 32, 1, now=now + timedelta(hours=1))


async def test_a_message_that_comes_again_counts_once(store, newcomer, now):
    assert [await wait(store, newcomer, 1, now) for _ in range(9)] == [0] * 9
    assert len(await store.requests.tries(b"w" * 32)) == 1
