"""What a facilitator is told of one member who asks for her: her own words, and whether she may."""

from datetime import datetime

from collective import checkins
from collective.checkins import Answers, CheckIn
from collective.forms import TEXT, VOICE, Form
from collective.outbox import Ids, Lane, Parcel
from collective.own_words import Said
from collective.people import Consent, Member
from collective.ports import Store

#: Which renderer hands on her own words.
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


async def is_hers_alone(store: Store, checkin: CheckIn) -> bool:
    """Tell whether she accompanies the collective herself, and nobody else does."""
    facilitators = await store.collectives.facilitators(checkin.collective_id)
    return {each.person_id for each in facilitators} == {checkin.person_id}


async def may_hear(store: Store, form: Form, checkin: CheckIn, answers: Answers) -> bool:
    """Tell whether her facilitator gets her own words: she asks for her, or lets her see her name.

    Nobody else ever does.
    """
    if checkins.calls_facilitator(form, answers):
        return True
    return Consent.NAMING in await store.people.consents(checkin.person_id)


async def hand_on(
    store: Store, form: Form, checkin: CheckIn, answers: Answers, *, now: datetime
) -> None:
    """Tell her facilitators what she said in her own words, if they may hear it; each once."""
    for question in form.questions:
        said = await heard(store, form, checkin, answers, question.key)
        if said is not None:
            ids: Ids = {"checkin": checkin.id, "question": question.key}
            key = f"words:{checkin.id}:{question.key}:{said.said_at.timestamp()}"
            await tell(store, checkin, OWN_WORDS, ids, key=key, now=now)


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


async def tell(
    store: Store,
    checkin: CheckIn,
    kind: str,
    ids: Ids,
    *,
    key: str,
    now: datetime,
    but: int | None = None,
) -> None:
    """Tell her facilitators, all `but` one, something of hers.

    What she says in a crisis waits for no hour.
    """
    round_ = await store.rounds.get(checkin.round_id)
    parcels = [
        Parcel(
            chat_id=facilitator.chat_id or 0,
            kind=kind,
            ids=ids,
            lane=Lane.REPLY if round_ is not None and round_.crisis else Lane.REMINDER,
            not_before=now,
            collective=checkin.collective_id,
            person=facilitator.person_id,
            key=f"{key}:{facilitator.person_id}",
        )
        for facilitator in await reachable_facilitators(store, checkin)
        if facilitator.person_id != but
    ]
    await store.outbox.add(parcels, now)
