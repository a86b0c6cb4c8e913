"""Where the figures go: the page for people, the file for programs."""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
DATA = ROOT / "data" / "bench.json"


def write(part: str, place: str, table: str, figures: Mapping[str, float]) -> None:
    """Print the table, put it into its part of the page, and merge the figures."""
    told = f"{place}\n\n{table}"
    sys.stdout.write(f"\n{told}\n")
    begin, end = f"<!-- {part}: written by make bench -->", f"<!-- end of {part} -->"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n\n{told}\n\n{end}{after}", encoding="utf-8")
    merge(DATA, figures)


def merge(path: Path, figures: Mapping[str, float]) -> None:
    """Put figures beside those of other benches that are in the file."""
    path.parent.mkdir(exist_ok=True)
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | dict(figures), indent=2) + "\n", encoding="utf-8")


def machine() -> str:
    """Say on what and when, and how busy it is with other work: the load of the last minute."""
    cpu = next(
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    today = datetime.now(UTC).date()  # noqa: TID251 - the day of the measurement
    return (
        f"{today:%d %B %Y}, {cpu}, {os.cpu_count()} cores, Linux {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load before it began: {os.getloadavg()[0]:.1f}."
    )
