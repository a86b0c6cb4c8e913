"""The ballot as it comes by itself: the vote has opened or changed, or closes soon."""

from collective.outbox import Ids
from dialogs.cards import ballot
from dialogs.cards.card import Card, Scene


async def draw_opened(ids: Ids, scene: Scene) -> Card | None:
    """Draw it when the vote opens, or has got more time; None once it has closed or she voted."""
    matter = await ballot.find_for(ids, scene)
    if matter is None or matter.poll.hers is not None or not matter.poll.may_vote:
        return None
    return await ballot.draw(ids, scene)


async def draw_amended(ids: Ids, scene: Scene) -> Card | None:
    """Draw it when what is asked has changed; None once the vote has closed."""
    matter = await ballot.find_for(ids, scene)
    if matter is None or not matter.poll.may_vote:
        return None
    changed = scene.words.gettext("This proposal has changed. Nobody had voted yet.")
    return await ballot.draw(ids, scene, opening=changed)


async def draw_entered(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that somebody has voted for her; None once she has voted herself."""
    matter = await ballot.find_for(ids, scene)
    hers = matter.poll.hers if matter else None
    if matter is None or hers is None or hers.entered_by is None:
        return None
    return await ballot.draw(ids, scene) if matter.poll.may_vote else None


async def draw_reminder(ids: Ids, scene: Scene) -> Card | None:
    """Draw it with a gentle first line; None once she has voted or the vote has closed."""
    matter = await ballot.find_for(ids, scene)
    if matter is None or matter.poll.hers is not None or not matter.poll.may_vote:
        return None
    return await ballot.draw(ids, scene, opening=scene.words.gettext("You can still vote here."))
