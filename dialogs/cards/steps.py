"""What can be done about a proposal: presses, and the buttons that more than one card has."""

from collections.abc import Sequence
from datetime import datetime

from collective.carrying_out import Task
from dialogs.cards import fitting
from dialogs.cards.card import Button, Press
from dialogs.cards.matter import Matter
from locales.words import Words

#: What a press opens: saying a concern, changing and opening it, withdrawing it, voting for who is
#: absent, writing down what was decided (BESIDE: below a card that asks more), and what the meeting
#: did, giving the task `value` on.
CONCERN, CHANGE, WITHDRAW, ABSENT, CONCLUDE, MEETING, GIVE = "c", "a", "w", "f", "s", "m", "g"
BESIDE = "b"
#: What a press does at once: play the question, say what becomes of a vote without quorum, how far
#: a decision was carried out, that a task is done. `value` says which.
LISTEN, STEP, CARRIED, TASK = "l", "n", "r", "t"
OPENING = frozenset({CONCERN, CHANGE, WITHDRAW, ABSENT, CONCLUDE, MEETING, GIVE})
AT_ONCE = frozenset({LISTEN, STEP, CARRIED, TASK})


class MatterPress(Press, prefix="mA"):
    """A press on something about a proposal."""

    proposal: int
    do: str
    value: str


def press(matter_id: int, do: str, label: str, value: str = "") -> Button:
    """Return a button about a proposal."""
    return Button(label=label, data=MatterPress(proposal=matter_id, do=do, value=value).pack())


def listen(matter_id: int, words: Words) -> Button:
    """Return the button that plays the question as it was spoken; `words` are plain."""
    return press(matter_id, LISTEN, "🔊 " + words.pgettext("button", "Listen"))


def following(matter: Matter, now: datetime, words: Words) -> list[Button]:
    """Return what can be said after a vote; `words` are plain."""
    proposal, number = matter.proposal, matter.proposal.id
    if proposal.undecided(now):
        if not matter.runs:
            return []
        found = [
            press(number, STEP, words.pgettext("button", "Take it to the meeting"), "meeting"),
            press(number, STEP, words.pgettext("button", "Drop it"), "drop"),
        ]
        if proposal.extendable(now):
            more = words.pgettext("button", "Give more time")
            found.insert(0, press(number, STEP, more, "extend"))
        return found
    found = []
    if proposal.meets:
        found.append(press(number, MEETING, words.pgettext("button", "The meeting decided")))
    if proposal.adopted:
        found.append(press(number, CONCLUDE, words.pgettext("button", "Who does what")))
        if proposal.sentence is not None:
            found += carrying(number, words)
    return found


def carrying(number: int, words: Words) -> list[Button]:
    """Return the three answers to what became of a decision; `words` are plain."""
    return [
        press(number, CARRIED, "✅ " + words.pgettext("button", "It is done"), "done"),
        press(number, CARRIED, "◐ " + words.pgettext("button", "Partly done"), "partly"),
        press(number, CARRIED, "▫️ " + words.pgettext("button", "Not done"), "not_done"),
    ]


def finishing(matter: Matter, tasks: Sequence[Task], words: Words) -> list[Button]:
    """Return a button for each task that is hers and not done yet; `words` are plain."""
    return [
        press(
            matter.proposal.id,
            TASK,
            fitting.label("✅ " + words.pgettext("button", "Done: {task}", task=task.text)),
            str(task.id),
        )
        for task in tasks
        if task.person_id == matter.person and not task.done
    ]
