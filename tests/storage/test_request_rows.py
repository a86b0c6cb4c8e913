"""Codes, requests to come in and tries, on both engines."""

from datetime import timedelta

from ledger_rows import collective, person

from collective.people import CHOICES, Role


async def invite(store, now, token_hash=b"a", *, place=None):
    await store.invites.add(
        token_hash=token_hash * 32,
        role=Role.MEMBER,
        collective_id=place,
        created_by=None,
        expires_at=now + timedelta(days=60),
        uses=2,
        now=now,
    )
    return await store.invites.by_hash(token_hash * 32)


async def request(store, now, invite_id, account_id, *, draft="d", person_id=None, name="Mado"):
    return await store.requests.add(
        draft=draft,
        invite_id=invite_id,
        account_id=account_id,
        person_id=person_id,
        name=name,
        choices=None if person_id else set(),
        expires_at=now + timedelta(days=14),
    )


async def test_an_invite_is_found_by_its_code_which_is_its_alone(store, now):
    one, two = [await invite(store, now, token) for token in (b"a", b"b")]
    until = now + timedelta(days=14)
    assert await store.invites.set_code(b"a" * 32, b"1" * 32, until)
    assert not await store.invites.set_code(b"b" * 32, b"1" * 32, until)
    found = await store.invites.by_code([b"0" * 32, b"1" * 32])
    assert (found.id, found.code_expires_at) == (one.id, until)
    assert (await store.invites.get(two.id)).code_expires_at is None
    assert await store.invites.by_code([b"0" * 32]) is None


async def test_a_request_of_a_stranger_knows_her_chat_her_language_and_her_name(store, now):
    made = await collective(store, now)
    door = await invite(store, now, place=made.id)
    account = await store.people.ensure_account(7, now, "ln")
    asked = await request(store, now, door.id, account.id)
    assert (asked.chat_id, asked.language, asked.name, asked.choices) == (7, "ln", "Mado", set())
    assert (asked.role, asked.collective_id, asked.person_id) == (Role.MEMBER, made.id, None)
    assert await store.requests.get(asked.id) == asked
    assert await store.requests.of_account(account.id) == [asked]


async def test_who_is_known_is_asked_for_by_her_own_name(store, now):
    mado = await person(store, now, chat=7, name="Mama Mado")
    door = await invite(store, now)
    asked = await request(store, now, door.id, mado.account_id, person_id=mado.id, name=None)
    assert (asked.name, asked.person_id, asked.choices) == ("Mama Mado", mado.id, None)


async def test_a_draft_asks_once_and_a_request_is_removed_once(store, now):
    door = await invite(store, now)
    account = await store.people.ensure_account(7, now)
    asked = await request(store, now, door.id, account.id)
    assert await request(store, now, door.id, account.id) is None
    assert [await store.requests.remove(asked.id) for _ in range(2)] == [True, False]
    again = await request(store, now, door.id, account.id)
    assert again.id > asked.id


async def test_a_stranger_who_asks_is_not_forgotten_before_the_answer(store, now):
    door = await invite(store, now)
    account = await store.people.ensure_account(7, now)
    asked = await request(store, now, door.id, account.id)
    await store.people.forget_account(account.id)
    assert await store.people.account(7) == account
    await store.requests.remove(asked.id)
    await store.people.forget_account(account.id)
    assert await store.people.account(7) is None


async def test_what_she_chose_is_kept(store, now):
    door = await invite(store, now)
    account = await store.people.ensure_account(7, now)
    asked = await store.requests.add(
        draft="d",
        invite_id=door.id,
        account_id=account.id,
        person_id=None,
        name="Mado",
        choices=CHOICES,
        expires_at=now,
    )
    assert asked.choices == set(CHOICES)


async def test_tries_are_counted_by_message_and_forgotten_by_their_moment(store, now):
    for message, minutes in ((1, 0), (2, 10)):
        await store.requests.add_try(b"w" * 32, message, now + timedelta(minutes=minutes))
    await store.requests.add_try(b"x" * 32, 1, now)
    await store.requests.forget_tries(now)
    assert await store.requests.tries(b"w" * 32) == {2: now + timedelta(minutes=10)}
    assert await store.requests.tries(b"x" * 32) == {}


async def test_who_asks_to_become_a_member_is_found_by_collective(store, now):
    one, other = [await collective(store, now, draft=draft) for draft in "ab"]
    doors = [
        await invite(store, now, token, place=place.id)
        for token, place in ((b"a", one), (b"b", other))
    ]
    account = await store.people.ensure_account(7, now)
    asked = [
        await request(store, now, door.id, account.id, draft=str(number))
        for number, door in enumerate([doors[0], doors[1], doors[0]])
    ]
    assert await store.requests.to_join(one.id, Role.MEMBER) == [asked[0], asked[2]]
    assert await store.requests.to_join(other.id, Role.MEMBER) == [asked[1]]
