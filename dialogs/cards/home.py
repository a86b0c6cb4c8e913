"""Home and help: what a person can do here, as buttons and as a list."""

from collective.departures import Departure
from collective.outbox import Ids
from collective.people import Person, Standing, is_paused, speaker
from dialogs import commands
from dialogs.cards import sheets, who
from dialogs.cards.card import Button, Card, Rows, Scene
from dialogs.cards.people import draw_stranger, openings
from locales.words import Markup, Words
from reports.activities import line


async def draw_home(ids: Ids, scene: Scene) -> Card | None:
    """Greet her by name with what she can do; strangers learn how to come in."""
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    if account is None or not persons or account.newcomer(scene.now):
        return await draw_stranger(ids, scene)
    person = speaker(account, persons, scene.now)
    if person is None:
        return await who.draw({}, scene)
    standing = await scene.store.people.standing(person.id)
    lines = [
        scene.words.gettext("Hello {name}.", name=person.name),
        *await _state(person, standing, scene),
    ]
    rows = (
        *await _returns(person, scene),
        *_doors(standing, scene.words),
        *who.another(persons, scene.words),
    )
    return sheets.sheet("home", "\n\n".join(lines), rows)


async def draw_help(_ids: Ids, scene: Scene) -> Card:
    """Say what can be written here, and that stopping is always possible."""
    account = scene.account
    persons = await scene.store.people.persons_of(account.id) if account else []
    person = speaker(account, persons, scene.now) if account else None
    standing = await scene.store.people.standing(person.id) if person else None
    words = scene.words
    listed = commands.help_for(standing.roles if standing else (), words)
    lines = [
        "\n".join(f"/{name} · {text}" for name, text in listed),
        words.gettext("Write STOP at any time: I fall silent and ask what you want."),
    ]
    return sheets.sheet("help", "\n\n".join(lines), ((sheets.home(words),),))


async def _state(person: Person, standing: Standing, scene: Scene) -> list[str]:
    words = scene.words
    if not standing.roles:
        return [words.gettext("You are in no collective now: I send you nothing.")]
    lines = []
    if is_paused(person, scene.now):
        lines.append(words.gettext("You make a pause: I send you nothing by myself."))
    open_ = await scene.store.checkins.open_for(person.id, scene.now)
    if any(checkin.finished_at is None for checkin in open_):
        lines.append(words.gettext("Your check-in is open."))
    if waiting := await scene.store.register.waiting(person.id, scene.now):
        n = len(waiting)
        lines.append(words.ngettext("{n} vote waits for you.", "{n} votes wait for you.", n))
    if follows := await scene.store.follow_ups.waiting(standing.facilitates):
        n = len(follows)
        lines.append(
            words.ngettext(
                "{n} member waits for you to see or call her.",
                "{n} members wait for you to see or call them.",
                n,
            )
        )
    ahead = await scene.store.activities.ahead_for(person.id, scene.now)
    lines += [words.gettext("Next: {activity}", activity=Markup(line(e, words))) for e in ahead]
    return lines + await openings(standing, scene)


async def _returns(person: Person, scene: Scene) -> Rows:
    """Return a way back into each collective she has left a short time ago."""
    newest: dict[int, Departure] = {}
    for departure in await scene.store.departures.of(person.id):
        newest.setdefault(departure.collective_id, departure)
    rows = []
    for departure in newest.values():
        collective = await scene.store.collectives.get(departure.collective_id)
        if collective is not None and departure.may_return(scene.now):
            rows.append((sheets.show("goodbye", collective.name, departure.id),))
    return tuple(rows)


def _doors(standing: Standing, words: Words) -> Rows:
    """Return her commands as buttons: members' own first, then what her other roles bring."""
    rows: list[tuple[Button, ...]] = [
        (sheets.command(name, words),) for name in commands.at_home(standing.roles)
    ]
    settings = sheets.show("settings", commands.description(commands.SETTINGS, words))
    help_ = sheets.show("help", commands.description(commands.HELP, words))
    return (*rows, (settings, help_))
