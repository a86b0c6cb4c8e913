"""What a facilitator is told of one member: that she would like to talk, and her own words."""

from datetime import datetime

from collective import checkins
from collective.checkins import Answers, CheckIn
from collective.forms import TEXT, VOICE, Form
from collective.outbox import Ids, Lane, Parcel
from collective.own_words import Said
from collective.people import Consent, Member
from collective.ports import Store

#: Which renderers make the two messages.
WANTS_TO_TALK = "wants_to_talk"
OWN_WORDS = "own_words"


async def reachable_facilitators(store: Store, checkin: CheckIn) -> list[Member]:
    """Return who can be told something of hers; she herself is not one of them."""
    facilitators = await store.collectives.facilitators(checkin.collective_id)
    found = []
    for each in facilitators:
        account = await store.people.account(each.chat_id) if each.chat_id else None
        if account and account.unreachable is None and each.person_id != checkin.person_id:
            found.append(each)
    return found


async def may_hear(store: Store, form: Form, checkin: CheckIn, answers: Answers) -> bool:
    """Tell whether her facilitator gets her own words: she asks for her, or lets her see her name.

    Nobody else ever does.
    """
    if checkins.calls_facilitator(form, answers):
        return True
    return Consent.NAMING in await store.people.consents(checkin.person_id)


async def tell_wish(store: Store, checkin: CheckIn, *, now: datetime) -> None:
    """Tell her facilitators, once a check-in, that she would like to talk."""
    await _tell(store, checkin, WANTS_TO_TALK, {}, f"talk:{checkin.id}", now)


async def hand_on(
    store: Store, form: Form, checkin: CheckIn, answers: Answers, *, now: datetime
) -> None:
    """Tell her facilitators what she said in her own words, if they may hear it; each once."""
    for question in form.questions:
        said = await heard(store, form, checkin, answers, question.key)
        if said is not None:
            key = f"words:{checkin.id}:{question.key}:{said.said_at.timestamp()}"
            await _tell(store, checkin, OWN_WORDS, {"question": question.key}, key, now)


async def heard(
    store: Store, form: Form, checkin: CheckIn, answers: Answers, question: str
) -> Said | None:
    """Return what she said to a question of words, as far as her facilitators may hear it."""
    if checkins.counted(form, answers).get(question) not in {TEXT, VOICE}:
        return None
    if not await may_hear(store, form, checkin, answers):
        return None
    said = await store.own_words.get(checkin.id, question)
    return said if said and (said.text or said.sound) else None


async def _tell(
    store: Store, checkin: CheckIn, kind: str, ids: Ids, key: str, now: datetime
) -> None:
    parcels = [
        Parcel(
            chat_id=facilitator.chat_id or 0,
            kind=kind,
            ids={"checkin": checkin.id, **ids},
            lane=Lane.REMINDER,
            not_before=now,
            collective=checkin.collective_id,
            person=facilitator.person_id,
            key=f"{key}:{facilitator.person_id}",
        )
        for facilitator in await reachable_facilitators(store, checkin)
    ]
    await store.outbox.add(parcels, now)
