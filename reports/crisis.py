"""What is said about a crisis check-in: how it goes, and its summary. No names but for silence."""

import html

from collective.actions.crises import Going
from collective.actions.summaries import Summary
from collective.figures import FEWEST
from locales.words import Words
from reports import summary as ordinary


def page(going: Going, last: Summary | None, words: Words) -> str:
    """Say how it goes, or what opening one means and how the `last` one went."""
    if going.round is None:
        return "\n\n".join([_offer(going, words), *_before(last, words)])
    until = words.moment(going.round.closes_at, going.collective.zone)
    lines = [
        f"🆘 <b>{html.escape(going.collective.name, quote=False)}</b>",
        words.gettext(
            "Crisis check-in: answers {answered} of {expected}. It closes {moment}.",
            answered=going.answered,
            expected=going.asked,
            moment=until,
        ),
    ]
    if going.silent:
        lines.append(
            words.gettext("No word yet from these. Press a name to enter what she told you:")
        )
    return "\n\n".join(lines)


def group_summary(found: Summary, words: Words) -> str:
    """Say to the whole group how it went."""
    name = found.collective.name
    title = words.pgettext("group", "🆘 <b>{name}</b>: how you are", name=name)
    return _joined([title, *_told(found, words)])


def member_summary(found: Summary, words: Words) -> str:
    """Say the same to one member, where the collective has no group."""
    title = words.gettext("🆘 <b>{name}</b>: how the group is", name=found.collective.name)
    return _joined([title, *_told(found, words)])


def closed_summary(found: Summary, words: Words) -> str:
    """Say the same to one who accompanies it, with how many asked for help."""
    title = words.gettext("🆘 <b>{name}</b>: how the group is", name=found.collective.name)
    needed = _counted(found, "help", words)
    follows = words.gettext("/suivi lists who has asked for you.")
    return _joined([title, *_told(found, words), *needed, follows])


def _offer(going: Going, words: Words) -> str:
    name = going.collective.name
    if not going.asked:
        return words.gettext("Nobody can be asked in {collective} now.", collective=name)
    lines = [
        words.ngettext(
            "🆘 Ask {n} member of {collective} now whether she is safe and who needs help?",
            "🆘 Ask {n} members of {collective} now whether they are safe and who needs help?",
            going.asked,
            collective=name,
        ),
        words.gettext(
            "They get it at any hour. For two days nobody is reminded of the ordinary check-in or "
            "of a vote, or invited to what comes again. Who makes a pause is left in peace."
        ),
    ]
    return "\n\n".join(lines)


def _before(last: Summary | None, words: Words) -> list[str]:
    if last is None:
        return []
    zone = last.collective.zone
    return [f"{words.moment(last.round.closes_at, zone)}\n{member_summary(last, words)}"]


def _told(found: Summary, words: Words) -> list[str]:
    """Tell what everybody may see: not who or how many asked for help."""
    lines = [ordinary.answered(found, words)]
    if 0 < found.figures.answered < FEWEST:
        lines.append(words.gettext("What was answered is shown from {n} answers on.", n=FEWEST))
    lines += [*_counted(found, "safe", words), *_counted(found, "stops", words)]
    mean = found.figures.means.get("restart")
    if mean is not None:
        bar = ordinary.mood_bar(mean, words)
        lines.append(words.gettext("That we can start again: {bar}", bar=bar))
    return lines


def _counted(found: Summary, key: str, words: Words) -> list[str]:
    question = found.form.question(key)
    if question is None:
        return []
    return ordinary.counted(found, key, words.pgettext("question", question.text), words)


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
