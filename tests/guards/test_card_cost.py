"""A tap on a card pays nothing for the wizards."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event


@pytest.fixture
async def counted(stage):
    """Statements by table and kind, counted from now on."""
    counts: Counter[str] = Counter()

    def count(_connection, _cursor, statement, *_rest):
        verb = statement.split(maxsplit=1)[0]
        counts[f"{verb} conversation" if "conversation" in statement else verb] += 1

    for engine in (stage.database._readers, stage.database._writer):
        event.listen(engine, "before_cursor_execute", count)
    return counts


async def test_a_tap_on_a_card_reads_one_state_and_writes_no_wizard(stage, now, counted):
    cast = await stage.found(("Aline", "ln"))
    await stage.until(now + timedelta(minutes=1))
    await cast["Aline"].sees("○○○")
    counted.clear()
    await cast["Aline"].taps("4")
    wizard = {key: n for key, n in counted.items() if "conversation" in key}
    assert wizard == {"SELECT conversation": 1}
    assert counted["INSERT"] == 1
