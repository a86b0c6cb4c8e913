"""What a campaign counts, and the table it becomes."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
DATA = ROOT / "data" / "faults.json"
#: The table stands between these lines of the page.
BEGIN, END = "<!-- faults: written by make faults -->", "<!-- end of faults -->"


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much a campaign does."""

    #: Where rounds open: members, rounds, how often the bot is killed in each.
    members: int
    rounds: int
    kills: int
    #: Seconds somebody thinks about a question, at most.
    pause: float
    #: A broadcast goes to so many while so many others answer a check-in.
    crowd: int
    answering: int
    #: How many troubles it goes through, chosen by chance; None: all.
    troubles: int | None
    #: A broadcast that is killed or stopped goes to so many, and that happens so often.
    audience: int
    ends: int


#: How much a campaign does: "small" in `make check`, "whole" in `make faults`.
SIZES = {
    "small": Size(
        members=10,
        rounds=1,
        kills=1,
        pause=0.1,
        crowd=24,
        answering=2,
        troubles=2,
        audience=60,
        ends=1,
    ),
    "whole": Size(
        members=300,
        rounds=2,
        kills=3,
        pause=8.0,
        crowd=2000,
        answering=20,
        troubles=None,
        audience=1000,
        ends=50,
    ),
}
SIZE = os.environ.get("LISANGA_CAMPAIGN", "small")
#: Where the campaign is whole, on both engines; these are the same on both.
by_size = pytest.mark.parametrize(
    "engine", ["sqlite", "postgresql"] if SIZE == "whole" else ["sqlite"]
)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of everything that should have arrived once."""

    fault: str
    engine: str
    #: Messages, or answers shown as received.
    sent: int
    #: Messages that came a second time.
    duplicated: int
    #: Outbox rows whose end nobody knows.
    unclear: int
    lost: int


def write(rows: Sequence[Tally]) -> None:
    """Print the table, put it into the page in place of the last one, and write it as JSON."""
    lines = ["| fault | engine | sent | duplicated | unclear | lost |"]
    lines += ["| --- | --- | ---: | ---: | ---: | ---: |"]
    lines += ["| " + " | ".join(str(each) for each in asdict(row).values()) + " |" for row in rows]
    table = "\n".join(lines)
    sys.stdout.write(f"\n{table}\n")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    DATA.parent.mkdir(exist_ok=True)
    DATA.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
