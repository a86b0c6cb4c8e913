"""Checks a JSON value against the Bot API as published (schema.json, made by schema_reduce.py)."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}


#: Fields that Telegram still sends for old libraries, though it no longer publishes them.
LEGACY = {
    "ChatMemberAdministrator": {"can_manage_voice_chats"},
    "Message": {"new_chat_participant", "new_chat_member", "left_chat_participant"},
    "Chat": {"all_members_are_administrators", "accepted_gift_types"},
    "ChatFullInfo": {"all_members_are_administrators"},
}


@cache
def published() -> dict[str, Any]:
    """Give the reduced schema: api, types, unions, values, methods."""
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_text())
    return schema


def problems(value: Any, kind: str, path: str = "$") -> Iterator[str]:
    """Give what is wrong with a value of that type, each with where it is; nothing when right."""
    choices = [option for part in kind.split(" or ") for option in _options(part)]
    if len(choices) == 1:
        yield from _single(value, choices[0], path)
    elif not any(next(problems(value, choice, path), None) is None for choice in choices):
        yield f"{path}: none of {kind}: {value!r}"


def _options(kind: str) -> list[str]:
    union: list[str] | None = published()["unions"].get(kind)
    return union or [kind]


def _single(value: Any, kind: str, path: str) -> Iterator[str]:
    if kind.startswith("Array of "):
        yield from _array(value, kind.removeprefix("Array of "), path)
    elif kind in PLAIN:
        bool_as_number = isinstance(value, bool) and kind not in {"Boolean", "True"}
        if bool_as_number or not isinstance(value, PLAIN[kind]) or (kind == "True" and not value):
            yield f"{path}: {value!r} is no {kind}"
    elif not isinstance(value, dict):
        yield f"{path}: {value!r} is no {kind}"
    else:
        yield from _object(value, kind, path)


def _array(value: Any, kind: str, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: {value!r} is no Array"
        return
    for index, item in enumerate(value):
        yield from problems(item, kind, f"{path}[{index}]")


def _object(value: dict[str, Any], kind: str, path: str) -> Iterator[str]:
    fields: dict[str, str] = published()["types"][kind]
    for name, field in fields.items():
        if name in value:
            yield from problems(value[name], field.removesuffix("!"), f"{path}.{name}")
            yield from _listed(value[name], f"{kind}.{name}", path)
        elif field.endswith("!"):
            yield f"{path}: {kind} needs {name}"
    for name in value.keys() - fields.keys() - LEGACY.get(kind, set()):
        yield f"{path}: {kind} has no {name}"


def _listed(value: Any, field: str, path: str) -> Iterator[str]:
    values = published()["values"].get(field)
    if values and value not in values:
        yield f"{path}: {field} may not be {value!r}"
