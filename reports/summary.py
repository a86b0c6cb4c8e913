"""The summary of a round as text: counts, a mood bar, what was done together. No names."""

from decimal import ROUND_HALF_UP, Decimal

from collective.actions.life import Support
from collective.actions.summaries import Overview, Summary
from collective.figures import FEWEST, Breakdown
from collective.forms import Kind, Question
from locales.words import Words
from reports import life

_FULL, _EMPTY = "▓", "░"
_STEPS = 5


def group_summary(summary: Summary, words: Words) -> str:
    """Say to the whole group how the round went and give it one question to talk about."""
    lines = [
        words.pgettext("group", "<b>{name}</b>: your week", name=summary.collective.name),
        answered(summary, words),
        *_mood(summary, words),
        *_together(summary, words),
        *_felt(summary, words),
        *life.told(summary.life, summary.collective.zone, words),
        words.pgettext("group", "To talk about: what gave you strength this week?"),
    ]
    return _joined(lines)


def member_summary(summary: Summary, words: Words) -> str:
    """Say the same to one member, where the collective has no group."""
    lines = [
        words.gettext("<b>{name}</b>: the week of the group", name=summary.collective.name),
        answered(summary, words),
        *_mood(summary, words),
        *_together(summary, words),
        *_felt(summary, words),
        *life.told(summary.life, summary.collective.zone, words),
        words.gettext("To talk about together: what gave you strength this week?"),
    ]
    return _joined(lines)


def closed_summary(summary: Summary, words: Words, support: Support | None = None) -> str:
    """Say the same to one who accompanies the collective: what was needed, what needs care."""
    lines = [
        words.gettext(
            "<b>{name}</b>, week of {day}",
            name=summary.collective.name,
            day=words.day(summary.round.opens_at.astimezone(summary.collective.tzinfo).date()),
        ),
        answered(summary, words),
        *_mood(summary, words),
        *_together(summary, words),
        *_needs(summary, words),
        *_felt(summary, words),
        *_others(summary, words),
        *life.told(summary.life, summary.collective.zone, words),
    ]
    if support is not None:
        lines += life.support(support, summary.collective.zone, words)
    return _joined(lines)


def overview_text(overview: Overview, words: Words) -> str:
    """Say how the last closed round went and how far the open one has come."""
    name = overview.collective.name
    if overview.last is not None:
        parts = [closed_summary(overview.last, words, overview.support)]
    else:
        parts = [words.gettext("<b>{name}</b>: no summary yet.", name=name)]
        if overview.support is not None:
            lines = life.support(overview.support, overview.collective.zone, words)
            parts += [_joined(lines)] if lines else []
    if overview.open is not None:
        parts.append(
            words.gettext(
                "The check-in under way: answers {answered} of {expected}. It closes {moment}.",
                answered=overview.open_answered,
                expected=overview.open_expected,
                moment=words.moment(overview.open.closes_at, overview.collective.zone),
            )
        )
    return "\n\n".join(parts)


def mood_bar(mean: Decimal, words: Words) -> str:
    """Draw a mean of 1 to 5 as text, which costs no data: ▓▓▓▓░ 3,6."""
    return f"{bar(int(mean.to_integral_value(ROUND_HALF_UP)))} {words.number(mean, 1)}"


def bar(full: int) -> str:
    """Draw a digit of 1 to 5 as that many full steps."""
    return _FULL * full + _EMPTY * (_STEPS - full)


def answered(summary: Summary, words: Words) -> str:
    """Say how many have answered."""
    return words.ngettext(
        "{n} member of {expected} answered",
        "{n} members of {expected} answered",
        summary.figures.answered,
        expected=summary.figures.expected,
    )


def _mood(summary: Summary, words: Words) -> list[str]:
    lines = []
    for mean in summary.figures.means.values():
        if mean is not None:
            lines.append(words.gettext("Motivation: {bar}", bar=mood_bar(mean, words)))
        elif 0 < summary.figures.answered < FEWEST:
            lines.append(words.gettext("Motivation: shown from {n} answers on.", n=FEWEST))
    return lines


def _together(summary: Summary, words: Words) -> list[str]:
    return counted(summary, "together", words.gettext("Done together:"), words)


def _needs(summary: Summary, words: Words) -> list[str]:
    return counted(summary, "need", words.gettext("Needed:"), words)


def _felt(summary: Summary, words: Words) -> list[str]:
    """Count the answers to the question whose turn it was."""
    question = summary.form.question(summary.round.rotating or "")
    if question is None:
        return []
    text = words.pgettext("question", question.text)
    title = words.gettext("This week's question: {question}", question=text)
    return counted(summary, question.key, title, words)


def _others(summary: Summary, words: Words) -> list[str]:
    """Count what a form asks beyond the questions that have a title of their own."""
    titled = {"together", "need", summary.round.rotating}
    others = [q for q in summary.form.questions if q.key not in titled]
    return [
        line
        for question in others
        for line in counted(summary, question.key, words.pgettext("question", question.text), words)
    ]


def counted(summary: Summary, key: str, title: str, words: Words) -> list[str]:
    """Count the answers to a question of choices, under a title; nothing where too few answered."""
    question = summary.form.question(key)
    breakdown = summary.figures.breakdowns.get(key)
    if question is None or breakdown is None or question.kind is Kind.SCALE:
        return []
    return [f"<b>{title}</b>", *_choices(question, breakdown, words)]


def _choices(question: Question, breakdown: Breakdown, words: Words) -> list[str]:
    labels = {choice.key: choice.label for choice in question.choices}
    return [
        f"· {words.pgettext('choice', labels[key])} {words.number(count)}"
        for key, count in breakdown.counts.items()
    ]


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
