"""Everything that is kept about one person: a message to read, a file to keep.

The file is one page of HTML in her language, readable on any phone; the same data stand in it once
more as JSON, with every column, for whoever wants to work with them.
"""

import base64
import html
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collective.actions.erasing import Kept
from collective.activities import FileKind
from collective.forms import PASSED, TEXT, VOICE, Form, Question
from locales.words import Words

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.5 sans-serif;margin:1em}}</style></head>
<body><h1>{title}</h1>
{body}
<script type="application/json" id="data">{data}</script></body></html>
"""

_PLAYER = '<audio controls src="data:audio/ogg;base64,{content}"></audio>'
_PICTURE = '<img alt="" width="300" src="data:image/jpeg;base64,{content}">'

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
        "words": words.gettext("What you wrote in your own words"),
        "voices": words.gettext("What you said in your own words"),
        "join_requests": words.gettext("Where you asked to come in"),
        "outbox": words.gettext("Messages I sent you, without their words"),
        "shown": words.gettext("Cards in this chat"),
        "conversation": words.gettext("Questions left open"),
        "collectives": words.gettext("Collectives you created"),
        "group_chats": words.gettext("Telegram groups you linked"),
        "invites": words.gettext("Invitations you gave out"),
        "broadcasts": words.gettext("Messages you wrote to a collective"),
        "broadcast_versions": words.gettext("What you said in them"),
        "broadcast_heard": words.gettext("Messages you said you had heard"),
        "broadcast_replies": words.gettext("What you replied to messages"),
        "proposals": words.gettext("What you proposed"),
        "proposal_options": words.gettext("Options in what you proposed"),
        "spoken_questions": words.gettext("Questions you asked by voice"),
        "concerns": words.gettext("What you said about proposals"),
        "entitled": words.gettext("Votes you can or could take part in"),
        "ballots": words.gettext("Your ballots in open votes"),
        "felt": words.gettext("How you felt about decisions"),
        "tasks": words.gettext("What you took on"),
        "activities": words.gettext("Activities you planned or are in charge of"),
        "activity_answers": words.gettext("Whether you come to activities"),
        "attendance": words.gettext("Activities you were at"),
        "activity_files": words.gettext("What you said or showed of activities"),
        "activity_felt": words.gettext("How you felt about meetings"),
        "setbacks": words.gettext("Setbacks you told of"),
        "lessons": words.gettext("What you learned from setbacks"),
        "follow_ups": words.gettext("When you asked for your facilitator"),
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
        say = _SAID.get(table, _line)
        lines = [say(row, kept, forms, words) for row in rows]
        items = "".join(f"<li>{line}</li>" for line in lines if line)
        yield f"<h2>{title}</h2><ul>{items}</ul>"


def _answer(row: Row, kept: Kept, forms: Mapping[str, Form], words: Words) -> str:
    """Say an answer as she gave it: the day, the question, what she chose."""
    asked = _asked(row, kept, forms)
    if asked is None:
        return _line(row, kept, forms, words)
    day, question = asked
    labels = {choice.key: words.pgettext("choice", choice.label) for choice in question.choices}
    labels[PASSED] = words.gettext("I'd rather not say")
    labels[TEXT] = words.gettext("your own words")
    labels[VOICE] = words.gettext("your voice note")
    said = words.list_and(labels.get(key, key) for key in row["value"].split(","))
    return f"{words.date(day)} · {words.pgettext('question', question.text)} <b>{said}</b>"


def _own_words(row: Row, kept: Kept, forms: Mapping[str, Form], words: Words) -> str:
    """Give what she wrote to read, and what she said to hear: any browser plays it."""
    asked = _asked(row, kept, forms)
    if asked is None:
        return _line(row, kept, forms, words)
    said = html.escape(row["text"]) if row.get("text") else _spoken(row, kept, forms, words)
    return f"{words.date(asked[0])} · {said}"


def _spoken(row: Row, _kept: Kept, _forms: Mapping[str, Form], words: Words) -> str:
    return _shown(_PLAYER, row["sound"]) if row.get("sound") else words.gettext("your voice note")


def _told(row: Row, kept: Kept, forms: Mapping[str, Form], words: Words) -> str:
    """Say a row, with what she spoke."""
    return _line(row, kept, forms, words) + _shown(_PLAYER, row.get("sound"))


def _given(row: Row, kept: Kept, forms: Mapping[str, Form], words: Words) -> str:
    """Say a row, with the voice note or the photo that it is about."""
    frame = _PICTURE if row["kind"] == FileKind.PHOTO else _PLAYER
    return _line(row, kept, forms, words) + _shown(frame, row.get("content"))


def _shown(frame: str, content: bytes | None) -> str:
    """Put a file where any browser plays or shows it; nothing where it is not kept."""
    return frame.format(content=base64.b64encode(content).decode()) if content else ""


def _asked(row: Row, kept: Kept, forms: Mapping[str, Form]) -> tuple[date, Question] | None:
    """Return on which day she was asked what this row answers, and the question."""
    rounds = {each["id"]: kept.rounds.get(each["round_id"]) for each in kept.rows["checkins"]}
    round_ = rounds[row["checkin_id"]]
    if round_ is None or round_.form not in forms:
        return None
    question = round_.form_of(forms).question(row["question"])
    day = round_.opens_at.astimezone(_zone(kept)).date()
    return (day, question) if question else None


def _line(row: Row, kept: Kept, _forms: Mapping[str, Form], words: Words) -> str:
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
    if isinstance(value, bytes):
        # Heavy, and to be heard or seen further up.
        return f"{len(value)} B"
    return value.isoformat() if isinstance(value, date) else str(value)


def _name(kept: Kept) -> str:
    return str(kept.rows["persons"][0]["name"]) if kept.rows["persons"] else ""


def _zone(kept: Kept) -> ZoneInfo:
    """Her clock: the zone of her first collective."""
    return next((each.tzinfo for each in kept.collectives.values()), ZoneInfo("UTC"))


#: How a row is said, by table; of any other `_line`.
_SAID: Mapping[str, Callable[[Row, Kept, Mapping[str, Form], Words], str]] = {
    "answers": _answer,
    "words": _own_words,
    "voices": _own_words,
    "spoken_questions": _spoken,
    "setbacks": _told,
    "activity_files": _given,
}
