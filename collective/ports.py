"""What the domain needs from outside: one Store with nouns, and a Clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from collective.activities import (
    Activity,
    Comers,
    Coming,
    Details,
    FileKind,
    GivenFile,
    Regular,
    WaitingPiece,
)
from collective.audiences import Audience, Share, Slice
from collective.broadcasts import Broadcast, Reply, Version, WaitingFile
from collective.calendar import Hours, Rule
from collective.carrying_out import Task
from collective.checkins import Answers, CheckIn
from collective.collectives import Collective, GroupChat, GroupLanguage, Trade
from collective.decisions import Carried, Meeting, NextStep, Result, Stage, Tally
from collective.deliveries import Again, Delivery, Missed
from collective.departures import Contact, Departure
from collective.events import Event
from collective.feelings import After, Feelings, Felt, Question
from collective.figures import Totals
from collective.follow_ups import FollowUp, Reason
from collective.follow_ups import State as FollowedUp
from collective.invites import Invite
from collective.outbox import Ids, Parcel, Row, State
from collective.own_words import Said, VoiceNote, Waiting, WaitingQuestion
from collective.pairings import Pairing
from collective.people import Account, Consent, Member, Person, Role, Standing
from collective.pins import Pin
from collective.proposals import Ballot, Concern, Listed, NamedBallot, Proposal
from collective.requests import JoinRequest
from collective.rounds import Round
from collective.schedules import Bell, Occurrence, Schedule
from collective.setbacks import Kind, Lesson, Setback, Told, WaitingTelling
from collective.shown import ShownCard
from collective.terms import Terms


class Clock(Protocol):
    """The calendar's time; it may be moved in a playground, never used for pace or time-outs."""

    def now(self) -> datetime:
        """Return the moment, aware, UTC."""
        ...


class People(Protocol):
    """Accounts, persons and the roles they hold."""

    async def account(self, telegram_id: int) -> Account | None:
        """Return the account of a Telegram user."""
        ...

    async def ensure_account(
        self, telegram_id: int, now: datetime, language: str | None = None
    ) -> Account:
        """Return the account, made now if the user is new; she is reachable again.

        `language` is what a new account is spoken to in until it chooses.
        """
        ...

    async def forget_account(self, account_id: int) -> None:
        """Forget an account that carries no person and asks for nothing."""
        ...

    async def set_language(self, account_id: int, language: str) -> None:
        """Keep the language an account chose."""
        ...

    async def set_discreet(self, account_id: int, *, discreet: bool) -> None:
        """Keep whether an account is in discreet mode."""
        ...

    async def set_large_buttons(self, account_id: int, *, large: bool) -> None:
        """Keep whether check-ins are answered with large keys."""
        ...

    async def set_unreachable(self, telegram_id: int, reason: str | None) -> None:
        """Keep why messages do not arrive, or None: they do again."""
        ...

    async def persons_of(self, account_id: int) -> list[Person]:
        """Return everyone on an account, who came in first before the others."""
        ...

    async def person_of(self, account_id: int, now: datetime) -> Person | None:
        """Return who answers on this account; None where nobody is, or she has to be asked."""
        ...

    async def set_speaker(self, account_id: int, person_id: int | None, until: datetime) -> None:
        """Keep who answers on an account until then; None: somebody who has not come in yet."""
        ...

    async def hold(self, account_id: int) -> None:
        """Let other units that hold this account wait until this one has ended."""
        ...

    async def chat_of(self, person_id: int) -> int | None:
        """Return the private chat she is reached in, None without Telegram."""
        ...

    async def set_pin(self, person_id: int, pin_hash: str | None) -> None:
        """Keep the hash of a person's code, no try made yet; None: she has none."""
        ...

    async def pin(self, person_id: int) -> Pin | None:
        """Return her code, None when she has none."""
        ...

    async def hold_pin(self, person_id: int) -> Pin | None:
        """Return her code; other units that hold it wait until this one has ended."""
        ...

    async def count_tries(self, person_id: int, tries: int, waits_until: datetime | None) -> None:
        """Keep how many wrong tries were made, and until when no further one is taken."""
        ...

    async def person(self, person_id: int) -> Person | None:
        """Return a person."""
        ...

    async def add_person(
        self, account_id: int | None, name: str, now: datetime, draft: str | None = None
    ) -> Person:
        """Add a person to an account, or to none; a draft becomes the same person again."""
        ...

    async def give_account(self, person_id: int, account_id: int, name: str) -> Person | None:
        """Put who had no account on one, by the name she chose; None when she has one."""
        ...

    async def add_consent(
        self, person_id: int, consent: Consent, text_version: int, now: datetime
    ) -> None:
        """Keep what a person agreed to, and which text she had before her the last time."""
        ...

    async def consents(self, person_id: int) -> frozenset[Consent]:
        """Return what a person agrees to at this moment."""
        ...

    async def remove_consent(self, person_id: int, consent: Consent) -> None:
        """Forget that a person agreed."""
        ...

    async def add_coordinator(self, person_id: int, now: datetime) -> None:
        """Make a person coordinator of the installation."""
        ...

    async def set_paused(self, person_id: int, until: datetime | None) -> None:
        """Keep until when she wants to be left alone, None: no longer."""
        ...

    async def takes_part(self, chat_id: int, collective_id: int, now: datetime) -> bool:
        """Tell whether a member who makes no pause, or a facilitator, is reached in this chat."""
        ...

    async def coordinators(self) -> list[int]:
        """Return the persons who coordinate the installation."""
        ...

    async def remove_coordinator(self, person_id: int) -> None:
        """Take the role from her."""
        ...

    async def standing(self, person_id: int) -> Standing:
        """Return the roles a person holds at this moment."""
        ...


class Collectives(Protocol):
    """Collectives, who accompanies them, who is in them, and their Telegram groups."""

    async def add(
        self,
        *,
        draft: str,
        name: str,
        trade: Trade,
        place: str,
        zone: str,
        language: GroupLanguage,
        created_by: int | None,
        now: datetime,
    ) -> Collective | None:
        """Add a collective; None when this draft already became one."""
        ...

    async def by_draft(self, draft: str) -> Collective | None:
        """Return the collective that a wizard's draft became."""
        ...

    async def get(self, collective_id: int) -> Collective | None:
        """Return a collective."""
        ...

    async def hold(self, collective_id: int) -> Collective | None:
        """Return a collective; other units that hold it wait until this one has ended."""
        ...

    async def all(self) -> list[Collective]:
        """Return every collective."""
        ...

    async def members(self, collective_id: int) -> list[Member]:
        """Return who is in it now."""
        ...

    async def facilitators(self, collective_id: int) -> list[Member]:
        """Return who accompanies it, as people to be reached."""
        ...

    async def member(self, collective_id: int, person_id: int) -> Member | None:
        """Return her membership, None when she is no member now."""
        ...

    async def add_member(self, collective_id: int, person_id: int, now: datetime) -> Member | None:
        """Add a member; who had left is the same one again. None when she already is one."""
        ...

    async def remove_member(self, collective_id: int, person_id: int, now: datetime) -> int | None:
        """Keep that she left; return the membership's id, None when she was no member."""
        ...

    async def set_hours(self, collective_id: int, *, window: timedelta, hours: Hours) -> None:
        """Keep how long its rounds take answers and when the bot may start something."""
        ...

    async def feast_days(self, collective_id: int) -> frozenset[date]:
        """Return its feast days, local dates, past ones too."""
        ...

    async def set_feast_day(self, collective_id: int, day: date, *, feast: bool) -> None:
        """Make a local day a feast day, or an ordinary one again."""
        ...

    async def add_facilitator(self, collective_id: int, person_id: int, now: datetime) -> bool:
        """Add a facilitator; False when she already is one."""
        ...

    async def remove_facilitator(self, collective_id: int, person_id: int) -> bool:
        """Take the role from her; False when she did not hold it."""
        ...

    async def group(self, collective_id: int) -> GroupChat | None:
        """Return the Telegram group of a collective."""
        ...

    async def set_language(self, collective_id: int, language: GroupLanguage) -> None:
        """Keep what a collective's group is spoken to in."""
        ...

    async def by_group(self, chat_id: int) -> Collective | None:
        """Return the collective a Telegram group belongs to."""
        ...

    async def link_group(
        self, collective_id: int, chat_id: int, linked_by: int | None, now: datetime
    ) -> None:
        """Make a Telegram group the collective's, in place of an earlier one."""
        ...

    async def unlink_group(self, chat_id: int) -> None:
        """Forget a Telegram group."""
        ...

    async def set_group_reach(self, chat_id: int, reason: str | None, now: datetime) -> bool:
        """Keep why messages do not arrive in a group, None: they do; False when that was known."""
        ...

    async def move_group(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a group that Telegram turned into a supergroup."""
        ...


class Invites(Protocol):
    """Invitations by the hash of their token."""

    async def add(
        self,
        *,
        token_hash: bytes,
        role: Role,
        collective_id: int | None,
        created_by: int | None,
        expires_at: datetime,
        uses: int,
        now: datetime,
        person_id: int | None = None,
    ) -> None:
        """Keep a new invitation, perhaps to the record of one person."""
        ...

    async def get(self, invite_id: int) -> Invite | None:
        """Return an invitation."""
        ...

    async def by_hash(self, token_hash: bytes) -> Invite | None:
        """Return an invitation."""
        ...

    async def by_code(self, code_hashes: Iterable[bytes]) -> Invite | None:
        """Return the invitation whose human code has one of these hashes."""
        ...

    async def set_code(self, token_hash: bytes, code_hash: bytes, expires_at: datetime) -> bool:
        """Give an invitation a human code; False when another one has it."""
        ...

    async def consume(self, invite_id: int) -> bool:
        """Use it once; False when nothing was left to use."""
        ...

    async def revoke_others(self, token_hash: bytes, now: datetime) -> None:
        """End every other open invitation to the same: role, collective, and person if one."""
        ...

    async def revoke_of(self, person_id: int, now: datetime) -> None:
        """End every open invitation to the record of a person."""
        ...


class Departures(Protocol):
    """Who left which collective, and what she said about it."""

    async def add(self, member_id: int, now: datetime) -> Departure:
        """Keep that a member left."""
        ...

    async def get(self, departure_id: int) -> Departure | None:
        """Return a departure."""
        ...

    async def of(self, person_id: int) -> list[Departure]:
        """Return her departures, the newest first."""
        ...

    async def settle(
        self,
        departure_id: int,
        contact: Contact,
        *,
        why: str | None = None,
        missed: str | None = None,
    ) -> None:
        """Keep who may stay in touch, and her words for them."""
        ...


class Traces(Protocol):
    """Everything that is kept about one person."""

    async def read(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return her rows by table, as far as she is shown them."""
        ...

    async def uncounted_rounds(self, person_id: int) -> list[int]:
        """Return the rounds she was asked in that have not been counted yet."""
        ...

    async def erase(self, person_id: int, now: datetime) -> None:
        """Erase her. Her number stays in the audit trail and in an empty row."""
        ...

    async def erase_account(self, account: Account) -> None:
        """Erase an account in which nobody has come in; one that carries a person stays."""
        ...


class Requests(Protocol):
    """Requests to come in, and the tries of codes."""

    async def add(
        self,
        *,
        draft: str,
        invite_id: int,
        account_id: int,
        person_id: int | None,
        name: str | None,
        choices: Collection[Consent] | None,
        expires_at: datetime,
    ) -> JoinRequest | None:
        """Add a request; None when this draft already became one."""
        ...

    async def get(self, request_id: int) -> JoinRequest | None:
        """Return a request."""
        ...

    async def of_account(self, account_id: int) -> list[JoinRequest]:
        """Return what an account waits for, oldest first."""
        ...

    async def to_join(self, collective_id: int, role: Role) -> list[JoinRequest]:
        """Return who asks to come into a collective in this role, oldest first."""
        ...

    async def remove(self, request_id: int) -> bool:
        """Forget a request; False when somebody else did before."""
        ...

    async def tries(self, who: bytes) -> dict[int, datetime]:
        """Return when codes were tried, by the message they were in."""
        ...

    async def add_try(self, who: bytes, message_id: int, now: datetime) -> None:
        """Count a try."""
        ...

    async def forget_tries(self, until: datetime) -> None:
        """Forget every try made by then."""
        ...


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


class Audiences(Protocol):
    """Whom a broadcast is for, at this moment. Paused people and its author are left out."""

    async def slice(
        self, audience: Audience, *, author: int, after: int | None, now: datetime
    ) -> Slice:
        """Return the chats of the collectives that come next after one; None: of the first.

        A chat comes once in a slice, and again with a later collective of hers.
        """
        ...

    async def count(self, audience: Audience, *, author: int, now: datetime) -> tuple[int, int]:
        """Return how many private chats and how many groups it reaches, each once."""
        ...

    async def reaches(
        self, audience: Audience, chat_id: int, *, author: int, now: datetime
    ) -> bool:
        """Tell whether it reaches a private chat by any of the collectives of who is there."""
        ...

    async def shares(self, audience: Audience, *, author: int, now: datetime) -> list[Share]:
        """Return how many chats of each collective it reaches, those of no collective last."""
        ...

    async def zones(self, audience: Audience) -> list[int]:
        """Return one collective for each zone and each allowed hours among those it is for."""
        ...


class Broadcasts(Protocol):
    """Broadcasts and their versions."""

    async def add(
        self, *, draft: str, author_id: int, language: str, audience: Audience, now: datetime
    ) -> Broadcast:
        """Add a draft; the same draft is the same broadcast again."""
        ...

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        ...

    async def hold(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast; other units that hold it wait until this one has ended."""
        ...

    async def by(self, author_id: int, limit: int) -> list[Broadcast]:
        """Return what she has sent or planned, the newest first; no drafts."""
        ...

    async def set_audience(self, broadcast_id: int, audience: Audience) -> None:
        """Keep whom it is for."""
        ...

    async def set_asks_heard(self, broadcast_id: int, *, asks: bool) -> None:
        """Keep whether who gets it is asked to press that she has heard."""
        ...

    async def plan(self, broadcast_id: int, leaves_at: datetime | None) -> None:
        """Keep when it leaves; None: it is a draft again."""
        ...

    async def reach(
        self, broadcast_id: int, reached: int | None, queued_at: datetime | None
    ) -> None:
        """Keep how far its rows lie in the outbox, and since when all of them do."""
        ...

    async def cancel(self, broadcast_id: int, now: datetime) -> None:
        """Keep that it was taken back; the first time counts."""
        ...

    async def discard(self, broadcast_id: int) -> None:
        """Forget one that was never sent."""
        ...

    async def discard_unsent(self, author_id: int) -> None:
        """Forget her drafts, and what she had planned."""
        ...

    async def leaving_of(self, author_id: int) -> list[int]:
        """Return those of hers of which not every row has ended."""
        ...

    async def keep_file_id(self, broadcast_id: int, language: str, old: str, new: str) -> None:
        """Keep under which id this bot sends the file of a version; `old` is another bot's."""
        ...

    async def put_version(
        self, broadcast_id: int, version: Version, fetch_at: datetime | None, now: datetime
    ) -> None:
        """Keep what is said in one language, in place of what was; when to fetch its file."""
        ...

    async def remove_version(self, broadcast_id: int, language: str) -> None:
        """Forget what is said in one language."""
        ...

    async def versions(self, broadcast_id: int) -> list[Version]:
        """Return what is said in each language, in a fixed order; without the files."""
        ...

    async def content(self, broadcast_id: int, language: str) -> bytes | None:
        """Return the file of one version, None where it is not kept here."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingFile]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_content(self, file: WaitingFile, content: bytes) -> bool:
        """Keep what was fetched; False when its author has changed it since."""
        ...

    async def miss(self, file: WaitingFile, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...


class Proposals(Protocol):
    """Proposals and what came of them."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        author_id: int | None,
        terms: Terms,
        stage: Stage = Stage.DRAFT,
        follows_id: int | None = None,
        now: datetime,
    ) -> Proposal | None:
        """Add a proposal; None when this draft already became one."""
        ...

    async def by_draft(self, draft: str) -> Proposal | None:
        """Return the proposal that a wizard's draft became."""
        ...

    async def get(self, proposal_id: int) -> Proposal | None:
        """Return a proposal."""
        ...

    async def hold(self, proposal_id: int, *, alone: bool = False) -> Proposal | None:
        """Return a proposal; it cannot be changed or closed before this unit has ended.

        `alone`: nobody else holds it meanwhile, so no ballot is on its way.
        """
        ...

    async def put_terms(self, proposal_id: int, terms: Terms) -> None:
        """Keep its terms in place of the earlier ones."""
        ...

    async def discuss(self, proposal_id: int) -> None:
        """Put it to discussion."""
        ...

    async def open(self, proposal_id: int, now: datetime) -> None:
        """Put it to the vote."""
        ...

    async def withdraw(self, proposal_id: int, because: str | None) -> None:
        """Keep that it was withdrawn."""
        ...

    async def close(
        self, proposal_id: int, result: Result, *, entitled: int, turnout: int, now: datetime
    ) -> None:
        """Keep what came out."""
        ...

    async def settle(
        self, proposal_id: int, step: NextStep, closes_at: datetime | None = None
    ) -> None:
        """Keep what becomes of a vote without quorum; to extend it is to open it again."""
        ...

    async def remind_at(self, proposal_id: int, moment: datetime) -> None:
        """Keep when who has not voted is reminded."""
        ...

    async def meet(self, proposal_id: int, meeting: Meeting, sentence: str | None) -> None:
        """Keep what the meeting decided, and its sentence."""
        ...

    async def conclude(self, proposal_id: int, sentence: str, review_on: date | None) -> None:
        """Keep what was decided in one sentence, and when to look at it again."""
        ...

    async def set_carried(self, proposal_id: int, carried: Carried) -> None:
        """Keep how far it was carried out; there is no day to look at it again any more."""
        ...

    async def unfinished(self, member_id: int) -> list[Proposal]:
        """Return the votes on whose rolls she stands and whose ballots are not settled yet."""
        ...

    async def spoken_by(self, person_id: int) -> list[int]:
        """Return the proposals of hers that only her voice asks, and that have not come out."""
        ...

    async def forget_draft(self, proposal_id: int) -> None:
        """Forget a draft."""
        ...

    async def forget_drafts(self, person_id: int) -> None:
        """Forget what she began to propose and showed nobody."""
        ...

    async def add_concern(
        self, proposal_id: int, person_id: int, text: str, *, key: str, now: datetime
    ) -> Concern | None:
        """Keep a concern; None when the message of this key was kept before."""
        ...

    async def concern(self, concern_id: int) -> Concern | None:
        """Return a concern."""
        ...

    async def concerns(self, proposal_id: int) -> list[Concern]:
        """Return the concerns about a proposal, the oldest first."""
        ...


class Register(Protocol):
    """The proposals of collectives in their order, a page at a time."""

    async def page(
        self,
        person_id: int,
        collectives: Collection[int],
        *,
        now: datetime,
        offset: int,
        limit: int,
    ) -> list[Listed]:
        """Return some of what she sees of these: what waits for her first, then the newest."""
        ...

    async def count(self, person_id: int, collectives: Collection[int]) -> int:
        """Count what she sees of these."""
        ...

    async def waiting(self, person_id: int, now: datetime) -> list[Proposal]:
        """Return the votes that wait for her, the first to close first."""
        ...

    async def running(self, collective_id: int, now: datetime) -> list[Proposal]:
        """Return the votes under way that its group was told of, the newest first."""
        ...

    async def decided(self, collective_id: int, *, offset: int = 0, limit: int) -> list[Proposal]:
        """Return some of what came out and was told to its group, the newest first."""
        ...

    async def count_decided(self, collective_id: int) -> int:
        """Count those."""
        ...

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Proposal]:
        """Return what was made or closed in [first, end), for figures."""
        ...


class Ballots(Protocol):
    """The roll of each vote, and its ballots. Only here is it known whose a secret one is."""

    async def enrol(self, proposal: Proposal, members: Iterable[Member]) -> None:
        """Make the roll, and the secret that ballots are kept under where the vote is secret."""
        ...

    async def roll(self, proposal_id: int) -> Mapping[int, bool]:
        """Return who can vote, by member, and whether she has."""
        ...

    async def put(self, proposal: Proposal, member_id: int, ballot: Ballot) -> bool:
        """Keep her ballot in place of an earlier one; False when she is not on the roll."""
        ...

    async def of(self, proposal: Proposal, member_id: int) -> Ballot | None:
        """Return her ballot; None when there is none, or it cannot be known any more."""
        ...

    async def tokens(self, proposal: Proposal, member_id: int) -> Mapping[str, str]:
        """Return what stands for each choice she may type, by choice, in 16 characters at most.

        In a secret vote it is hers alone, and once that is sealed it tells nothing.
        """
        ...

    async def take_back(self, proposal: Proposal, member_id: int) -> None:
        """Forget her ballot; she stays on the roll."""
        ...

    async def strike(self, proposal: Proposal, member_id: int) -> None:
        """Take her off the roll, with her ballot."""
        ...

    async def tally(self, proposal: Proposal) -> Tally:
        """Count the ballots of a vote whose ballots are not settled yet."""
        ...

    async def named(self, proposal_id: int) -> list[NamedBallot]:
        """Return the ballots of an open vote."""
        ...

    async def seal(self, proposal: Proposal, *, counts: bool) -> None:
        """End a vote: of a secret one nobody can ever tell again who voted what, or who voted.

        Its choices stay, in no order. Where they do not count nothing stays of any vote.
        """
        ...


class Questions(Protocol):
    """The sounds of questions that were asked by voice, kept for a change of bot; encrypted."""

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingQuestion]:
        """Return questions that the members hear and whose turn to be fetched has come."""
        ...

    async def keep_sound(self, question: WaitingQuestion, sound: bytes) -> None:
        """Keep what was fetched, unless something else is asked by now."""
        ...

    async def miss(self, question: WaitingQuestion, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...

    async def sound(self, proposal_id: int) -> bytes | None:
        """Return the sound, None where it is not kept."""
        ...

    async def sent_as(self, proposal_id: int) -> str | None:
        """Return the id under which another bot than the one that heard it has sent it last."""
        ...

    async def keep_sent_as(self, proposal_id: int, file_id: str) -> None:
        """Keep that id."""
        ...


class Aftermath(Protocol):
    """What follows decisions and meetings: tasks, and how it was to decide or to meet."""

    async def add_task(
        self,
        proposal_id: int,
        text: str,
        *,
        draft: str,
        person_id: int | None,
        due_on: date | None,
        now: datetime,
    ) -> Task | None:
        """Add a task; None when this draft already became one."""
        ...

    async def task(self, task_id: int) -> Task | None:
        """Return a task."""
        ...

    async def tasks(self, proposal_id: int) -> list[Task]:
        """Return the tasks of a decision, in the order they were given."""
        ...

    async def tasks_of(self, person_id: int, collective_id: int) -> list[Task]:
        """Return what she still has to do in a collective."""
        ...

    async def give_task(self, task_id: int, person_id: int | None) -> None:
        """Keep whose task it is now."""
        ...

    async def set_done(self, task_id: int, *, done: bool) -> None:
        """Keep whether a task is done."""
        ...

    async def put_felt(
        self, after: After, number: int, member_id: int, question: Question, felt: Felt
    ) -> None:
        """Keep her answer to one of the two questions until it is counted, not one after that.

        `number` is that of the proposal or the activity.
        """
        ...

    async def felt(self, after: After, number: int) -> Feelings:
        """Count the answers that wait to be counted; nobody is shown these."""
        ...

    async def told(self, after: After, number: int) -> Feelings:
        """Return the counts that may be shown; a question of which nothing may is missing."""
        ...

    async def tell(
        self, after: After, number: int, told: Feelings, counted: Collection[Question]
    ) -> None:
        """Keep the counts that may be shown, and forget who answered what to the questions counted.

        That somebody has answered stays, so that nobody is counted twice.
        """
        ...


class Activities(Protocol):
    """Activities, who says she comes, who was there, and what they leave."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        planned_by: int | None,
        details: Details,
        starts_at: datetime,
        regular: Regular | None = None,
        series_id: int | None = None,
        now: datetime,
    ) -> Activity | None:
        """Add an activity; None when this draft already became one.

        Without `regular` its own day and hour are those of its series, which it then begins.
        """
        ...

    async def by_draft(self, draft: str) -> Activity | None:
        """Return the activity that a draft became."""
        ...

    async def get(self, activity_id: int) -> Activity | None:
        """Return an activity."""
        ...

    async def hold(self, activity_id: int) -> Activity | None:
        """Return an activity; other units that hold it wait until this one has ended."""
        ...

    async def put_details(
        self, activity_id: int, details: Details, starts_at: datetime, was_at: datetime | None
    ) -> None:
        """Keep what is said of it, in place of what was; `was_at` is when it was to begin."""
        ...

    async def put_in_charge(self, activity_id: int, person_id: int | None) -> None:
        """Keep who is in charge of it now."""
        ...

    async def end_series(self, activity_id: int) -> None:
        """Keep that no other one follows it, nor any other of its series."""
        ...

    async def cancel(self, activity_id: int, now: datetime) -> None:
        """Keep that it does not take place."""
        ...

    async def ahead(self, collective_id: int, now: datetime, limit: int = 20) -> list[Activity]:
        """Return what is planned and not over, the soonest first."""
        ...

    async def ahead_for(self, person_id: int, now: datetime, limit: int = 1) -> list[Activity]:
        """Return the same of all collectives she is a member of."""
        ...

    async def behind(
        self, collective_id: int, now: datetime, *, offset: int = 0, limit: int
    ) -> list[Activity]:
        """Return what is over and was not cancelled, the newest first."""
        ...

    async def count_behind(self, collective_id: int, now: datetime) -> int:
        """Count what is over and was not cancelled."""
        ...

    async def between(self, collective_id: int, first: datetime, end: datetime) -> list[Activity]:
        """Return what begins in [first, end), cancelled ones too, the oldest first."""
        ...

    async def in_charge_of(self, person_id: int, collective_id: int) -> list[Activity]:
        """Return what she is in charge of and was neither finished nor cancelled."""
        ...

    async def put_coming(
        self, activity_id: int, member_id: int, coming: Coming, now: datetime
    ) -> None:
        """Keep whether she comes, in place of what she said before."""
        ...

    async def coming(self, activity_id: int) -> Comers:
        """Return what members said, by membership; who said nothing is missing."""
        ...

    async def forget_coming(self, member_id: int, now: datetime) -> None:
        """Forget what she said of activities that have not begun."""
        ...

    async def mark(self, activity_id: int, member_id: int, *, present: bool) -> None:
        """Keep whether a member was there."""
        ...

    async def present(self, activity_id: int) -> frozenset[int]:
        """Return the memberships of who was there."""
        ...

    async def put_learned(self, activity_id: int, text: str | None) -> None:
        """Keep what was learned in words; None: nothing in words."""
        ...

    async def put_file(
        self, activity_id: int, given: GivenFile, person_id: int, fetch_at: datetime
    ) -> None:
        """Keep a voice note or a photo, to be fetched then, in place of an earlier one."""
        ...

    async def drop_file(self, activity_id: int, kind: FileKind) -> None:
        """Forget a voice note or a photo."""
        ...

    async def file(self, activity_id: int, kind: FileKind) -> GivenFile | None:
        """Return a voice note or a photo with its bytes, as far as they were fetched."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingPiece]:
        """Return files whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_content(self, piece: WaitingPiece, content: bytes) -> bool:
        """Keep what was fetched; False when something else was given since."""
        ...

    async def miss(self, piece: WaitingPiece, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...

    async def finish(self, activity_id: int, *, attended: int, members: int, now: datetime) -> None:
        """Keep that its look-back is finished, and how many of how many members were there."""
        ...


class Setbacks(Protocol):
    """What struck collectives, and what was learned."""

    async def add(
        self,
        *,
        draft: str,
        collective_id: int,
        author_id: int,
        told: Told,
        now: datetime,
    ) -> Setback | None:
        """Add a setback; None when this draft already became one."""
        ...

    async def get(self, setback_id: int) -> Setback | None:
        """Return a setback."""
        ...

    async def by_draft(self, draft: str) -> Setback | None:
        """Return the setback that a wizard's draft became."""
        ...

    async def of(self, collective_id: int) -> list[Setback]:
        """Return what struck a collective, the newest first."""
        ...

    async def unasked(self, collective_id: int) -> list[Setback]:
        """Return those of a collective of which nobody was asked yet what was learned."""
        ...

    async def asked(self, setback_id: int, now: datetime) -> None:
        """Keep that those concerned were asked what was learned."""
        ...

    async def to_fetch(self, now: datetime, limit: int) -> list[WaitingTelling]:
        """Return voice notes whose turn to be fetched has come, the longest waiting first."""
        ...

    async def keep_sound(self, due: WaitingTelling, sound: bytes) -> None:
        """Keep what was fetched, unless the note is gone since."""
        ...

    async def miss(self, due: WaitingTelling, again: datetime | None) -> None:
        """Keep that fetching failed, and when it is tried again; None: never."""
        ...

    async def sound(self, setback_id: int) -> bytes | None:
        """Return what was fetched, None where it is not kept."""
        ...

    async def add_lesson(
        self, setback_id: int, text: str, *, person_id: int, key: str, now: datetime
    ) -> bool:
        """Keep what was learned; False when this message said it before."""
        ...

    async def lessons(self, setback_id: int) -> list[Lesson]:
        """Return what was learned from one setback, in the order it was said."""
        ...

    async def lessons_of_kind(
        self, collective_id: int, kind: Kind, *, but: int | None, limit: int
    ) -> list[Lesson]:
        """Return what a collective learned from setbacks of a kind, all `but` one; newest first."""
        ...


class FollowUps(Protocol):
    """Who is to be seen, called or visited."""

    async def add(
        self,
        *,
        collective_id: int,
        person_id: int,
        checkin_id: int,
        reason: Reason,
        now: datetime,
    ) -> FollowUp | None:
        """Add a follow-up; None when there is one from this check-in, which takes the reason."""
        ...

    async def get(self, follow_up_id: int) -> FollowUp | None:
        """Return a follow-up."""
        ...

    async def waiting(self, collectives: Collection[int]) -> list[FollowUp]:
        """Return those of some collectives that wait, the longest waiting first."""
        ...

    async def of(self, collective_id: int, since: datetime) -> list[FollowUp]:
        """Return those of a collective from a moment on, the oldest first."""
        ...

    async def note(self, follow_up_id: int, state: FollowedUp, by: int, now: datetime) -> None:
        """Keep what came of it in place of an earlier note."""
        ...

    async def take_back(self, checkin_id: int) -> None:
        """Forget the one from a check-in if nothing was noted: she asks for it no more."""
        ...

    async def forget(self, person_id: int, collective_id: int) -> None:
        """Forget those about her in a collective that wait."""
        ...


class Pairings(Protocol):
    """Collectives that are to visit each other."""

    async def add(
        self, *, draft: str, first_id: int, second_id: int, paired_at: datetime
    ) -> Pairing | None:
        """Add a pairing; None when this draft already became one."""
        ...

    async def get(self, pairing_id: int) -> Pairing | None:
        """Return a pairing."""
        ...

    async def newest(self, first_id: int, second_id: int) -> Pairing | None:
        """Return the newest pairing of two collectives, in whichever order they were named."""
        ...


class Deliveries(Protocol):
    """What became of broadcasts, and who has heard them."""

    async def running(self) -> list[int]:
        """Return the broadcasts of which not every row has ended, the oldest first."""
        ...

    async def of(self, broadcast_id: int) -> Delivery:
        """Return the counts: those that were kept, before that as the rows stand."""
        ...

    async def count(self, broadcast_id: int) -> Delivery:
        """Count the rows as they stand."""
        ...

    async def keep(self, broadcast_id: int, delivery: Delivery) -> None:
        """Keep the counts for good: rows are purged earlier than broadcasts."""
        ...

    async def cancel(self, broadcast_id: int, now: datetime) -> int:
        """Let queued rows stay here, some at once; return how many. What is being sent goes on.

        What may have arrived when it was tried before is unclear.
        """
        ...

    async def again(self, broadcast_id: int) -> Again:
        """Count what could be sent once more."""
        ...

    async def send_again(self, broadcast_id: int, now: datetime, *, unclear: bool) -> int:
        """Queue once more what failed, or what is unclear; return how many rows."""
        ...

    async def missed(self, broadcast_id: int, named: Collection[int]) -> list[Missed]:
        """Return what did not arrive: by name in collectives of `named`, else in sums."""
        ...

    async def went_to(self, broadcast_id: int, chat_id: int, *, group: int | None) -> bool:
        """Tell whether it left to a private chat, or to the group of a collective."""
        ...

    async def hear(self, broadcast_id: int, person_id: int, now: datetime) -> None:
        """Keep that she has heard it; the first time counts."""
        ...

    async def heard(self, broadcast_id: int) -> int:
        """Count who has heard it."""
        ...


class Replies(Protocol):
    """Replies to broadcasts, and to each other."""

    async def add(self, reply: Reply, key: str, now: datetime) -> Reply:
        """Keep a reply; the same key is the same reply again."""
        ...

    async def get(self, reply_id: int) -> Reply | None:
        """Return a reply."""
        ...


class Schedules(Protocol):
    """The timetable."""

    async def add(self, bell: Bell, subject: int, due: datetime, rule: Rule | None = None) -> None:
        """Add a schedule; the same bell, subject and first moment are added once."""
        ...

    async def of(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the schedule with the earliest due moment still to come."""
        ...

    async def hold(self, bell: Bell, subject: int) -> Schedule | None:
        """Return the same; a sweep waits for this unit, or this unit for the sweep."""
        ...

    async def replan(self, schedule_id: int, rule: Rule, next_due: datetime) -> None:
        """Give a schedule another rule and another next moment."""
        ...

    async def take_due(self, now: datetime, but: Sequence[int] = ()) -> Schedule | None:
        """Lock and return the schedule longest due, leaving out ids of `but`."""
        ...

    async def occurred(
        self, schedule: Schedule, occurrence: Occurrence, next_due: datetime | None, now: datetime
    ) -> bool:
        """Record that its due moment was dealt with and move it on; False when it already was."""
        ...

    async def upcoming(self, limit: int, but: Collection[Bell] = ()) -> list[Schedule]:
        """Return what rings next, soonest first, leaving out some bells."""
        ...


class Outbox(Protocol):
    """What waits to leave, and what became of what left."""

    async def add(self, parcels: Iterable[Parcel], now: datetime) -> int:
        """Queue parcels, a key once; return how many were new."""
        ...

    async def due(
        self, now: datetime, limit: int, busy: Sequence[int] = (), *, after: str = ""
    ) -> list[int]:
        """Return queued rows whose time has come: one a chat, not of busy chats, lanes in order.

        Broadcasts take turns, beginning behind the batch `after`.
        """
        ...

    async def claim(self, ids: Sequence[int]) -> list[Row]:
        """Begin to send rows that are still queued, in this order."""
        ...

    async def take(self, now: datetime, limit: int, busy: Sequence[int] = ()) -> list[Row]:
        """Claim rows that are due; see `due`."""
        ...

    async def settle(
        self,
        row_id: int,
        state: State,
        now: datetime,
        *,
        reason: str | None = None,
        message_id: int | None = None,
    ) -> None:
        """Record what became of a row."""
        ...

    async def requeue(
        self,
        row_id: int,
        not_before: datetime | None,
        *,
        counts: bool,
        doubtful: bool = False,
    ) -> None:
        """Put a row back, at its old place when no moment is given; `counts`: so does this try.

        `doubtful`: it may have arrived.
        """
        ...

    async def recover(self, now: datetime) -> tuple[int, int]:
        """Put back what a sender that died was sending, or end it; return how many of each."""
        ...

    async def give_back(self, row_ids: Collection[int]) -> None:
        """Put back rows that were claimed and never sent; that does not count as a try."""
        ...

    async def move_chat(self, old_chat_id: int, new_chat_id: int) -> None:
        """Send to the new id what was queued for a group that became a supergroup."""
        ...

    async def sent(self, row_id: int, chat_id: int) -> Row | None:
        """Return a row that has left, or is leaving, to this very chat."""
        ...

    async def batch_open(self, batch: str) -> bool:
        """Tell whether rows of a batch are still queued or being sent."""
        ...

    async def due_count(self, now: datetime) -> int:
        """Count open rows whose time has come, up to a thousand."""
        ...

    async def upcoming(self, limit: int) -> list[tuple[datetime, str, int]]:
        """Return what is queued, soonest first: the moment, the kind, how many rows."""
        ...

    async def next_moment(self, after: datetime) -> datetime | None:
        """Return the earliest moment after `after` for which something is queued."""
        ...


class Shown(Protocol):
    """Which messages are cards, so that typed answers and old keyboards find each other."""

    async def put(
        self,
        *,
        chat_id: int,
        message_id: int,
        kind: str,
        ids: Ids,
        person_id: int | None,
        asks: str | None = None,
        last: bool = True,
        now: datetime,
    ) -> None:
        """Keep that this message shows this card of hers, and whether it is the chat's last."""
        ...

    async def ask(self, chat_id: int, message_id: int, asks: str | None) -> None:
        """Keep what the card asks now."""
        ...

    async def buried(self, chat_id: int) -> None:
        """Keep that another message came after the chat's last card."""
        ...

    async def retire(self, chat_id: int, message_id: int) -> None:
        """Forget a card whose keyboard was taken off."""
        ...

    async def at(self, chat_id: int, message_id: int) -> ShownCard | None:
        """Return the card a message shows."""
        ...

    async def focus(
        self, chat_id: int, person_id: int | None = None, kind: str | None = None
    ) -> ShownCard | None:
        """Return the newest card of a chat.

        With `person_id` another person's cards are passed over, with `kind` those of other kinds.
        """
        ...

    async def find(self, chat_id: int, kind: str, ids: Ids) -> list[int]:
        """Return the messages of a chat that show this very card."""
        ...


class Purging(Protocol):
    """What has been kept long enough; its kinds are those of Retention."""

    async def count(self, kind: str, before: datetime) -> int:
        """Count the records of a kind that are past their time."""
        ...

    async def purge(self, kind: str, before: datetime, limit: int) -> int:
        """Let some of them go, so many rows at most; return how many records went."""
        ...

    async def departed(self, before: datetime, limit: int | None = None) -> list[int]:
        """Return who has left everything before then and holds no role, some of them or all."""
        ...

    async def uncounted(self, before: datetime) -> list[int]:
        """Return some closed rounds past their time that have no totals yet."""
        ...


class Audit(Protocol):
    """The append-only record of who did what to which record."""

    async def append(
        self, event: Event, *, by: int | None, subject: int | None, now: datetime
    ) -> None:
        """Add one fact. `by` is a person, None for the clock or the operator."""
        ...


class DeadUpdates(Protocol):
    """Updates that failed every time: what they were, never what they said."""

    async def add(self, update_id: int, kind: str, error: str, now: datetime) -> None:
        """Keep one, once."""
        ...


class Store(Protocol):
    """One unit of work. Everything read and written in it happens together or not at all."""

    @property
    def people(self) -> People:
        """Accounts, persons and the roles they hold."""
        ...

    @property
    def collectives(self) -> Collectives:
        """Collectives, their people and their groups."""
        ...

    @property
    def invites(self) -> Invites:
        """Invitations by the hash of their token."""
        ...

    @property
    def departures(self) -> Departures:
        """Who left, and what she said about it."""
        ...

    @property
    def traces(self) -> Traces:
        """Everything that is kept about one person."""
        ...

    @property
    def requests(self) -> Requests:
        """Who waits for a yes to come in."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Rounds of check-ins."""
        ...

    @property
    def checkins(self) -> CheckIns:
        """Check-ins and their answers."""
        ...

    @property
    def own_words(self) -> OwnWords:
        """What members said in their own words."""
        ...

    @property
    def audiences(self) -> Audiences:
        """Whom a broadcast is for, at this moment."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Broadcasts and what became of them."""
        ...

    @property
    def proposals(self) -> Proposals:
        """Proposals and what came of them."""
        ...

    @property
    def register(self) -> Register:
        """The proposals of collectives in their order."""
        ...

    @property
    def ballots(self) -> Ballots:
        """Who can vote, and the ballots."""
        ...

    @property
    def questions(self) -> Questions:
        """The sounds of questions asked by voice."""
        ...

    @property
    def aftermath(self) -> Aftermath:
        """What follows decisions and meetings."""
        ...

    @property
    def activities(self) -> Activities:
        """Activities and what they leave."""
        ...

    @property
    def setbacks(self) -> Setbacks:
        """What struck collectives, and what was learned."""
        ...

    @property
    def pairings(self) -> Pairings:
        """Collectives that are to visit each other."""
        ...

    @property
    def follow_ups(self) -> FollowUps:
        """Who is to be seen, called or visited."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What became of broadcasts, and who has heard them."""
        ...

    @property
    def replies(self) -> Replies:
        """Replies to broadcasts, and to each other."""
        ...

    @property
    def schedules(self) -> Schedules:
        """The timetable."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What waits to leave, and what became of what left."""
        ...

    @property
    def shown(self) -> Shown:
        """Which messages are cards."""
        ...

    @property
    def purging(self) -> Purging:
        """What has been kept long enough."""
        ...

    @property
    def audit(self) -> Audit:
        """Who did what to which record."""
        ...

    @property
    def dead_updates(self) -> DeadUpdates:
        """Updates that failed every time."""
        ...


class Ledger(Protocol):
    """Where units of work come from; no network call may happen inside one. Raises `Away`."""

    def writing(self) -> AbstractAsyncContextManager[Store]:
        """One transaction, committed at the end of the block, undone by an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Store]:
        """A view of one moment that never waits for writers."""
        ...

    async def scrub(self) -> None:
        """Take out of the database's files what secret votes deleted when they closed.

        Nothing to do is the rule. What could not be done now is done by a later call.
        """
        ...
