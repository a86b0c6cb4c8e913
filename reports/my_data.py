"""Everything that is kept about one person: a message to read, a file to keep.

The file is one page of HTML in her language, readable on any phone; the same data stand in it once
more as JSON, with every column, for whoever wants to work with them.
"""

import html
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collective.actions.erasing import Kept
from collective.forms import PASSED, Form
from locales.words import Words

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.5 sans-serif;margin:1em}}</style></head>
<body><h1>{title}</h1>
{body}
<script type="application/json" id="data">{data}</script></body></html>
"""

Row = Mapping[str, Any]


def titles(words: Words) -> Mapping[str, str]:
    """Name every table a person can be in, as she would call what is in it."""
    return {
        "accounts": words.gettext("Your Telegram account"),
        "persons": words.gettext("You"),
        "consents": words.gettext("What you agreed to"),
        "coordinators": words.gettext("Your role as coordinator"),
        "facilitators": words.gettext("Collectives you accompany"),
        "members": words.gettext("Your collectives"),
        "departures": words.gettext("When you left"),
        "checkins": words.gettext("Check-ins you were asked to"),
        "answers": words.gettext("Your answers"),
        "outbox": words.gettext("Messages I sent you, without their words"),
        "shown": words.gettext("Cards in this chat"),
        "conversation": words.gettext("Questions left open"),
        "collectives": words.gettext("Collectives you created"),
        "group_chats": words.gettext("Telegram groups you linked"),
        "invites": words.gettext("Invitations you gave out"),
        "broadcasts": words.gettext("Messages you wrote to a collective"),
        "audit": words.gettext("What you did here, by date"),
    }


def message(kept: Kept, words: Words) -> str:
    """Say in short what is kept, table by table, and what the file holds."""
    counts = [
        words.pgettext(
            "list", "· {title}: {count}", title=title, count=words.number(len(kept.rows[table]))
        )
        for table, title in titles(words).items()
        if kept.rows[table] and table != "persons"
    ]
    lines = [
        words.gettext("This is what I keep about you, {name}:", name=_name(kept)),
        "\n".join(counts),
        words.gettext("The file shows all of it. Names of other people are not in it."),
    ]
    return "\n\n".join(lines)


def page(kept: Kept, forms: Mapping[str, Form], words: Words, now: datetime) -> bytes:
    """Write the file: what a person reads first, then the same as data."""
    title = words.gettext("What Lisanga keeps about you, {name}", name=_name(kept))
    parts = [f"<p>{words.moment(now, _zone(kept).key)}</p>", *_sections(kept, forms, words)]
    data = json.dumps(dict(kept.rows), default=_plain, ensure_ascii=False)
    return _PAGE.format(
        lang=words.lang,
        title=title,
        body="\n".join(parts),
        # Inside a script element only this could end it early.
        data=data.replace("<", "\\u003c"),
    ).encode()


def _sections(kept: Kept, forms: Mapping[str, Form], words: Words) -> Iterator[str]:
    for table, title in titles(words).items():
        rows = kept.rows[table]
        if not rows or table == "checkins":
            continue
        lines = [
            _answer(row, kept, forms, words) if table == "answers" else _line(row, kept, words)
            for row in rows
        ]
        items = "".join(f"<li>{line}</li>" for line in lines if line)
        yield f"<h2>{title}</h2><ul>{items}</ul>"


def _answer(row: Row, kept: Kept, forms: Mapping[str, Form], words: Words) -> str:
    """Say an answer as she gave it: the day, the question, what she chose."""
    rounds = {each["id"]: kept.rounds.get(each["round_id"]) for each in kept.rows["checkins"]}
    round_ = rounds[row["checkin_id"]]
    form = forms.get(round_.form) if round_ else None
    question = form.question(row["question"]) if form else None
    if round_ is None or question is None:
        return _line(row, kept, words)
    labels = {choice.key: words.pgettext("choice", choice.label) for choice in question.choices}
    labels[PASSED] = words.gettext("I'd rather not say")
    said = words.list_and(labels.get(key, key) for key in row["value"].split(","))
    day = words.date(round_.opens_at.astimezone(_zone(kept)).date())
    return f"{day} · {words.pgettext('question', question.text)} <b>{said}</b>"


def _line(row: Row, kept: Kept, words: Words) -> str:
    """Say the values of a row: collectives by name, moments by her clock, numbers left to JSON."""
    values = []
    for column, value in row.items():
        if column == "collective_id" and value in kept.collectives:
            values.append(html.escape(kept.collectives[value].name))
        elif isinstance(value, datetime):
            values.append(words.moment(value, _zone(kept).key))
        elif isinstance(value, date):
            values.append(words.date(value))
        elif isinstance(value, str) and value:
            values.append(html.escape(value))
        elif column == "telegram_id":
            values.append(str(value))
    return " · ".join(values)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(kept: Kept) -> str:
    return str(kept.rows["persons"][0]["name"]) if kept.rows["persons"] else ""


def _zone(kept: Kept) -> ZoneInfo:
    """Her clock: the zone of her first collective."""
    return next((each.tzinfo for each in kept.collectives.values()), ZoneInfo("UTC"))
