"""Who and which groups do not take messages, who is told of that, and the way back.

Messages to a person who cannot be reached are not sent at all: she comes back by an act of hers.
Those to a group are sent all the same, a few in a week: nobody tells the bot when an administrator
gives it its rights back, so the next message that arrives is how it learns that.
"""

from datetime import datetime

from collective.outbox import Lane, Parcel
from collective.ports import Store

#: Which renderer tells a facilitator that a group is lost.
GROUP_LOST = "group_lost"


async def lose(store: Store, chat_id: int, reason: str, *, now: datetime) -> None:
    """Keep why messages do not arrive in a chat; facilitators hear once that their group is lost.

    The link stays: whoever lets the bot in again, or gives it back its rights, has nothing to do
    besides. A group that stays lost is forgotten after a while (`retention`).
    """
    if chat_id > 0:
        await store.people.set_unreachable(chat_id, reason)
    elif await store.collectives.set_group_reach(chat_id, reason, now):
        await _tell(store, chat_id, now)


async def find_again(store: Store, chat_id: int, *, now: datetime) -> None:
    """Keep that messages arrive in a group again."""
    await store.collectives.set_group_reach(chat_id, None, now)


async def _tell(store: Store, chat_id: int, now: datetime) -> None:
    collective = await store.collectives.by_group(chat_id)
    if collective is None:
        return
    told = [
        Parcel(
            chat_id=each.chat_id,
            kind=GROUP_LOST,
            ids={"collective": collective.id},
            lane=Lane.REMINDER,
            not_before=now,
            collective=collective.id,
            person=each.person_id,
        )
        for each in await store.collectives.facilitators(collective.id)
        if each.chat_id is not None
    ]
    await store.outbox.add(told, now)
