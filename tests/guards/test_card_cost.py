"""A tap on a card pays nothing for the wizards."""

from collections import Counter
from datetime import timedelta


def watched(database):
    """Statements by kind, and those about wizards, counted from now on."""
    counts: Counter[str] = Counter()

    def count(statement):
        verb = statement.split(maxsplit=1)[0]
        counts[f"{verb} conversation" if "conversation" in statement else verb] += 1

    for seat in (database._database._writer, *database._database._free):
        seat.driver.set_trace_callback(count)
    return counts


async def test_a_tap_on_a_card_reads_one_state_and_writes_no_wizard(stage, now):
    cast = await stage.found(("Aline", "ln"))
    await stage.until(now + timedelta(minutes=1))
    await cast["Aline"].sees("○○○")
    counted = watched(stage.database)
    await cast["Aline"].taps("4")
    wizard = {key: n for key, n in counted.items() if "conversation" in key}
    assert wizard == {"SELECT conversation": 1}
    assert counted["INSERT"] == 1
