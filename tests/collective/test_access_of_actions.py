"""Every action asks for the role itself, whatever the menu showed."""

from datetime import date

import pytest
from gathering import details
from village import plan

from collective import access
from collective.actions import (
    accompanying,
    activities,
    checkins,
    collectives,
    composing,
    crises,
    follow_ups,
    invites,
    proposals,
    register,
    rhythms,
    roster,
    rounds,
    setbacks,
    summaries,
)
from collective.audiences import of_collectives
from collective.collectives import DEFAULT_RHYTHM, GroupLanguage
from collective.errors import NotAllowed, Outdated
from collective.setbacks import Kind, Told
from collective.terms import Terms

THEFT = Told(kind=Kind.THEFT, weight=3, happened_on=date(2026, 11, 26))


async def taken_off(place, by, forms):
    """Somebody without Telegram, written down before, is taken off the list."""
    store, collective, now = place.store, place.collective.id, place.now
    mado = await roster.add(
        store, collective, "Mado", draft="off", agreed=True, by=place.facilitator, now=now
    )
    await roster.take_off(store, forms, collective, mado.id, erase=False, by=by, now=now)


#: Each action with who may; `place` is a village, `by` a person.
ACTIONS = {
    "plan": (
        lambda place, by, _: activities.plan(
            place.store, place.collective.id, details(), draft=f"a{by}", by=by, now=place.now
        ),
        {"facilitator", "member", "another member"},
    ),
    "create": (
        lambda place, by, _: collectives.create(place.store, plan("again"), by=by, now=place.now),
        {"coordinator"},
    ),
    "invite_facilitator": (
        lambda place, by, _: invites.invite_facilitator(
            place.store, place.collective.id, by=by, now=place.now
        ),
        {"coordinator"},
    ),
    "invite_members": (
        lambda place, by, _: invites.invite_members(
            place.store, place.collective.id, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "link_group": (
        lambda place, by, _: collectives.link_group(
            place.store, place.collective.id, -100, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "set_language": (
        lambda place, by, _: collectives.set_language(
            place.store, place.collective.id, GroupLanguage.FRENCH, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "unlink_group": (
        lambda place, by, _: collectives.unlink_group(place.store, -5, by=by, now=place.now),
        {"facilitator"},
    ),
    "look": (
        lambda place, by, _: rhythms.look(place.store, place.collective.id, by=by, now=place.now),
        {"facilitator"},
    ),
    "preview": (
        lambda place, by, _: rhythms.preview(
            place.store, place.collective.id, DEFAULT_RHYTHM, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "change": (
        lambda place, by, _: rhythms.change(
            place.store, place.collective.id, DEFAULT_RHYTHM, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "add_feast_day": (
        lambda place, by, _: rhythms.add_feast_day(
            place.store, place.collective.id, place.now.date(), by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "remove_feast_day": (
        lambda place, by, _: rhythms.remove_feast_day(
            place.store, place.collective.id, place.now.date(), by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "draft": (
        lambda place, by, _: composing.draft(
            place.store,
            of_collectives([place.collective.id]),
            key="d",
            language="fr",
            by=by,
            now=place.now,
        ),
        {"facilitator", "coordinator"},
    ),
    "read": (
        lambda place, by, forms: summaries.read(
            place.store, forms, place.collective.id, by=by, now=place.now
        ),
        {"coordinator", "facilitator"},
    ),
    "participation": (
        lambda place, by, forms: accompanying.participation(
            place.store, forms, place.collective.id, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "remind": (
        lambda place, by, _: accompanying.remind(
            place.store, place.collective.id, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "take off": (taken_off, {"facilitator"}),
    "write down": (
        lambda place, by, _: roster.add(
            place.store, place.collective.id, "Mado", draft="d", agreed=True, by=by, now=place.now
        ),
        {"facilitator"},
    ),
    "answer": (
        lambda place, by, forms: checkins.answer(
            place.store, forms, 1, "motivation", "3", by=by, now=place.now
        ),
        {"member"},
    ),
    "propose": (
        lambda place, by, _: proposals.draft(
            place.store, place.collective.id, Terms(), draft=f"p{by}", by=by, now=place.now
        ),
        {"facilitator", "member", "another member"},
    ),
    "read the register": (
        lambda place, by, _: register.page(place.store, 0, length=5, by=by, now=place.now),
        {"facilitator", "member", "another member"},
    ),
    "read what was decided": (
        lambda place, by, _: register.decided(
            place.store, place.collective.id, 0, length=5, by=by, now=place.now
        ),
        {"coordinator", "facilitator"},
    ),
    "tell of a setback": (
        lambda place, by, _: setbacks.tell(
            place.store, place.collective.id, THEFT, draft=f"s{by}", by=by, now=place.now
        ),
        {"facilitator", "member", "another member"},
    ),
    "open a crisis": (
        lambda place, by, _: crises.open_crisis(
            place.store, place.collective.id, by=by, now=place.now
        ),
        {"facilitator", "coordinator"},
    ),
    "end a crisis": (
        lambda place, by, forms: crises.end(
            place.store, forms, place.collective.id, by=by, now=place.now
        ),
        {"facilitator", "coordinator"},
    ),
    "follow up": (
        lambda place, by, _: follow_ups.waiting(place.store, by=by, now=place.now),
        {"facilitator"},
    ),
}

ROLES = {"coordinator", "facilitator", "member", "another member", "nobody"}


def person(village, role):
    people = {
        "coordinator": village.coordinator,
        "facilitator": village.facilitator,
        "member": village.members[0].person_id,
        "another member": village.members[1].person_id,
        "nobody": 9999,
    }
    return people[role]


@pytest.fixture
async def place(village, forms):
    """The village with a group and a round in which the first member has check-in 1."""
    await village.store.collectives.link_group(village.collective.id, -5, None, village.now)
    at = village.now
    await rounds.open_round(village.store, forms, village.collective.id, due=at, now=at)
    return village


@pytest.mark.parametrize("name", ACTIONS)
async def test_an_action_is_for_those_who_hold_its_role(place, forms, name):
    act, may = ACTIONS[name]
    for role in sorted(ROLES - may):
        with pytest.raises(NotAllowed):
            await act(place, person(place, role), forms)
    for role in sorted(may):
        await act(place, person(place, role), forms)


async def test_accompanying_one_collective_opens_no_other(store, village):
    other = await collectives.create(store, plan("other"), by=village.coordinator, now=village.now)
    with pytest.raises(NotAllowed):
        await access.ensure_facilitates(store, village.facilitator, other.id)
    with pytest.raises(NotAllowed):
        await access.ensure_may_read(store, village.facilitator, other.id)


async def test_a_collective_that_is_gone_is_outdated(store, village):
    with pytest.raises(Outdated):
        await access.ensure_may_read(store, village.coordinator, 999)
    with pytest.raises(Outdated):
        await invites.invite_facilitator(store, 999, by=village.coordinator, now=village.now)


async def test_a_menu_lists_only_what_she_may_read(store, village):
    for name in ("élan", "Amani"):
        await collectives.create(
            store, plan(name, name=name), by=village.coordinator, now=village.now
        )
    lists = {
        role: [each.name for each in await summaries.readable(store, by=person(village, role))]
        for role in ("coordinator", "facilitator", "member")
    }
    assert lists == {
        "coordinator": ["Amani", "élan", "Tujenge"],
        "facilitator": ["Tujenge"],
        "member": [],
    }
