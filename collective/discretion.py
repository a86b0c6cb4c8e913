"""What disappears from a chat that others may look into, and when."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from collective.outbox import Lane, Parcel
from collective.people import SPEAKS_FOR, Account, Person

#: In discreet mode a message stays so long: gone within a day, also when the bot was away for a
#: while, and long before the 48 hours after which Telegram deletes no more.
STAYS = timedelta(hours=20)

#: Which renderers take a message away, and put the veil back over it.
WIPE = "wipe"
COVER = "cover"


def removals(
    account: Account,
    persons: Sequence[Person],
    message_id: int,
    *,
    now: datetime,
    owner: int | None = None,
    row: int | None = None,
) -> list[Parcel]:
    """Return what takes a message out of a chat again; none where nobody asked for that.

    In discreet mode everything goes after STAYS. What was shown to, or written by, a person with a
    code is closed when she is no longer taken to be there: a message of the outbox (`row`) gets its
    veil back, any other goes. `owner` is whose it is; None: whoever has the phone.
    """
    there = next((each for each in persons if each.has_pin and each.speaks(now)), None)
    found = []
    if there is not None and owner in {None, there.id}:
        found.append(_away(account, message_id, now + SPEAKS_FOR, row))
    if account.discreet:
        found.append(_away(account, message_id, now + STAYS))
    return found


def at_once(chat_id: int, message_id: int, *, now: datetime) -> Parcel:
    """Return what takes a message away that could not be at this moment."""
    return Parcel(
        chat_id=chat_id,
        kind=WIPE,
        ids={"message": message_id},
        lane=Lane.TIDY,
        not_before=now,
    )


def _away(account: Account, message_id: int, at: datetime, row: int | None = None) -> Parcel:
    kind = WIPE if row is None else COVER
    # A message is wiped once; the veil goes back over it after each opening.
    key = f"{kind}:{account.telegram_id}:{message_id}"
    return Parcel(
        chat_id=account.telegram_id,
        kind=kind,
        ids={"message": message_id} | ({} if row is None else {"row": row}),
        lane=Lane.TIDY,
        not_before=at,
        key=key if row is None else f"{key}:{at.isoformat()}",
    )
