"""A member's own line as text: a bar for each check-in, gaps shown as gaps."""

from collective.actions.own_lines import OwnLine, Step
from collective.forms import PASSED
from locales.words import Words
from reports.summary import bar


def own_line(line: OwnLine, words: Words) -> str:
    """Say how she was, the oldest check-in first."""
    title = words.gettext("<b>{name}</b>: your motivation", name=line.collective.name)
    nothing = [words.gettext("You have had no check-in yet.")]
    return "\n".join([title, *([_step(step, line, words) for step in line.steps] or nothing)])


def _step(step: Step, line: OwnLine, words: Words) -> str:
    day = words.date(step.opened_at.astimezone(line.collective.tzinfo).date())
    return f"{day}  {_said(step, words)}"


def _said(step: Step, words: Words) -> str:
    """A digit with its bar, or in words why there is none; never a bar for what was not said."""
    if step.value is None:
        return words.gettext("pause") if step.paused else words.gettext("no answer")
    if step.value.isdigit():
        return f"{bar(int(step.value))} {words.number(int(step.value))}"
    if step.value == PASSED:
        return words.gettext("I'd rather not say")
    choice = step.question.choice(step.value)
    return words.pgettext("choice", choice.label) if choice else step.value
