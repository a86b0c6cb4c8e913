"""Whatever happens in whatever order: what was said last counts, and nothing is told twice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gathering import SATURDAY, STARTS, planned
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from village import queued, undone

from collective.actions import activities, activity_bells, announcing, leaving, looking_back
from collective.activities import Coming, Stage
from collective.calendar import Cadence
from collective.errors import Refusal
from collective.people import Role

WOMEN, ZONE = 6, "Africa/Lubumbashi"
#: 0 plans it, 1 is in charge of it; the last one is there only once she has joined.
WHO = st.integers(0, WOMEN)
ACTS = ("say", "say", "say", "mark", "mark", "leave", "join", "pass", "pass")
RARE = ("put_off", "cancel", "finish", "end_series")
BELLS = {
    "next": activity_bells.make_next,
    "ask": activity_bells.ask_to_look_back,
    "remind": activity_bells.remind,
}
#: (act, who, a number).
HAPPENS = st.tuples(st.sampled_from((*ACTS, *RARE, *BELLS)), WHO, st.integers(0, 40))
LASTS = timedelta(hours=2)


@dataclass
class Model:
    """What ought to be, in a few lines of its own."""

    now: datetime
    starts: datetime = STARTS
    here: set[int] = field(default_factory=lambda: set(range(WOMEN)))
    said: dict[int, Coming] = field(default_factory=dict)
    there: set[int] = field(default_factory=set)
    in_charge: bool = True
    cancelled: bool = False
    finished: datetime | None = None
    totals: tuple[int, int] | None = None
    repeats: bool = True
    followed: bool = False

    @property
    def over(self):
        return self.finished is not None or self.now >= self.starts + LASTS

    @property
    def correctable(self):
        return self.finished is None or self.now <= self.finished + timedelta(days=14)

    def leads(self, who):
        return who in self.here and (who == 0 or (who == 1 and self.in_charge))

    def count(self):
        self.totals = (len(self.there), len(self.here | self.there))


@dataclass
class Story:
    """Does everything twice: in the collective, and in the model."""

    village: object
    activity: object
    model: Model
    members: list

    async def tell(self, acts):
        for act, who, number in acts:
            expected = getattr(self, f"_{act}")(who, number)
            try:
                await self.act(act, who, number)
                refused = False
            except Refusal:
                refused = True
            if expected is not None:
                assert refused is not expected, (act, who, number)
            await self.compare()

    async def act(self, act, who, number):
        store, now, number_of = self.village.store, self.model.now, self.activity.id
        person, place = self.members[who].person_id, self.village.collective.id
        by = {"by": person, "now": now}
        match act:
            case "say":
                await activities.answer(store, number_of, [*Coming][number % 3], **by)
            case "mark":
                marked = self.members[number % (WOMEN + 1)].id
                present = number % 4 > 0
                await looking_back.mark(store, number_of, marked, present=present, **by)
            case "leave":
                await leaving.leave(store, Role.MEMBER, place, **by)
            case "join":
                await store.collectives.add_member(place, person, now)
            case "put_off":
                local = self.moved(number).astimezone(ZoneInfo(ZONE))
                await activities.put_off(store, number_of, local.date(), local.time(), **by)
            case "cancel":
                await activities.cancel(store, number_of, **by)
            case "finish":
                await looking_back.finish(store, number_of, **by)
            case "end_series":
                await activities.end_series(store, number_of, **by)
            case bell if bell in BELLS:
                await BELLS[bell](store, number_of, now=now)

    def moved(self, number):
        """Some moment before or after now, to the hour."""
        return (self.model.now + timedelta(hours=number - 10)).replace(minute=0)

    # The model: each changes it and says whether the act is allowed, None: it tells nobody.

    def _say(self, who, number):
        if who not in self.model.here or self.model.cancelled or self.model.over:
            return False
        self.model.said[who] = [*Coming][number % 3]
        return True

    def _mark(self, who, number):
        model, marked = self.model, number % (WOMEN + 1)
        begun = not model.cancelled and model.now >= model.starts
        if not (model.leads(who) and begun and model.correctable and marked in model.here):
            return False
        (model.there.add if number % 4 else model.there.discard)(marked)
        if model.finished:
            model.count()
        return True

    def _leave(self, who, _):
        model = self.model
        if who not in model.here:
            return False
        model.here.discard(who)
        if model.starts > model.now:
            model.said.pop(who, None)
        if who == 1 and not model.cancelled and model.finished is None:
            model.in_charge = False
        return True

    def _join(self, who, _):
        self.model.here.add(who)

    def _pass(self, _, number):
        self.model.now += timedelta(hours=number)

    def _put_off(self, who, number):
        model, moved = self.model, self.moved(number)
        changeable = not model.cancelled and model.finished is None
        same = moved == model.starts
        if not (model.leads(who) and changeable and (same or moved > model.now)):
            return False
        model.starts = moved
        return True

    def _cancel(self, who, _):
        model = self.model
        if model.cancelled:
            return True
        if not model.leads(who) or model.finished:
            return False
        model.cancelled = True
        return True

    def _finish(self, who, _):
        model = self.model
        begun = not model.cancelled and model.now >= model.starts
        if not (model.leads(who) and begun and model.correctable):
            return False
        if model.finished is None:
            model.finished = model.now
            model.count()
        return True

    def _end_series(self, who, _):
        if not self.model.leads(who):
            return False
        self.model.repeats = False
        return True

    def _next(self, _, __):
        model = self.model
        if model.repeats and model.now >= model.starts + LASTS:
            model.followed = True

    def _ask(self, _, __):
        pass

    def _remind(self, _, __):
        pass

    async def compare(self):
        store, model = self.village.store, self.model
        kept = await store.activities.get(self.activity.id)
        assert kept.starts_at == model.starts
        members = {place: each.id for place, each in enumerate(self.members)}
        said = {members[who]: coming for who, coming in model.said.items()}
        assert await store.activities.coming(kept.id) == said
        there = {members[who] for who in model.there}
        assert await store.activities.present(kept.id) == there
        totals = kept.attended is not None and (kept.attended, kept.members)
        assert totals == (model.totals or False)
        stage = Stage.OVER if model.over else Stage.PLANNED
        assert kept.stage(model.now) is (Stage.CANCELLED if model.cancelled else stage)
        following = await store.activities.by_draft(f"after:{kept.id}")
        assert (following is not None) is model.followed
        if following is not None:
            local = following.starts_at.astimezone(ZoneInfo(ZONE))
            assert (local.weekday(), local.hour) == (SATURDAY.weekday(), 15)
        await self.quiet()

    async def quiet(self):
        """Nobody is asked to look back more than three times for one hour, or thanked twice."""
        thanked = await queued(self.village.store, announcing.DONE)
        assert len(thanked) in {0, len({row.person_id for row in thanked})}
        asked = [row.key for row in await queued(self.village.store, announcing.LOOK_BACK)]
        assert len(asked) == len(set(asked))
        assert {key.rpartition(":")[2] for key in asked} <= {"1", "2", "3"}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from((*ACTS, *RARE, *BELLS)), WHO, st.integers(0, 40)), max_size=40
    )
)
@example(acts=[("join", WOMEN, 0), ("leave", WOMEN, 0), ("join", WOMEN, 0), ("leave", WOMEN, 0)])
async def test_in_any_order_what_was_said_last_counts(village, acts):
    async with undone(village.store):
        late = await village.welcome("Mado")
        await leaving.leave(
            village.store,
            Role.MEMBER,
            village.collective.id,
            by=late.person_id,
            now=village.now,
        )
        leader = village.members[1].person_id
        activity = await planned(village, in_charge=leader, repeats=Cadence.WEEKLY)
        members = [*village.members, late]
        await Story(village, activity, Model(now=village.now), members).tell(acts)
