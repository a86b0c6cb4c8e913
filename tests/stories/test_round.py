"""A round opens, reminds, closes, and tells what came of it."""

from datetime import timedelta

NAMES = ("Aline", "Béatrice", "Clarisse", "Dorcas", "Espérance")
FIVE = [(name, "ln" if name == "Aline" else "fr") for name in NAMES]


async def answer(cast, *names):
    """These members finish: good spirits, a sale, nothing needed."""
    for name in names:
        await cast[name].checks_in("4", "2", "1")


async def test_only_those_who_have_not_finished_are_reminded(stage, now):
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(minutes=1))
    await answer(cast, "Béatrice")
    await stage.until(now + timedelta(hours=24, minutes=1))
    await cast["Dorcas"].sees("Ton point est encore ouvert", "dimanche 29 novembre à 17:00")
    await cast["Aline"].sees("Okoki koyanola mituna ya mposo")
    await cast["Béatrice"].never_saw("encore ouvert")


async def test_a_reminder_goes_on_where_she_stopped(stage, now):
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(minutes=1))
    await cast["Dorcas"].taps("4")
    await stage.until(now + timedelta(hours=24, minutes=1))
    await cast["Dorcas"].sees("encore ouvert", "Qu’as-tu fait avec le groupe")


async def test_after_two_reminders_there_is_silence(stage, now):
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(days=3) - timedelta(minutes=1))
    reminders = [r for r in await cast["Dorcas"].records() if "encore ouvert" in r["text"]]
    assert len(reminders) == 2


async def test_the_group_gets_a_summary_without_names_in_both_languages(stage, now):
    cast = await stage.found(*FIVE, group=True)
    await stage.until(now + timedelta(minutes=1))
    await answer(cast, *NAMES)
    await stage.until(now + timedelta(days=3, minutes=1))
    group = await stage.in_group(cast["Nadine"], cast.group)
    summary = await group.sees("Tujenge: mposo oyo", "Tujenge : votre semaine", "▓▓▓▓░ 4,0")
    assert "5 membres sur 5 ont répondu" in summary["text"]
    assert "· Vente 5" in summary["text"]
    assert not [name for name in NAMES if name in summary["text"]]
    assert summary["silent"]


async def test_under_five_answers_nothing_is_shown_but_how_many(stage, now):
    cast = await stage.found(*FIVE, group=True)
    await stage.until(now + timedelta(minutes=1))
    await answer(cast, *NAMES[:4])
    await stage.until(now + timedelta(days=3, minutes=1))
    summary = await (await stage.in_group(cast["Nadine"], cast.group)).sees("4 membres sur 5")
    assert "▓" not in summary["text"]
    assert "Vente" not in summary["text"]


async def test_without_a_group_each_member_gets_the_summary(stage, now):
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(minutes=1))
    await answer(cast, *NAMES)
    await stage.until(now + timedelta(days=3, minutes=1))
    await cast["Aline"].sees("Tujenge: mposo ya groupe")
    await cast["Dorcas"].sees("la semaine du groupe", "t’a donné de la force")
    await cast["Nadine"].sees("semaine du jeudi 26 novembre", "Besoins", "· Rien 5")


async def test_the_next_round_comes_a_week_later(stage, now):
    cast = await stage.found(*FIVE)
    await stage.until(now + timedelta(days=7, minutes=1))
    cards = [
        r for r in await cast["Aline"].records() if r["text"].startswith("Mbote Aline. Mituna")
    ]
    assert len(cards) == 2
