"""Accounts, persons and roles, on both engines."""

from datetime import timedelta

from ledger_rows import collective, member, person, rows

from collective.people import Account, Consent, Person, Standing
from collective.pins import Pin
from storage import tables as t


async def test_an_account_is_made_once(store, now):
    first = await store.people.ensure_account(7, now)
    assert first == Account(id=first.id, telegram_id=7, language=None, unreachable=None)
    assert await store.people.ensure_account(7, now + timedelta(days=1)) == first
    assert await store.people.account(7) == first
    assert await store.people.account(8) is None


async def test_ids_of_52_bits_are_kept(store, now):
    account = await store.people.ensure_account(2**52 - 1, now)
    assert account.telegram_id == 2**52 - 1


async def test_who_writes_is_reachable_again_and_keeps_her_language(store, now):
    account = await store.people.ensure_account(7, now)
    await store.people.set_language(account.id, "ln")
    await store.people.set_unreachable(7, "blocked")
    assert (await store.people.account(7)).unreachable == "blocked"
    back = await store.people.ensure_account(7, now)
    assert (back.id, back.language, back.unreachable) == (account.id, "ln", None)


async def test_a_person_is_found_by_her_account(store, now):
    mado = await person(store, now, chat=7, name="Mado")
    account = await store.people.account(7)
    assert mado == Person(id=mado.id, account_id=account.id, name="Mado")
    assert await store.people.person_of(account.id, now) == mado
    assert await store.people.person(mado.id) == mado
    assert await store.people.person(999) is None
    assert await store.people.person_of(999, now) is None


async def test_the_one_who_answers_is_who_said_so_last(store, now):
    aline, mado = [await person(store, now, chat=7, name=name) for name in ("Aline", "Mado")]
    account = aline.account_id
    assert await store.people.person_of(account, now) is None
    until = now + timedelta(minutes=15)
    for speaker in (aline, mado):
        await store.people.set_speaker(account, speaker.id, until)
        assert (await store.people.person_of(account, now)).id == speaker.id
    assert await store.people.person_of(account, until) is None
    assert [each.name for each in await store.people.persons_of(account)] == ["Aline", "Mado"]


async def test_somebody_new_uses_the_phone_until_she_has_come_in_or_gone(store, now):
    aline = await person(store, now, chat=7, name="Aline")
    until = now + timedelta(minutes=15)
    await store.people.set_speaker(aline.account_id, None, until)
    assert (await store.people.account(7)).newcomer(now)
    assert await store.people.person_of(aline.account_id, now) is None
    assert (await store.people.person_of(aline.account_id, until)).name == "Aline"


async def test_discreet_mode_belongs_to_the_account(store, now):
    mado = await person(store, now, chat=7)
    assert not (await store.people.account(7)).discreet
    for discreet in (True, False):
        await store.people.set_discreet(mado.account_id, discreet=discreet)
        assert (await store.people.account(7)).discreet is discreet


async def test_a_code_is_kept_with_its_tries(store, now):
    mado = await person(store, now, chat=7, name="Mado")
    assert (await store.people.pin(mado.id), mado.has_pin) == (None, False)
    await store.people.set_pin(mado.id, "salt:hash")
    await store.people.count_tries(mado.id, 3, now)
    kept = Pin(hash="salt:hash", tries=3, waits_until=now)
    assert await store.people.pin(mado.id) == await store.people.hold_pin(mado.id) == kept
    assert (await store.people.person(mado.id)).has_pin
    await store.people.set_pin(mado.id, None)
    assert await store.people.hold_pin(mado.id) is None
    await store.people.set_pin(mado.id, "new")
    assert await store.people.pin(mado.id) == Pin(hash="new", tries=0, waits_until=None)


async def test_who_has_a_code_is_known_where_she_is_listed(store, now):
    made = await collective(store, now)
    for name, pin_hash in (("Aline", None), ("Mado", "salt:hash")):
        who = await person(store, now, chat=len(name), name=name)
        await store.people.set_pin(who.id, pin_hash)
        await store.collectives.add_member(made.id, who.id, now)
    listed = await store.collectives.members(made.id)
    assert {each.name: each.has_pin for each in listed} == {"Aline": False, "Mado": True}


async def test_a_consent_is_kept_once_with_the_text_she_saw_last(store, now):
    mado = await person(store, now)
    later = now + timedelta(days=1)
    await store.people.add_consent(mado.id, Consent.KEEP, 1, now)
    await store.people.add_consent(mado.id, Consent.KEEP, 2, later)
    [kept] = await rows(store, t.consents)
    assert (kept.person_id, kept.consent, kept.text_version, kept.given_at) == (
        mado.id,
        "keep",
        2,
        later,
    )


async def test_a_consent_taken_back_is_gone_and_the_others_stay(store, now):
    mado = await person(store, now)
    assert await store.people.consents(mado.id) == frozenset()
    for consent in Consent:
        await store.people.add_consent(mado.id, consent, 2, now)
    await store.people.remove_consent(mado.id, Consent.NAMING)
    assert await store.people.consents(mado.id) == {Consent.KEEP, Consent.EXPORT}


async def test_an_account_is_forgotten_unless_it_carries_a_person(store, now):
    mado = await person(store, now, chat=7)
    stranger = await store.people.ensure_account(8, now)
    for account in (mado.account_id, stranger.id):
        await store.people.forget_account(account)
    assert (await store.people.account(7)).id == mado.account_id
    assert await store.people.account(8) is None


async def test_standing_is_read_from_every_role(store, now):
    mado = await person(store, now)
    assert await store.people.standing(mado.id) == Standing(
        person_id=mado.id, coordinator=False, facilitates=frozenset(), member_of=frozenset()
    )
    one, two = [await collective(store, now, draft=draft) for draft in "ab"]
    await store.people.add_coordinator(mado.id, now)
    await store.people.add_coordinator(mado.id, now)
    await store.collectives.add_facilitator(one.id, mado.id, now)
    await store.collectives.add_member(two.id, mado.id, now)
    assert await store.people.standing(mado.id) == Standing(
        person_id=mado.id,
        coordinator=True,
        facilitates=frozenset({one.id}),
        member_of=frozenset({two.id}),
    )


async def test_who_takes_part_is_reached_and_makes_no_pause(store, now):
    made = await collective(store, now)
    mado = await member(store, now, made, chat=7)
    assert await store.people.takes_part(7, made.id, now)
    assert not await store.people.takes_part(8, made.id, now)
    await store.people.set_paused(mado.person_id, now + timedelta(days=7))
    assert not await store.people.takes_part(7, made.id, now)
    assert await store.people.takes_part(7, made.id, now + timedelta(days=7))
    await store.collectives.remove_member(made.id, mado.person_id, now)
    assert not await store.people.takes_part(7, made.id, now + timedelta(days=7))
    await store.collectives.add_facilitator(made.id, mado.person_id, now)
    assert await store.people.takes_part(7, made.id, now)


async def test_a_persons_chat_is_her_accounts(store, now):
    mado = await person(store, now, chat=7)
    assert await store.people.chat_of(mado.id) == 7
    assert await store.people.chat_of(999) is None
