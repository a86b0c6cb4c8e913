"""Stopping: a pause, leaving, coming back. Each page is drawn from the record as it stands."""

from datetime import UTC, timedelta, tzinfo

from collective.actions import leaving
from collective.departures import RETURN
from collective.outbox import Ids
from collective.people import PAUSES, Person, Role, is_paused
from dialogs import commands, names
from dialogs.cards import sheets
from dialogs.cards.card import Button, Card, Press, Scene
from dialogs.cards.owners import speaking
from locales.words import Words

#: What leaving the installation's own role has instead of a collective's number.
NO_COLLECTIVE = 0


class PausePress(Press, prefix="pA"):
    """A press that begins a pause of so many weeks; 0 ends it."""

    weeks: int


class StopPress(Press, prefix="tA"):
    """A press that says: yes, that was meant as stop."""


class LeavePress(Press, prefix="qA"):
    """A press that leaves a role."""

    role: Role
    collective: int


class ReturnPress(Press, prefix="rA"):
    """A press that comes back after a departure."""

    departure: int


async def draw_maybe_stop(_ids: Ids, scene: Scene) -> Card:
    """Ask whether a word with a typo was meant as stop."""
    words = scene.words
    yes = Button(label=words.plain.pgettext("button", "Yes, stop"), data=StopPress().pack())
    no = sheets.show("home", words.plain.pgettext("button", "No"))
    text = words.gettext("Do you want to stop?")
    return sheets.sheet("maybe_stop", text, ((yes,), (no,)))


async def draw_stop(_ids: Ids, scene: Scene) -> Card:
    """Offer a pause, leaving and erasing; say what is silent already."""
    person, words = await speaking(scene), scene.words
    roles = (await scene.store.people.standing(person.id)).roles if person else frozenset()
    lines, rows = [], []
    if person is not None and Role.MEMBER in roles:
        if is_paused(person, scene.now):
            lines.append(await _silence(person, scene))
            label = words.plain.pgettext("button", "Go on as before")
            rows.append(Button(label=label, data=PausePress(weeks=0).pack()))
        rows.append(sheets.show("pause", commands.description(commands.PAUSE, words.plain)))
    elif not roles:
        lines.append(words.gettext("You are in no collective now: I send you nothing."))
    if roles:
        rows.append(sheets.show("leave", words.plain.pgettext("button", "Leave")))
        lines.append(words.gettext("What do you want? Choose, or do nothing."))
    rows.append(sheets.show("forget", commands.description(commands.FORGET, words.plain)))
    buttons = (*((row,) for row in rows), (sheets.home(words),))
    return sheets.sheet("stop", "\n\n".join(lines), buttons)


async def draw_pause(_ids: Ids, scene: Scene) -> Card | None:
    """Offer one, two or four weeks; who makes a pause can end it."""
    person, words = await speaking(scene), scene.words
    if person is None:
        return None
    rows = [
        Button(
            label=words.plain.duration(timedelta(weeks=weeks)),
            data=PausePress(weeks=weeks).pack(),
        )
        for weeks in PAUSES
    ]
    text = words.gettext(
        "A journey, mourning, a birth: for how long shall I leave you in peace? Nobody counts you "
        "as missing."
    )
    if is_paused(person, scene.now):
        text = f"{await _silence(person, scene)}\n\n{text}"
        label = words.plain.pgettext("button", "I am back")
        rows.insert(0, Button(label=label, data=PausePress(weeks=0).pack()))
    buttons = (*((row,) for row in rows), (sheets.home(words),))
    return sheets.sheet("pause", text, buttons)


async def draw_leave(ids: Ids, scene: Scene) -> Card | None:
    """Ask what she leaves when it could be several things, else whether she is sure."""
    person, words = await speaking(scene), scene.words
    if person is None:
        return None
    places = await leaving.places(scene.store, by=person.id)
    if not places:
        return await draw_stop(ids, scene)
    number = int(ids.get("number", 0))
    if 0 < number <= len(places):
        return _sure(places[number - 1], number, words)
    if len(places) == 1:
        return _sure(places[0], 1, words)
    rows = tuple(
        (sheets.show("leave", _named(place, words.plain), at),)
        for at, place in enumerate(places, 1)
    )
    title = words.gettext("What do you want to leave?")
    return sheets.sheet("leave", title, (*rows, (sheets.back("stop", words),)))


async def draw_goodbye(ids: Ids, scene: Scene) -> Card | None:
    """Say what leaving means, and offer the way back while it is open."""
    person, words = await speaking(scene), scene.words
    departure = await scene.store.departures.get(int(ids["number"]))
    if person is None or departure is None or departure.person_id != person.id:
        return None
    collective = await scene.store.collectives.get(departure.collective_id)
    if collective is None or not departure.away:
        return None
    lines = [
        words.gettext("You have left {collective}.", collective=collective.name),
        words.gettext(
            "I send you nothing more from it. Your answers stay in its totals. What I keep about "
            "you stays too; /oublier erases it."
        ),
    ]
    rows = []
    if departure.may_return(scene.now):
        until = (departure.left_at + RETURN).astimezone(collective.tzinfo).date()
        lines.append(words.gettext("Until {day} one tap brings you back.", day=words.day(until)))
        label = words.plain.pgettext("button", "Come back")
        rows.append(Button(label=label, data=ReturnPress(departure=departure.id).pack()))
    rows.append(sheets.show("forget", commands.description(commands.FORGET, words.plain)))
    buttons = (*((row,) for row in rows), (sheets.home(words),))
    return sheets.sheet("goodbye", "\n\n".join(lines), buttons, departure.id)


async def draw_thanks(_ids: Ids, scene: Scene) -> Card:
    """Thank who has left, whether she answered or not."""
    return Card(text=scene.words.gettext("Thank you for the way we went together. Go well."))


def _sure(place: leaving.Place, number: int, words: Words) -> Card:
    """Ask for the tap that leaves, saying who is told."""
    told = {
        Role.MEMBER: words.gettext("Your facilitator is told that you left, not why."),
        Role.FACILITATOR: words.gettext(
            "If nobody else accompanies it, the coordinators are told."
        ),
        Role.COORDINATOR: words.gettext("The collectives and their facilitators stay as they are."),
    }[place.role]
    question = words.gettext("Leave: {place}?", place=_named(place, words))
    collective = place.collective.id if place.collective else NO_COLLECTIVE
    press = LeavePress(role=place.role, collective=collective)
    yes = Button(label=words.plain.pgettext("button", "Yes, leave"), data=press.pack())
    rows = ((yes,), (sheets.back("stop", words),))
    return sheets.sheet("leave", f"{question}\n\n{told}", rows, number)


def _named(place: leaving.Place, words: Words) -> str:
    """Name what she leaves: the collective, with the role where it is not the member's."""
    role = names.role(place.role, words)
    if place.collective is None:
        return role
    if place.role is Role.MEMBER:
        return place.collective.name
    return words.pgettext(
        "place", "{collective} ({role})", collective=place.collective.name, role=role
    )


async def _silence(person: Person, scene: Scene) -> str:
    """Say until when nothing comes, as her collective's clocks show it."""
    until = (person.paused_until or scene.now).astimezone(await _zone(person, scene))
    return scene.words.gettext(
        "I send you nothing until {day}. You can come back before.",
        day=scene.words.day(until.date()),
    )


async def _zone(person: Person, scene: Scene) -> tzinfo:
    for collective_id in sorted((await scene.store.people.standing(person.id)).member_of):
        collective = await scene.store.collectives.get(collective_id)
        if collective is not None:
            return collective.tzinfo
    return UTC
