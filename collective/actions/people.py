"""What a person decides about herself."""

from datetime import datetime

from collective.errors import NotAllowed
from collective.events import Event
from collective.people import CHOICES, CONSENT_TEXT, Consent
from collective.ports import Store

_ALLOWED = {Consent.NAMING: Event.NAMING_ALLOWED, Consent.EXPORT: Event.EXPORT_ALLOWED}
_TAKEN_BACK = {Consent.NAMING: Event.NAMING_TAKEN_BACK, Consent.EXPORT: Event.EXPORT_TAKEN_BACK}


async def set_consent(
    store: Store, person_id: int, consent: Consent, *, given: bool, by: int, now: datetime
) -> None:
    """Keep a choice of hers (`CHOICES`) or take it back; she alone may. Raises NotAllowed."""
    if by != person_id or consent not in CHOICES:
        raise NotAllowed
    if given == (consent in await store.people.consents(person_id)):
        return
    if given:
        await store.people.add_consent(person_id, consent, CONSENT_TEXT, now)
    else:
        await store.people.remove_consent(person_id, consent)
    event = (_ALLOWED if given else _TAKEN_BACK)[consent]
    await store.audit.append(event, by=by, subject=person_id, now=now)
