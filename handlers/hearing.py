"""What a written or spoken message says to a check-in card, and keeping it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collective import checkins as rules
from collective.actions import checkins, own_words
from collective.checkins import Answers
from collective.forms import PASSED, Form, Kind, Question
from collective.outbox import Ids
from collective.own_words import VoiceNote
from collective.ports import Store
from collective.shown import ShownCard
from dialogs import typed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a check-in card asks, and what has been said to it so far."""

    form: Form
    answers: Answers
    #: None: it asks nothing by name.
    question: Question | None

    @property
    def answered(self) -> list[Question]:
        """The questions that concern her and are answered."""
        return [q for q in rules.asked(self.form, self.answers) if q.key in self.answers]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return rules.next_question(self.form, self.answers) is None

    @property
    def takes_words(self) -> bool:
        """Whether her own words are asked now."""
        return self.question is not None and self.question.kind is Kind.WORDS

    @property
    def words(self) -> Question | None:
        """The question that a voice note answers: the one asked, else one that was asked before."""
        if self.takes_words:
            return self.question
        return next((q for q in self.answered if q.kind is Kind.WORDS), None)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message to a check-in card: which one, from whom, when."""

    card: ShownCard
    message_id: int
    by: int
    now: datetime
    #: Whether she presses large keys: then several choices are pressed one after the other.
    large: bool = False

    @property
    def checkin_id(self) -> int:
        """The check-in's number."""
        return int(self.card.ids["checkin"])


async def asked_by(
    store: Store, forms: Mapping[str, Form], card: ShownCard, now: datetime
) -> Asked | None:
    """Return what a check-in card asks; None for other cards, and once its round has closed."""
    if card.kind != checkins.CARD:
        return None
    checkin = await store.checkins.get(int(card.ids["checkin"]))
    round_ = await store.rounds.get(checkin.round_id) if checkin else None
    if checkin is None or round_ is None or not round_.takes_answers(now):
        return None
    form, answers = round_.form_of(forms), await store.checkins.answers(checkin.id)
    question = None if checkin.stopped else rules.next_question(form, answers)
    if card.asks is not None:
        question = next((q for q in rules.asked(form, answers) if q.key == card.asks), None)
    return Asked(form=form, answers=answers, question=question)


async def write(
    store: Store, forms: Mapping[str, Form], said: Said, text: str, *, is_label: bool
) -> Ids | None:
    """Keep a text as an answer; return what the card shows then, None when it is no answer."""
    asked = await asked_by(store, forms, said.card, said.now)
    question, value = _meant(asked, text) if asked else (None, None)
    own = question is not None and question.kind is Kind.WORDS and not is_label
    if asked is None or question is None or (value is None and not own):
        # Pressed once, however often Telegram sends it: it could name a button of the next card.
        return {} if is_label and not await _fresh(store, said) else None
    if not await _fresh(store, said):
        return {}
    number, key, by, now = said.checkin_id, question.key, said.by, said.now
    if value is None:
        await own_words.write(store, forms, number, key, text, by=by, now=now)
    elif said.large and is_label and question.kind is Kind.SEVERAL:
        if value := _together(question, asked.answers.get(key, ""), value):
            await checkins.answer(store, forms, number, key, value, by=by, now=now)
        else:
            await checkins.take_back(store, number, key, by=by, now=now)
        return {"asks": key}
    else:
        await checkins.answer(store, forms, number, key, value, by=by, now=now)
    return {"noted": key}


def _together(question: Question, before: str, value: str) -> str:
    """Add a choice to those pressed before, or take it away; "" when none is left."""
    known = "" if before == PASSED else before
    for key in value.split(","):
        known = rules.toggle(question, known, key)
    return known


async def speak(store: Store, forms: Mapping[str, Form], said: Said, note: VoiceNote) -> Ids | None:
    """Keep a voice note; return what the card shows then, None where no words are asked."""
    asked = await asked_by(store, forms, said.card, said.now)
    question = asked.words if asked else None
    if question is None:
        return None
    if not await _fresh(store, said):
        return {}
    number, key = said.checkin_id, question.key
    await own_words.speak(store, forms, number, key, note, by=said.by, now=said.now)
    return {"noted": key}


async def _fresh(store: Store, said: Said) -> bool:
    # Telegram may send a message again; by then it would answer the question that follows.
    return await store.checkins.take_typed(said.checkin_id, said.message_id)


def _meant(asked: Asked, text: str) -> tuple[Question | None, str | None]:
    """Return which question a text is about, and the answer it stands for if it has choices.

    To a card that asks nothing, words can correct the one answer that has such a choice.
    """
    question = asked.question
    if question is not None:
        return question, None if question.kind is Kind.WORDS else typed.answer(question, text)
    found = [(each, value) for each in asked.answered if (value := typed.spoken(each, text))]
    return found[0] if len(found) == 1 else (None, None)
