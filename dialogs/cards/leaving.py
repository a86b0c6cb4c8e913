"""Messages about who left, who came back, and what is to be taken over."""

from collective.departures import Departure
from collective.outbox import Ids
from dialogs.cards.card import Card, Scene


async def draw_member_left(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator who left; None when she is back already, or erased."""
    found = await _departure(ids, scene)
    if found is None or not found[0].away:
        return None
    _, name, collective = found
    text = scene.words.gettext("{name} has left {collective}.", name=name, collective=collective)
    return Card(text=text)


async def draw_member_back(ids: Ids, scene: Scene) -> Card | None:
    """Tell a facilitator who came back; None when she has left again."""
    found = await _departure(ids, scene)
    if found is None or found[0].away:
        return None
    _, name, collective = found
    text = scene.words.gettext("{name} is back in {collective}.", name=name, collective=collective)
    return Card(text=text)


async def draw_stays_in_touch(ids: Ids, scene: Scene) -> Card | None:
    """Tell whom she named that she may be called, with her own words."""
    found = await _departure(ids, scene)
    if found is None:
        return None
    departure, name, collective = found
    words = scene.words
    lines = [
        words.gettext(
            "{name}, who left {collective}, is willing to stay in touch with you.",
            name=name,
            collective=collective,
        )
    ]
    if departure.why:
        lines.append(words.gettext("Why she left: {text}", text=departure.why))
    if departure.missed:
        lines.append(words.gettext("What would have kept her: {text}", text=departure.missed))
    return Card(text="\n\n".join(lines))


async def draw_facilitator_gone(ids: Ids, scene: Scene) -> Card | None:
    """Tell a coordinator that nobody accompanies a collective; None when somebody does again."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None or await scene.store.collectives.facilitators(collective.id):
        return None
    text = scene.words.gettext(
        "{collective} has no facilitator now. /collectifs lets you invite one.",
        collective=collective.name,
    )
    return Card(text=text)


async def _departure(ids: Ids, scene: Scene) -> tuple[Departure, str, str] | None:
    """Return a departure with the names of who left and of what."""
    departure = await scene.store.departures.get(int(ids["departure"]))
    person = await scene.store.people.person(departure.person_id) if departure else None
    if departure is None or person is None:
        return None
    collective = await scene.store.collectives.get(departure.collective_id)
    return departure, person.name, collective.name if collective else ""
