"""Tasks that follow a decision: told to whose they are, or to who gives them on."""

import html

from collective.outbox import Ids
from dialogs.cards import steps
from dialogs.cards.card import Card, Scene
from dialogs.cards.matter import find
from locales.words import Markup
from reports import deciding, outcomes


async def draw_given(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that a task is hers; None once it is somebody else's, or done."""
    task = await scene.store.aftermath.task(int(ids["task"]))
    person = int(ids["person"])
    if task is None or task.person_id != person or task.done:
        return None
    matter = await find(scene.store, task.proposal_id, person, scene.now)
    if matter is None:
        return None
    words = scene.words
    lines = [
        words.gettext("{collective} gives you a task:", collective=matter.collective.name),
        f"<b>{html.escape(task.text, quote=False)}</b>",
    ]
    if task.due_on is not None:
        lines.append(words.gettext("Until {day}.", day=words.day(task.due_on)))
    lines.append(
        words.gettext(
            "It follows from: {question}", question=Markup(deciding.title(matter.proposal, words))
        )
    )
    label = words.plain.pgettext("button", "It is done")
    done = steps.press(matter.proposal.id, steps.TASK, f"✅ {label}", str(task.id))
    return Card(text="\n".join(lines), buttons=((done,),), owner=person)


async def draw_free(ids: Ids, scene: Scene) -> Card | None:
    """Tell who runs a decision that a task of somebody who left is nobody's."""
    task = await scene.store.aftermath.task(int(ids["task"]))
    person = int(ids["person"])
    if task is None or task.person_id is not None or task.done:
        return None
    matter = await find(scene.store, task.proposal_id, person, scene.now)
    if matter is None:
        return None
    words = scene.words
    lines = [
        words.gettext("Who had this task has left. Who does it now?"),
        *outcomes.tasks([task], words),
    ]
    label = words.plain.pgettext("button", "Choose who does it")
    give = steps.press(matter.proposal.id, steps.GIVE, label, str(task.id))
    return Card(text="\n".join(lines), buttons=((give,),), owner=person)
