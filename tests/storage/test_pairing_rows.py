"""Pairings, on both engines."""

from datetime import timedelta

from ledger_rows import collective

DAY = timedelta(days=1)


async def test_a_pairing_is_found_by_its_number_and_in_either_order(store, now):
    one, two, three = [await collective(store, now, draft=draft) for draft in "xyz"]
    early = await store.pairings.add(
        draft="a", first_id=one.id, second_id=two.id, paired_at=now - DAY
    )
    late = await store.pairings.add(draft="b", first_id=two.id, second_id=one.id, paired_at=now)
    assert (
        await store.pairings.add(draft="b", first_id=two.id, second_id=one.id, paired_at=now)
        is None
    )
    assert await store.pairings.get(early.id) == early
    assert await store.pairings.newest(one.id, two.id) == late
    assert await store.pairings.newest(two.id, one.id) == late
    assert await store.pairings.newest(one.id, three.id) is None
