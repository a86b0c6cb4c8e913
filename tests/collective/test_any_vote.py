"""Whatever happens in whatever order: the last ballot of each who may vote counts, and no other."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from council import opened, restated, secret, terms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from village import undone

from collective.actions import ballots, closing, leaving, proposals
from collective.calendar import allowed_from
from collective.decisions import Method, NextStep, choices
from collective.errors import Refusal
from collective.people import Role

WOMEN, ZONE = 6, "Africa/Lubumbashi"
WHO = st.integers(0, WOMEN)  # one more than there are: who joined later
ACTS = ("cast", "cast", "cast", "cast", "enter", "take_back", "leave", "back", "pass", "close")
RARE = ("extend", "drop", "withdraw")


@st.composite
def stories(draw):
    """A method, whether it is secret, and what happens: (act, who, a number)."""
    acts = st.tuples(st.sampled_from(ACTS + RARE), WHO, st.integers(0, 40))
    return (
        draw(st.sampled_from(Method)),
        draw(st.booleans()),
        draw(st.none() | st.integers(5, WOMEN)),
        draw(st.lists(acts, max_size=40)),
    )


@dataclass
class Model:
    """What ought to be, in a few lines of its own."""

    now: datetime
    closes_at: datetime
    roll: set[int] = field(default_factory=lambda: set(range(WOMEN)))
    here: set[int] = field(default_factory=lambda: set(range(WOMEN + 1)))
    ballots: dict[int, str] = field(default_factory=dict)
    entered: set[int] = field(default_factory=set)
    #: open, ended, gone; and what it ended with.
    state: str = "open"
    outcome: str | None = None
    counts: dict[str, int] | None = None
    extended: bool = False

    @property
    def votable(self):
        return self.state == "open" and self.now < self.closes_at

    @property
    def waits(self):
        return self.outcome == "no_quorum" and self.now < self.closes_at + timedelta(days=3)


@dataclass
class Story:
    """Does everything twice: in the collective, and in the model."""

    village: object
    proposal: object
    model: Model
    quorum: int | None

    async def tell(self, acts):
        for act, who, number in acts:
            expected = getattr(self, f"_{act}")(who, number)
            try:
                await self.act(act, who, number)
                refused = False
            except Refusal:
                refused = True
            if act not in {"pass", "close", "drop", "leave", "back"}:
                assert refused is not expected, (act, who, number)
            await self.compare()

    def choice(self, number):
        offered = choices(self.proposal.method, len(self.proposal.terms.options))
        return offered[number % len(offered)]

    async def act(self, act, who, number):
        store, now = self.village.store, self.model.now
        person, vote = self.village.members[who].person_id, self.proposal.id
        place = self.village.collective.id
        author = {"by": self.proposal.author_id, "now": now}
        match act:
            case "cast":
                await ballots.cast(store, vote, self.choice(number), by=person, now=now)
            case "enter":
                entering = {"by": self.village.facilitator, "now": now}
                member = self.village.members[who].id
                await ballots.cast_for(store, vote, member, self.choice(number), **entering)
            case "take_back":
                await ballots.take_back(store, vote, by=person, now=now)
            case "leave":
                await leaving.leave(store, Role.MEMBER, place, by=person, now=now)
            case "back":
                await store.collectives.add_member(place, person, now)
            case "close":
                await closing.close(store, vote, now=now)
            case "drop":
                await closing.drop(store, vote, now=now)
            case "extend":
                await closing.settle(store, vote, NextStep.EXTEND, **author)
            case "withdraw":
                await proposals.withdraw(store, vote, "Non", **author)

    # The model: each changes it and says whether the act is allowed.

    def _cast(self, who, number):
        if not (self.model.votable and who in self.model.roll):
            return False
        self.model.ballots[who] = self.choice(number)
        self.model.entered.discard(who)
        return True

    def _enter(self, who, number):
        model = self.model
        own = who in model.ballots and who not in model.entered
        if self.proposal.secret or own or not (model.votable and who in model.roll):
            return False
        model.ballots[who] = self.choice(number)
        model.entered.add(who)
        return True

    def _take_back(self, who, _):
        if not (self.model.votable and who in self.model.roll):
            return False
        self.model.ballots.pop(who, None)
        return True

    def _leave(self, who, _):
        model = self.model
        # Nobody leaves twice at the same moment.
        model.now += timedelta(seconds=1)
        model.here.discard(who)
        if model.state == "open" or model.outcome == "no_quorum":
            model.roll.discard(who)
            model.ballots.pop(who, None)

    def _back(self, who, _):
        self.model.here.add(who)

    def _pass(self, _, number):
        self.model.now += timedelta(hours=number)

    def _close(self, _, __):
        model = self.model
        if model.state != "open" or model.votable:
            return
        said = [*model.ballots.values()]
        secrecy = self.proposal.terms.secrecy
        model.state = "ended"
        model.outcome = restated(self.proposal.method, said, len(model.roll), self.quorum, secrecy)
        if model.outcome != "no_quorum":
            model.counts = dict(Counter(said))

    def _extend(self, _, __):
        model = self.model
        if model.extended and model.votable and self._runs():
            return True
        if not (model.waits and not model.extended and self._runs()):
            return False
        model.state, model.outcome, model.extended = "open", None, True
        model.closes_at = allowed_from(model.now + timedelta(days=3), ZONE)
        return True

    def _drop(self, _, __):
        if self.model.outcome == "no_quorum" and not self.model.waits:
            self.model.outcome = "dropped"

    def _withdraw(self, _, __):
        if self.model.state == "gone":
            return self._runs()
        if not (self.model.votable and self._runs()):
            return False
        self.model.state = "gone"
        return True

    def _runs(self):
        return 0 in self.model.here

    async def compare(self):
        store, model = self.village.store, self.model
        kept = await store.proposals.get(self.proposal.id)
        assert kept.counts == model.counts
        outcome = kept.outcome.value if kept.outcome else None
        assert outcome == ("no_quorum" if model.outcome == "dropped" else model.outcome)
        if model.state == "open":
            roll = await store.ballots.roll(kept.id)
            assert roll.keys() == {self.village.members[who].id for who in model.roll}
            assert sum(roll.values()) == len(model.ballots)
            assert await store.ballots.tally(kept) == Counter(model.ballots.values())
        before = await store.proposals.get(kept.id)
        await closing.close(store, kept.id, now=kept.opened_at)
        assert await store.proposals.get(kept.id) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
async def test_in_any_order_the_last_ballot_of_each_who_may_vote_counts(village, story):
    method, in_secret, quorum, acts = story
    said = (secret if in_secret else terms)(
        village.now,
        method=method,
        quorum=quorum,
        options=("Bleu", "Vert", "Rouge") if method is Method.CHOICE else (),
    )
    async with undone(village.store):
        proposal = await opened(village, said)
        late = await village.welcome("Mado")
        model = Model(now=village.now, closes_at=proposal.terms.closes_at)
        place = replace(village, members=[*village.members, late])
        await Story(place, proposal, model, quorum).tell(acts)
