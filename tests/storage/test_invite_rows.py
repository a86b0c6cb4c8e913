"""Invitations are spent and revoked, on both engines."""

from datetime import timedelta

from ledger_rows import collective

from collective.people import Role


async def add(store, now, token_hash, *, role=Role.MEMBER, place=None, uses=2, person=None):
    await store.invites.add(
        token_hash=token_hash * 32,
        role=role,
        collective_id=place,
        created_by=None,
        expires_at=now + timedelta(days=1),
        uses=uses,
        now=now,
        person_id=person,
    )
    return await store.invites.by_hash(token_hash * 32)


async def test_an_invite_is_found_by_its_hash_only(store, now):
    invite = await add(store, now, b"a", role=Role.COORDINATOR)
    assert (invite.role, invite.uses_left) == (Role.COORDINATOR, 2)
    assert invite.expires_at == now + timedelta(days=1)
    assert await store.invites.by_hash(b"b" * 32) is None


async def test_it_is_spent_as_often_as_it_has_uses(store, now):
    invite = await add(store, now, b"a")
    assert [await store.invites.consume(invite.id) for _ in range(3)] == [True, True, False]
    assert (await store.invites.by_hash(b"a" * 32)).uses_left == 0


async def test_revoking_ends_one_role_of_one_collective(store, now):
    one, two = [(await collective(store, now, draft=draft)).id for draft in "ab"]
    await add(store, now, b"a", place=one)
    await add(store, now, b"b", place=two)
    await add(store, now, b"c", place=one, role=Role.FACILITATOR)
    await add(store, now, b"d", place=one)
    await store.invites.revoke_others(b"d" * 32, now)
    await store.invites.revoke_others(b"d" * 32, now + timedelta(hours=1))
    ends = [
        (await store.invites.by_hash(each * 32)).revoked_at for each in (b"a", b"b", b"c", b"d")
    ]
    assert ends == [now, None, None, None]


async def test_a_token_nobody_made_revokes_nothing(store, now):
    await add(store, now, b"a", role=Role.COORDINATOR)
    await store.invites.revoke_others(b"z" * 32, now)
    assert (await store.invites.by_hash(b"a" * 32)).revoked_at is None


async def test_one_woman_has_one_open_invitation_to_her_record(store, now):
    place = (await collective(store, now)).id
    mado = await store.people.add_person(None, "Mado", now)
    for token in (b"a", b"b", b"c"):
        await add(store, now, token, place=place, person=None if token == b"a" else mado.id)
    await store.invites.revoke_others(b"c" * 32, now)
    opened = [await store.invites.by_hash(each * 32) for each in (b"a", b"b", b"c")]
    assert [each.revoked_at for each in opened] == [None, now, None]
    await store.invites.revoke_of(mado.id, now)
    assert (await store.invites.by_hash(b"c" * 32)).revoked_at == now


async def test_an_account_is_given_to_who_has_none(store, now):
    mado = await store.people.add_person(None, "Mado", now)
    accounts = [(await store.people.ensure_account(chat, now)).id for chat in (1, 2)]
    given = await store.people.give_account(mado.id, accounts[0], "Mama")
    assert (given.id, given.account_id, given.name) == (mado.id, accounts[0], "Mama")
    assert await store.people.give_account(mado.id, accounts[1], "X") is None
