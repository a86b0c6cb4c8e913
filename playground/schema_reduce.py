"""Makes schema.json from the machine-readable Bot API that aiogram's source package carries.

    pip download --no-deps --no-binary :all: aiogram==3.31.0
    tar xzf aiogram-3.31.0.tar.gz
    python -m playground.schema_reduce aiogram-3.31.0/.butcher/schema/schema.json

Kept: names, types and requiredness; a type is a map from field to type, "!" marks a required one.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("schema.json")

QUOTED = re.compile(r"'([a-z_]+)'")
#: Descriptions that list every value a field may have.
LISTING = re.compile(r"(?:can be|currently one of|always|must be)\b", re.IGNORECASE)
RESULT = re.compile(r"(?:Returns|On success,|Otherwise,|otherwise|is returned)[^.]*")


def reduce(schema: dict[str, Any]) -> dict[str, Any]:
    """Reduce the whole schema; its shape is described above and in `schema.py`."""
    entities = [child for item in schema["items"] for child in item["children"]]
    types = [entity for entity in entities if entity["category"] == "types"]
    names = {entity["name"] for entity in types}
    return {
        "api": schema["api"]["version"],
        "types": {entity["name"]: _fields(entity) for entity in types},
        "unions": {entity["name"]: choice for entity in types if (choice := _union(entity, names))},
        "values": {
            f"{entity['name']}.{field['name']}": values
            for entity in types
            for field in entity["annotations"]
            if (values := _values(field))
        },
        "methods": {
            entity["name"]: {"returns": _result(entity, names), "params": _fields(entity)}
            for entity in entities
            if entity["category"] == "methods"
        },
    }


def _fields(entity: dict[str, Any]) -> dict[str, str]:
    return {
        field["name"]: field["type"] + ("!" if field["required"] else "")
        for field in entity["annotations"]
    }


def _union(entity: dict[str, Any], names: set[str]) -> list[str]:
    """List the types of which it is one, when it has no fields of its own."""
    if entity["annotations"]:
        return []
    lines = [line.strip(" -") for line in entity["description"].splitlines()[1:]]
    return [line for line in lines if line in names]


def _values(field: dict[str, Any]) -> list[str]:
    if field["name"] not in {"type", "status", "source"} or field["type"] != "String":
        return []
    text = field["description"]
    return QUOTED.findall(text) if LISTING.search(text) else []


def _result(entity: dict[str, Any], names: set[str]) -> str:
    """Read what a method answers from the sentences that say so: "A or B", "Array of A"."""
    found = []
    for sentence in RESULT.findall(entity["description"]):
        for array, name in re.findall(r"\b(Array of )?([A-Z]\w+)\b", sentence):
            kind = {"True": "Boolean", "Integer": "Integer", "String": "String"}.get(name, name)
            if kind in names | {"Boolean", "Integer", "String"}:
                found.append(array + kind)
    return " or ".join(dict.fromkeys(found))


def _written(reduced: dict[str, Any]) -> str:
    """Write compact JSON with a line for each type and method, so that changes can be read."""
    parts = []
    for name, part in reduced.items():
        if isinstance(part, dict):
            lines = [f"{json.dumps(key)}:{_compact(value)}" for key, value in part.items()]
            parts.append(f'"{name}":{{\n' + ",\n".join(lines) + "\n}")
        else:
            parts.append(f'"{name}":{json.dumps(part)}')
    return "{" + ",\n".join(parts) + "}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(_written(reduce(json.loads(Path(sys.argv[1]).read_text()))))
