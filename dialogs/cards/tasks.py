"""Tasks that follow a decision: told to whose they are, whose they were, or who gives them on."""

import html

from collective.carrying_out import Task
from collective.outbox import Ids
from dialogs.cards import steps
from dialogs.cards.card import Card, Scene
from dialogs.cards.matter import Matter, find
from locales.words import Markup, Words
from reports import deciding, outcomes


async def draw_given(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that a task is hers; None once it is somebody else's, or done."""
    found = await _open(ids, scene)
    if found is None:
        return None
    task, matter = found
    if task.person_id != matter.person:
        return None
    words = scene.words
    lines = [
        words.gettext("{collective} gives you a task:", collective=matter.collective.name),
        f"<b>{html.escape(task.text, quote=False)}</b>",
    ]
    if task.due_on is not None:
        lines.append(words.gettext("Until {day}.", day=words.day(task.due_on)))
    lines.append(_cause(matter, words))
    label = words.plain.pgettext("button", "It is done")
    done = steps.press(matter.proposal.id, steps.TASK, f"✅ {label}", str(task.id))
    return Card(text="\n".join(lines), buttons=((done,),), owner=matter.person)


async def draw_moved(ids: Ids, scene: Scene) -> Card | None:
    """Tell her that a task is no longer hers; None once it is again, or done."""
    found = await _open(ids, scene)
    if found is None:
        return None
    task, matter = found
    if task.person_id == matter.person:
        return None
    words = scene.words
    lines = [
        words.gettext("You need not do this task any more:"),
        *outcomes.tasks([task], words),
        _cause(matter, words),
    ]
    return Card(text="\n".join(lines), owner=matter.person)


async def draw_free(ids: Ids, scene: Scene) -> Card | None:
    """Tell who runs a decision that a task of somebody who left is nobody's."""
    found = await _open(ids, scene)
    if found is None:
        return None
    task, matter = found
    if task.person_id is not None:
        return None
    words = scene.words
    lines = [
        words.gettext("Who had this task has left. Who does it now?"),
        *outcomes.tasks([task], words),
    ]
    label = words.plain.pgettext("button", "Choose who does it")
    give = steps.press(matter.proposal.id, steps.GIVE, label, str(task.id))
    return Card(text="\n".join(lines), buttons=((give,),), owner=matter.person)


async def _open(ids: Ids, scene: Scene) -> tuple[Task, Matter] | None:
    """Return a task that is not done, and what she may see of the decision it follows from."""
    task = await scene.store.aftermath.task(int(ids["task"]))
    if task is None or task.done:
        return None
    matter = await find(scene.store, task.proposal_id, int(ids["person"]), scene.now)
    return (task, matter) if matter is not None else None


def _cause(matter: Matter, words: Words) -> str:
    question = Markup(deciding.title(matter.proposal, words))
    return words.gettext("It follows from: {question}", question=question)
