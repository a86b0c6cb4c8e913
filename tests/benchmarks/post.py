"""How broadcasts leave: at which part of the permitted pace, who waits for whom, at what cost.

Three runs of `bot.py run`. The first is on the playground, which refuses what Telegram's
documented limits refuse, while members press through a check-in; the others call a server that
only takes note.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from contestants import MEMBERS, Home, Lisanga
from line import TOKEN, Line
from ports import free_port
from process import resident, running

from collective.actions import broadcasts, composing
from collective.audiences import Audience
from collective.broadcasts import Version, batch
from collective.outbox import Lane, Parcel
from playground import Playground

#: What Telegram permits, in messages a second.
PERMITTED = 30
#: Presses a second beside a broadcast, at random.
PRESSES = 3.0
#: Seconds after which whatever is waited for is not coming.
PATIENCE = 600.0


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of everything."""

    #: Who gets the broadcast on the playground, and who presses before it and during it.
    readers: int = 3100
    pressing: tuple[int, int] = (25, 75)
    #: How many answers before it are timed, at most.
    idle: int = 1000
    #: Who gets one as fast as the bot can.
    raw: int = 3000
    #: How many rows wait, and how many seconds some of them leave while memory is looked at.
    waiting: int = 250_000
    seconds: float = 20.0


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What the three runs have shown. Seconds, counts, MB."""

    #: Messages and edits taken from the first message of the broadcast to the last, and between.
    taken: int
    seconds: float
    refused: int
    #: How long each answer took, while nothing else left and beside the broadcast.
    idle: Sequence[float]
    beside: Sequence[float]
    per_second: float
    rows: int
    resident: float
    growth: float

    @property
    def share(self) -> float:
        """The part of the permitted pace that was used."""
        return (self.taken - 1) / self.seconds / PERMITTED

    @property
    def added(self) -> float:
        """What the broadcast added to the 95th percentile of answers, in seconds."""
        return p95(self.beside) - p95(self.idle)


class Post(Lisanga):
    """Lisanga, with something to say to many."""

    def __init__(self, *, pace: int, token: str = TOKEN) -> None:
        self._settings = {"LISANGA_PACE": str(pace), "LISANGA_TOKEN": token}

    def environment(self, home: Home) -> dict[str, str]:
        """Its settings."""
        return super().environment(home) | self._settings

    async def broadcast(self, home: Home, collectives: Sequence[int], key: str = "bench") -> int:
        """Let a coordinator write to the members of these collectives; return its number."""
        now = datetime.now(UTC)  # noqa: TID251 - a bot of its own process lives by the system's time
        audience = Audience(collectives=frozenset(collectives))
        text = Version(language="fr", text="La réunion de samedi est à neuf heures.")
        async with self.database(home) as database, database.writing() as store:
            [author, *_] = await store.people.coordinators()
            how = {"by": author, "now": now}
            made = await composing.draft(store, audience, key=key, language="fr", **how)
            await composing.write(store, made.id, text, **how)
            await broadcasts.send(store, made.id, **how)
        return made.id

    async def queue(self, home: Home, broadcast: int, chats: Sequence[int]) -> None:
        """Lay rows of a broadcast into the outbox, a thousand at a time: the bot writes too."""
        now = datetime.now(UTC)  # noqa: TID251 - as above
        async with self.database(home) as database:
            for at in range(0, len(chats), 1000):
                parcels = [
                    Parcel(
                        chat_id=chat,
                        # Any card that needs no member would do.
                        kind="languages",
                        ids={"broadcast": broadcast},
                        lane=Lane.BROADCAST,
                        not_before=now,
                        # Its hours allow it: the installation's may say that it is night.
                        collective=1,
                        batch=batch(broadcast),
                    )
                    for chat in chats[at : at + 1000]
                ]
                async with database.writing() as store:
                    await store.outbox.add(parcels, now)


class Mailbox(Line):
    """A server that only takes note, also of when the first message for each chat came."""

    def __init__(self, chats: Sequence[int]) -> None:
        # Who accompanies gets reports.
        helpers = [each * 10**9 + at for each in (1, 2) for at in range(len(chats) // MEMBERS + 1)]
        super().__init__([*chats, *helpers])
        self.came: dict[int, float] = {}

    def called(self, method: str, fields: dict) -> object:
        """Take note of a call and give its result."""
        if method == "sendMessage":
            self.came.setdefault(int(fields["chat_id"]), perf_counter())
        return super().called(method, fields)


async def measure(size: Size = Size()) -> Sent:
    """Run all three; raise RuntimeError when somebody did not get it, or got it twice."""
    taken, seconds, refused, idle, beside = await paced(size)
    before, after = await waiting(size)
    return Sent(
        taken=taken,
        seconds=seconds,
        refused=refused,
        idle=idle,
        beside=beside,
        per_second=await raw(size),
        rows=size.waiting,
        resident=after,
        growth=after - before,
    )


async def paced(size: Size) -> tuple[int, float, int, list[float], list[float]]:
    """Broadcast on the playground while members press; see `Sent` for what it gives."""
    playground = await Playground.start(limits="documented")
    before, during = size.pressing
    # Whoever is asked gets a card too, so the readers are in other collectives.
    asked = -(-(before + during) // MEMBERS)
    people = [await _person(playground) for _ in range(asked * MEMBERS + size.readers)]
    pressing, readers = people[: before + during], people[asked * MEMBERS :]

    def everybody_has_it() -> bool:
        return all(playground.world.messages(each) for each in readers)

    with _home(playground.base_url) as home:
        post = Post(pace=PERMITTED, token=playground.token)
        await post.prepare(home, people)
        async with running(post, home):
            await post.open_rounds(home, asked)
            await _until(lambda: all(playground.world.messages(each) for each in pressing))
            idle = await _press(playground, pressing[:before], most=size.idle)
            await post.broadcast(home, range(asked + 1, -(-len(people) // MEMBERS) + 1))
            beside = await _press(playground, pressing[before:], done=everybody_has_it)
            await _until(everybody_has_it)
            await asyncio.sleep(1)
    calls = playground.world.calls.after(0)
    await playground.stop()
    to = set(readers)
    moments = [_moment(each) for each in calls if each["chat_id"] in to and each["ok"]]
    if len(moments) != len(readers):
        raise RuntimeError(f"{len(moments)} messages for {len(readers)} readers")
    first, last = min(moments), max(moments)
    taken = [
        each
        for each in calls
        if each["ok"]
        and each["method"].startswith(("send", "edit"))
        and first <= _moment(each) <= last
    ]
    refused = [each for each in calls if each["error_code"] == 429]
    return len(taken), (last - first).total_seconds(), len(refused), idle, beside


async def raw(size: Size) -> float:
    """Return how many messages a second leave where nothing limits them."""
    chats = range(1, size.raw + 1)
    mailbox = Mailbox(chats)
    async with AsyncExitStack() as stack:
        home = stack.enter_context(_home(await stack.enter_async_context(mailbox.answering())))
        post = Post(pace=0)
        await post.prepare(home, chats)
        async with running(post, home):
            await post.broadcast(home, range(1, -(-size.raw // MEMBERS) + 1))
            await _until(lambda: mailbox.came.keys() >= set(chats))
    came = sorted(mailbox.came[each] for each in chats)
    return (len(came) - 1) / (came[-1] - came[0])


async def waiting(size: Size) -> tuple[float, float]:
    """Return the memory before many rows wait, and while some of them leave, in MB."""
    chats = range(1, size.waiting + 1)
    mailbox = Mailbox(chats)
    async with AsyncExitStack() as stack:
        home = stack.enter_context(_home(await stack.enter_async_context(mailbox.answering())))
        post = Post(pace=PERMITTED)
        await post.prepare(home, chats[:MEMBERS])
        async with running(post, home) as (process, _):
            made = await post.broadcast(home, [1])
            await _until(lambda: len(mailbox.came) >= MEMBERS)
            before = resident(process)
            await post.queue(home, made, chats[MEMBERS:])
            known = len(mailbox.came)
            await asyncio.sleep(size.seconds)
            if len(mailbox.came) == known:
                raise RuntimeError("nothing left")
            return before, resident(process)


def figures(sent: Sent) -> dict[str, float]:
    """Return what data/bench.json keeps."""
    return {
        "broadcast_share": round(sent.share, 4),
        "broadcast_429": sent.refused,
        "reply_p95_added_ms": round(sent.added * 1000),
        "sends_per_s": round(sent.per_second),
        "waiting_rss_growth_mb": round(sent.growth, 1),
    }


def table(sent: Sent) -> str:
    """Return the figures as a table, beside what they should be."""
    lines = [
        ("part of 30 a second that is used", f"{sent.share:.1%}", "≥ 97 %"),
        ("refused with 429", f"{sent.refused}", "0"),
        ("an answer, 95th percentile, idle", f"{p95(sent.idle) * 1000:.0f} ms", ""),
        ("… beside the broadcast", f"{p95(sent.beside) * 1000:.0f} ms", "< 300 ms more"),
        ("sends a second without limits", f"{sent.per_second:,.0f}", ""),
        (
            f"memory while {sent.rows:,} rows wait",
            f"{sent.resident:.0f} MB, {sent.growth:+.1f} MB",
            "flat",
        ),
    ]
    rows = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join(["| | measured | goal |", "| --- | ---: | ---: |", *rows])


def p95(waits: Sequence[float]) -> float:
    """Return what 95 of 100 did not wait longer than."""
    return sorted(waits)[int(len(waits) * 0.95)]


async def _press(
    playground: Playground, people: Sequence[int], *, most: int = 10**6, done=lambda: False
) -> list[float]:
    """Let people press through their check-ins, each at moments of her own, until it is done.

    Return how long each answer took, `most` of them.
    """
    luck, waits = Random(4), []

    def newest(chat: int):
        return next(reversed(playground.world.messages(chat)))

    def button(chat: int) -> str | None:
        keys = [key for row in newest(chat).inline or [] for key in row]
        return next(
            (key["callback_data"] for key in keys if Post.answers(key["callback_data"])), None
        )

    async def member(chat: int) -> None:
        while True:
            # Faster than once a second she would meet the limit of her own chat.
            await asyncio.sleep(max(1.2, luck.expovariate(PRESSES / len(people))))
            data = button(chat)
            if data is None or done() or len(waits) >= most:
                return
            card, began = newest(chat), perf_counter()
            await playground.tap(chat, card.message_id, data=data)
            await _until(lambda card=card: newest(chat) is not card, 0.001)
            waits.append(perf_counter() - began)

    async with asyncio.TaskGroup() as nursery:
        for chat in people:
            nursery.create_task(member(chat))
    return waits


async def _person(playground: Playground) -> int:
    """Somebody who has started the bot."""
    number = await playground.add_person("Aline", language_code="fr")
    playground.world.put_person(replace(playground.world.person(number), started=True))
    return number


@contextmanager
def _home(api: str) -> Iterator[Home]:
    with TemporaryDirectory(prefix="lisanga-bench-") as folder:
        yield Home(folder=Path(folder), port=free_port(), api=api)


async def _until(holds, every: float = 0.02) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what it looks at rings no bell
            await asyncio.sleep(every)


def _moment(call: dict) -> datetime:
    return datetime.fromisoformat(call["at"])
