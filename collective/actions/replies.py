"""Replies to a broadcast reach its author, and what she answers reaches who replied."""

from datetime import datetime

from collective.broadcasts import Reply, Version, clean_version
from collective.errors import NotAllowed, NotReached, Outdated
from collective.outbox import Lane, Parcel
from collective.ports import Store

#: Which renderer hands a reply over.
REPLY = "broadcast_reply"


async def reply(
    store: Store, broadcast_id: int, said: Version, *, key: str, by: int, now: datetime
) -> int | None:
    """Hand what she says to the author; return who gets it, None where the author is speaking.

    The same key is the same reply. Raises Outdated, TextEmpty, TextTooLong, NotReached.
    """
    broadcast = await store.broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.author_id is None:
        raise Outdated
    if broadcast.author_id == by:
        return None
    return await _hand_over(
        store, broadcast_id, None, said, to=broadcast.author_id, key=key, by=by, now=now
    )


async def answer(
    store: Store, reply_id: int, said: Version, *, key: str, by: int, now: datetime
) -> int:
    """Hand an answer to who replied; who got the reply may. Return who gets it. As `reply`.

    Raises NotAllowed too.
    """
    answered = await store.replies.get(reply_id)
    if answered is None:
        raise Outdated
    if await addressee(store, answered) != by:
        raise NotAllowed
    return await _hand_over(
        store,
        answered.broadcast_id,
        reply_id,
        said,
        to=answered.person_id,
        key=key,
        by=by,
        now=now,
    )


async def addressee(store: Store, of: Reply) -> int | None:
    """Return whom a reply is for: who said what it answers."""
    if of.answers is not None:
        answered = await store.replies.get(of.answers)
        return answered.person_id if answered else None
    broadcast = await store.broadcasts.get(of.broadcast_id)
    return broadcast.author_id if broadcast else None


async def _hand_over(
    store: Store,
    broadcast_id: int,
    answers: int | None,
    said: Version,
    *,
    to: int,
    key: str,
    by: int,
    now: datetime,
) -> int:
    said = clean_version(said)
    chat_id = await store.people.chat_of(to)
    account = await store.people.account(chat_id) if chat_id else None
    if chat_id is None or account is None or account.unreachable is not None:
        person = await store.people.person(to)
        raise NotReached(name=person.name if person else "")
    broadcast = await store.broadcasts.get(broadcast_id)
    kept = await store.replies.add(
        Reply(
            id=0,
            broadcast_id=broadcast_id,
            person_id=by,
            answers=answers,
            kind=said.kind,
            text=said.text,
            file_id=said.file_id,
        ),
        key,
        now,
    )
    told = Parcel(
        chat_id=chat_id,
        kind=REPLY,
        ids={"reply": kept.id},
        # A person starts it: within the allowed hours, under a veil where others look.
        lane=Lane.BROADCAST,
        not_before=now,
        collective=broadcast.collective_id if broadcast else None,
        person=to,
        key=f"reply:{kept.id}",
    )
    await store.outbox.add([told], now)
    return to
