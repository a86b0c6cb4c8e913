"""What the facilitators of a collective are told of a crisis check-in that somebody has opened."""

from collective.outbox import Ids
from dialogs import commands
from dialogs.cards import sheets
from dialogs.cards.card import Card, Scene, still_there


async def draw_opened(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that it is open; None once it has closed or she accompanies it no more."""
    collective = await scene.store.collectives.get(int(ids["collective"]))
    if collective is None or not await still_there(collective.id, scene):
        return None
    running = await scene.store.rounds.crisis_of(collective.id, scene.now)
    if running is None:
        return None
    text = scene.words.gettext(
        "🆘 The members of {collective} are being asked whether they are safe.",
        collective=collective.name,
    )
    look = sheets.command(commands.CRISIS, scene.words.plain)
    return Card(text=text, buttons=((look,),))
