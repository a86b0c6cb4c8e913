"""How a meeting was: the two taps of who was there."""

from datetime import timedelta

from collective.actions.announcing import FELT
from collective.activities import Kind
from collective.feelings import Felt, Question
from collective.outbox import Ids
from dialogs.cards.activity import Seen, find, heading
from dialogs.cards.card import Button, Card, Press, Rows, Scene
from dialogs.cards.outcome import DONE, asked
from locales.words import Words
from reports import activities as report
from reports import outcomes

#: Of a meeting that is over for longer nobody remembers how it was.
STALE = timedelta(days=7)


class MeetingPress(Press, prefix="aF"):
    """An answer to one of the two questions after a meeting."""

    activity: int
    question: Question
    felt: Felt


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Ask her how it was; None for who has left, or where it was long ago."""
    view = await find(ids, scene)
    if view is None or view.activity.finished_at is None:
        return None
    if not view.member or view.activity.details.kind is not Kind.MEETING:
        return None
    words, asks = scene.words, str(ids.get("asks", Question.SAID.value))
    if "asks" not in ids and scene.now > view.activity.finished_at + STALE:
        return None
    said = words.gettext("Thank you. Only totals of five and more are shown.")
    blocks = [
        await heading(view, scene),
        report.title(view.activity),
        said if asks == DONE else asked(Question(asks), words),
    ]
    return Card(
        text="\n\n".join(block for block in blocks if block),
        buttons=() if asks == DONE else _answers(view, asks, words.plain),
        identity=(FELT, {"activity": view.activity.id, "person": view.person}),
        asks=asks,
        owner=view.person,
    )


def _answers(view: Seen, asks: str, words: Words) -> Rows:
    number, question = view.activity.id, Question(asks)
    return (
        tuple(
            Button(
                label=outcomes.felt_name(felt, words),
                data=MeetingPress(activity=number, question=question, felt=felt).pack(),
            )
            for felt in Felt
        ),
    )
