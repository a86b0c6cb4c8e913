"""Her own line, in her own chat."""

from collective.actions import own_lines
from collective.outbox import Ids
from dialogs.cards.card import Card, Scene
from reports.own_line import own_line


async def draw(ids: Ids, scene: Scene) -> Card | None:
    """Draw it for the person named; whoever is not on this phone sees nothing."""
    by = int(ids["person"])
    lines = await own_lines.read(scene.store, scene.forms, by=by, now=scene.now)
    if not lines:
        return None
    text = "\n\n".join(own_line(line, scene.words) for line in lines)
    return Card(text=text, owner=by)
