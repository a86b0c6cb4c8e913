"""What every card of a check-in is drawn from, and what all of them have."""

from dataclasses import dataclass

from collective import checkins
from collective.actions.checkins import CARD
from collective.checkins import Answers, CheckIn
from collective.collectives import Collective
from collective.forms import Form, Question
from collective.outbox import Ids
from collective.rounds import Round
from dialogs.cards.card import Card, Rows, Scene


@dataclass(frozen=True, kw_only=True)
class Point:
    """A check-in with everything that its card is drawn from."""

    checkin: CheckIn
    round: Round
    collective: Collective
    form: Form
    answers: Answers
    #: Of a round that has closed: what was entered for her and she may still correct.
    correctable: frozenset[str] | None = None

    @property
    def answered(self) -> list[Question]:
        """The questions she has answered; of a closed round, those she may still correct."""
        said = self.answers.keys() if self.correctable is None else self.correctable
        return [each for each in checkins.asked(self.form, self.answers) if each.key in said]


async def find(ids: Ids, scene: Scene) -> Point | None:
    """Return the check-in that `ids` name, None when it is gone."""
    checkin = await scene.store.checkins.get(int(ids["checkin"]))
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    collective = await scene.store.collectives.get(round_.collective_id) if round_ else None
    if checkin is None or round_ is None or collective is None:
        return None
    return Point(
        checkin=checkin,
        round=round_,
        collective=collective,
        form=round_.form_of(scene.forms),
        answers=await scene.store.checkins.answers(checkin.id),
        correctable=None
        if round_.takes_answers(scene.now)
        else checkins.correctable(await scene.store.checkins.entered(checkin.id), scene.now),
    )


def card(point: Point, blocks: list[str], rows: Rows, asks: str | None = None) -> Card:
    """Put a check-in's card together, so that an answer finds it."""
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=rows,
        identity=(CARD, {"checkin": point.checkin.id}),
        asks=asks,
        owner=point.checkin.person_id,
    )
