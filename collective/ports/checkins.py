"""Rounds, check-ins, and what members said in their own words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from collective.checkins import Answers, CheckIn
from collective.figures import Totals
from collective.own_words import Said, VoiceNote, Waiting
from collective.people import Member
from collective.rounds import Round


class Rounds(Protocol):
    """Rounds of check-ins."""

    async def add(
        self,
        *,
        collective_id: int,
        form: str,
        rotating: str | None = None,
        opens_at: datetime,
        closes_at: datetime,
    ) -> Round | None:
        """Add a round; None when the collective has one that opened at that moment."""
        ...

    async def get(self, round_id: int) -> Round | None:
        """Return a round."""
        ...

    async def hold(self, round_id: int) -> Round | None:
        """Return a round; it cannot be closed by others before this unit has ended."""
        ...

    async def open_of(self, collective_id: int, now: datetime) -> Round | None:
        """Return the ordinary round that takes answers now."""
        ...

    async def crisis_of(self, collective_id: int, now: datetime) -> Round | None:
        """Return the crisis check-in that takes answers now."""
        ...

    async def last_crisis(self, collective_id: int) -> Round | None:
        """Return the crisis check-in that was closed last."""
        ...

    async def newest(self, collective_id: int) -> Round | None:
        """Return the ordinary round that opened last, open or closed."""
        ...

    async def last_closed(
        self, collective_id: int, *, before: datetime | None = None
    ) -> Round | None:
        """Return the newest ordinary round that was closed; only of those that opened `before`."""
        ...

    async def history(self, collective_id: int, question: str) -> list[tuple[Round, Totals]]:
        """Return every ordinary round that was counted, with one question; oldest first."""
        ...

    async def end(self, round_id: int, now: datetime) -> None:
        """Let a round that is open take answers until now only."""
        ...

    async def turns(self, collective_id: int, limit: int) -> list[str | None]:
        """Return which rotating questions its newest rounds asked, the newest first."""
        ...

    async def mark_closed(self, round_id: int, now: datetime) -> bool:
        """Close it; False when it was closed before."""
        ...

    async def totals(self, round_id: int) -> Totals | None:
        """Return what was counted when it closed, None before that."""
        ...

    async def keep_totals(self, round_id: int, totals: Totals) -> None:
        """Keep what was counted; the first count stands."""
        ...

    async def replace_totals(self, round_id: int, totals: Totals) -> None:
        """Keep this count in place of the earlier one."""
        ...


class CheckIns(Protocol):
    """Check-ins and their answers."""

    async def expect(self, round_: Round, members: Iterable[Member]) -> list[CheckIn]:
        """Add a check-in for each member that has none in this round; return the new ones."""
        ...

    async def get(self, checkin_id: int) -> CheckIn | None:
        """Return a check-in."""
        ...

    async def open_for(self, person_id: int, now: datetime) -> list[CheckIn]:
        """Return her check-ins whose rounds take answers now, oldest first."""
        ...

    async def newest_of(
        self, person_id: int, collective_id: int, now: datetime, limit: int
    ) -> list[CheckIn]:
        """Return her newest ordinary check-ins in a collective that have opened, newest first."""
        ...

    async def unfinished(self, round_id: int) -> list[tuple[CheckIn, int]]:
        """Return the check-ins neither finished nor ever stopped, with their chats.

        Of members who are missed and can be reached.
        """
        ...

    async def answers(self, checkin_id: int) -> Answers:
        """Return the answers of one check-in."""
        ...

    async def enter(
        self, checkin: CheckIn, question: str, value: str, by: int, now: datetime
    ) -> bool:
        """Keep an answer that somebody gives on her behalf; False when she has given her own."""
        ...

    async def entered(self, checkin_id: int) -> Mapping[str, datetime]:
        """Return when answers were given on her behalf, by question."""
        ...

    async def put_answer(self, checkin: CheckIn, question: str, value: str, now: datetime) -> None:
        """Keep an answer in place of an earlier one to the same question."""
        ...

    async def drop_answer(self, checkin_id: int, question: str) -> None:
        """Forget the answer to a question."""
        ...

    async def take_typed(self, checkin_id: int, message_id: int) -> bool:
        """Note a typed message; False when it, or a newer one, was taken before."""
        ...

    async def finish(self, checkin_id: int, now: datetime) -> None:
        """Keep when the last question was answered; the first time counts."""
        ...

    async def everyone(self, round_id: int) -> list[tuple[CheckIn, Answers]]:
        """Return the check-ins of everyone asked, with the answers so far."""
        ...

    async def stop(self, checkin_id: int, now: datetime) -> None:
        """Keep that she wants no more of it for now."""
        ...

    async def resume(self, checkin_id: int, now: datetime) -> None:
        """Keep that she goes on with it."""
        ...

    async def of_round(self, round_id: int) -> list[Answers]:
        """Return the answers of everyone expected, an empty mapping for silence.

        Who was excused is expected only if she answered after all.
        """
        ...

    async def excuse(self, person_id: int, now: datetime, collective_id: int | None = None) -> None:
        """Stop missing her in the rounds that take answers now, of one collective or of all."""
        ...


class OwnWords(Protocol):
    """What members said in their own words, typed or spoken; encrypted."""

    async def put_text(self, checkin_id: int, question: str, text: str, now: datetime) -> None:
        """Keep a text in place of whatever she said to this question before."""
        ...

    async def put_voice(
        self, checkin_id: int, question: str, note: VoiceNote, now: datetime
    ) -> None:
        """Keep a voice note, to be fetched now, in place of whatever she said before."""
        ...

    async def get(self, checkin_id: int, question: str) -> Said | None:
        """Return what she said to a question."""
        ...

    async def forget(self, checkin_id: int, question: str) -> None:
        """Forget what she said to a question."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[Waiting]:
        """Return voice notes whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_sound(self, voice: Waiting, sound: bytes) -> bool:
        """Keep what was fetched; False when she has said something else since."""
        ...

    async def miss(self, voice: Waiting, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...
