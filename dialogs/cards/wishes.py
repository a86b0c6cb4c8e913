"""What a facilitator is told of one member: her own words."""

import html
from dataclasses import dataclass

from collective import checkins
from collective.actions import wishes
from collective.checkins import Answers, CheckIn
from collective.follow_ups import Reason
from collective.forms import Form
from collective.outbox import Ids
from dialogs.cards.card import Card, Media, Scene


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """Whose check-in it is, and what she answered."""

    checkin: CheckIn
    form: Form
    answers: Answers
    name: str
    collective: str


async def draw_words(ids: Ids, scene: Scene) -> Card | None:
    """Tell what she said in her own words; None when there is nothing to hear any more."""
    wish = await _find(ids, scene)
    if wish is None:
        return None
    question = str(ids["question"])
    said = await wishes.heard(scene.store, wish.form, wish.checkin, wish.answers, question)
    if said is None:
        return None
    names = {"name": wish.name, "collective": wish.collective}
    if Reason.HELP_OTHER in checkins.reasons(wish.form, wish.answers):
        heading = scene.words.gettext("{name}, of {collective}, says who needs help:", **names)
    else:
        heading = scene.words.gettext("{name}, of {collective}, says what she needs:", **names)
    if said.text is None:
        return Card(text=heading, media=Media(kind="voice", name="voice.ogg", content=said.sound))
    quoted = html.escape(said.text, quote=False)
    return Card(text=f"{heading}\n\n<blockquote>{quoted}</blockquote>")


async def _find(ids: Ids, scene: Scene) -> _Wish | None:
    checkin = await scene.store.checkins.get(int(ids["checkin"]))
    round_ = await scene.store.rounds.get(checkin.round_id) if checkin else None
    person = await scene.store.people.person(checkin.person_id) if checkin else None
    if checkin is None or round_ is None or person is None:
        return None
    collective = await scene.store.collectives.get(checkin.collective_id)
    return _Wish(
        checkin=checkin,
        form=round_.form_of(scene.forms),
        answers=await scene.store.checkins.answers(checkin.id),
        name=person.name,
        collective=collective.name if collective else "",
    )
