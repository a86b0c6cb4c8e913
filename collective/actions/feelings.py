"""Keeping how it was to decide or to meet; what may be told of it moves by fives."""

from collective import figures
from collective.feelings import After, Felt, Question
from collective.ports import Store


async def keep(
    store: Store, after: After, number: int, member_id: int, question: Question, felt: Felt
) -> None:
    """Keep her answer until it is counted; the caller holds the vote or the meeting.

    So two answers at once are counted one after the other.
    """
    await store.aftermath.put_felt(after, number, member_id, question, felt)
    told = await store.aftermath.told(after, number)
    anew = figures.feelings(told, await store.aftermath.felt(after, number))
    if anew:
        await store.aftermath.tell(after, number, {**told, **anew}, anew.keys())
