"""In her own words: what is kept, for how many, and who hears it."""

from datetime import timedelta

import pytest
from village import NADINE, queued

from collective.actions import checkins, files, own_words, people, rounds, wishes
from collective.checkins import next_question
from collective.errors import NotAllowed, NotAnAnswer, RoundClosed, TextTooLong, VoiceTooLong
from collective.forms import PASSED
from collective.own_words import PATIENCE, TEXT_LIMIT, VoiceNote, Waiting
from collective.people import Consent
from collective.rounds import WINDOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def aline(store, village, forms, now):
    """The first member, who has said what she needs."""
    await rounds.open_round(store, forms, village.collective.id, due=now, now=now)
    return Member(store, forms, village.members[0].person_id, now)


class Member:
    """Answers her check-in."""

    def __init__(self, store, forms, person, now):
        self.store, self.forms, self.person, self.now = store, forms, person, now

    async def number(self):
        [checkin] = await self.store.checkins.open_for(self.person, self.now)
        return checkin.id

    async def needs(self, value):
        await checkins.answer(
            self.store,
            self.forms,
            await self.number(),
            "need",
            value,
            by=self.person,
            now=self.now,
        )

    async def writes(self, text, at=None, question="need_words"):
        number, at = await self.number(), at or self.now
        return await own_words.write(
            self.store, self.forms, number, question, text, by=self.person, now=at
        )

    async def speaks(self, seconds=20, size=None, file_id="f1"):
        note = VoiceNote(file_id=file_id, seconds=seconds, size=size)
        number = await self.number()
        await own_words.speak(
            self.store, self.forms, number, "need_words", note, by=self.person, now=self.now
        )
        return Waiting(checkin_id=number, question="need_words", file_id=file_id, attempts=0)

    async def fetched(self, voice, sound=b"OggS"):
        await own_words.fetched(self.store, self.forms, voice, sound, now=self.now)

    async def told(self):
        return [row.chat_id for row in await queued(self.store, wishes.OWN_WORDS)]


async def test_words_are_an_answer_and_kept_as_she_wrote_them(store, aline):
    await aline.needs("advice")
    answers = await aline.writes("  Nazali na mposa\nya toli. ")
    assert answers["need_words"] == "text"
    said = await store.own_words.get(await aline.number(), "need_words")
    assert said.text == "Nazali na mposa\nya toli."


async def test_a_text_too_long_is_refused_with_its_limit(aline):
    await aline.needs("advice")
    await aline.writes("a" * TEXT_LIMIT)
    with pytest.raises(TextTooLong) as refusal:
        await aline.writes("a" * (TEXT_LIMIT + 1))
    assert refusal.value.limit == 1000


@pytest.mark.parametrize("much", [{"seconds": 61}, {"seconds": 60, "size": 1_000_001}])
async def test_a_voice_note_too_long_or_too_heavy_is_refused(store, aline, much):
    await aline.needs("advice")
    with pytest.raises(VoiceTooLong):
        await aline.speaks(**much)
    assert await store.own_words.to_fetch(aline.now, 9) == []


async def test_words_are_said_where_words_are_asked(aline):
    with pytest.raises(NotAnAnswer):
        await aline.writes("Bonjour", question="motivation")


async def test_nobody_writes_in_her_place_or_after_the_closing(store, village, forms, aline, now):
    number = await aline.number()
    with pytest.raises(NotAllowed):
        await own_words.write(
            store, forms, number, "need_words", "x", by=village.facilitator, now=now
        )
    with pytest.raises(RoundClosed):
        await own_words.write(
            store, forms, number, "need_words", "x", by=aline.person, now=now + WINDOW
        )


async def test_her_facilitator_reads_it_when_she_asks_for_her(aline):
    await aline.needs("talk")
    await aline.writes("Rappelle-moi")
    assert await aline.told() == [NADINE]


async def test_her_facilitator_reads_nothing_of_who_did_not_ask_for_her(store, aline, now):
    await aline.needs("material")
    await aline.writes("Une machine")
    assert await aline.told() == []
    who = aline.person
    await people.set_consent(store, who, Consent.NAMING, given=True, by=who, now=now)
    await aline.writes("Une autre machine", now + MINUTE)
    assert await aline.told() == [NADINE]


async def test_who_asks_for_her_after_all_is_read_then_and_each_text_once(aline, now):
    await aline.needs("advice")
    await aline.writes("Une machine")
    for _ in range(2):
        await aline.needs("talk")
    assert await aline.told() == [NADINE]
    await aline.writes("Deux machines", now + MINUTE)
    assert await aline.told() == [NADINE, NADINE]


async def test_a_voice_is_handed_on_once_it_was_fetched(aline):
    await aline.needs("talk")
    voice = await aline.speaks()
    assert await aline.told() == []
    await aline.fetched(voice)
    assert await aline.told() == [NADINE]


async def test_a_voice_fetched_too_late_is_handed_to_nobody(store, aline):
    await aline.needs("talk")
    voice = await aline.speaks()
    await checkins.answer(
        store, aline.forms, voice.checkin_id, "need_words", PASSED, by=aline.person, now=aline.now
    )
    await aline.fetched(voice)
    assert await aline.told() == []
    assert await store.own_words.get(voice.checkin_id, "need_words") is None


async def test_words_rest_while_she_needs_nothing(store, aline):
    await aline.needs("talk")
    await aline.needs("nothing")
    await aline.writes("Rien du tout")
    assert await aline.told() == []
    number = await aline.number()
    form = aline.forms["weekly"]
    assert next_question(form, await store.checkins.answers(number)).key == "motivation"


async def test_a_fetch_is_tried_again_ever_later_and_then_given_up(store, aline, now):
    await aline.needs("advice")
    await aline.speaks()
    moments, at = [], now
    while found := await store.own_words.to_fetch(at, 1):
        if not await files.missed(store, found[0], for_good=False, now=at):
            break
        at += PATIENCE[found[0].attempts]
        moments.append(at - now)
    assert moments == sorted(moments)
    assert len(moments) == len(PATIENCE)
    assert await store.own_words.to_fetch(at + timedelta(days=99), 1) == []
