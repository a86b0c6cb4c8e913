"""A facilitator looks at the rhythm of her collective and changes it."""

from datetime import timedelta

import pytest

HOME = (
    "Tujenge",
    "chaque jeudi à 17:00 (heure de Lubumbashi)",
    "pendant 3 jours",
    "07:00 et 20:00",
)


@pytest.fixture
async def cast(stage):
    return await stage.found(("Aline", "fr"))


@pytest.fixture
async def nadine(cast):
    await cast["Nadine"].says("/rythme")
    return cast["Nadine"]


async def test_she_sees_the_next_three_dates_before_she_keeps_a_rhythm(stage, cast, nadine, now):
    await nadine.sees(*HOME, "jeudi 26 novembre à 17:00", "jeudi 3 décembre", "jeudi 10 décembre")
    assert "Enregistrer" not in await nadine.buttons()
    for label in ("Chaque semaine", "Toutes les deux", "Jeudi", "Vendredi", "17:00", "09:00"):
        await nadine.taps(label)
    await nadine.sees(
        "un vendredi sur deux à 09:00",
        "vendredi 27 novembre",
        "vendredi 11 décembre",
        "vendredi 25 décembre",
    )
    await nadine.taps("Enregistrer")
    await nadine.sees("C’est noté.", "un vendredi sur deux")
    assert "Enregistrer" not in await nadine.buttons()
    await stage.until(now + timedelta(hours=15, minutes=55))
    await cast["Aline"].never_saw("motivation")
    await stage.later(minutes=10)
    await cast["Aline"].saw("motivation")


async def test_what_does_not_fit_together_is_said_and_not_kept(nadine):
    for label in ("07:00 …", "11:00"):
        await nadine.taps(label)
    await nadine.sees("entre 11:00 et 20:00", "jeudi 26 novembre")
    for label in ("17:00", "10:00"):
        await nadine.taps(label)
    await nadine.sees("Cela ne va pas ensemble")
    assert "Enregistrer" not in await nadine.buttons()


async def test_a_feast_day_lets_the_check_in_wait(stage, cast, nadine, now):
    for label in ("Jours de fête", "Ajouter un jour"):
        await nadine.taps(label)
    await nadine.sees("Quel jour est un jour de fête ?")
    assert (await nadine.buttons())[:3] == ["novembre 2026", "lu", "ma"]
    await nadine.taps("26")
    await nadine.sees("vendredi 27 novembre à 17:00", "jeudi 3 décembre")
    assert "✕ 26/11/2026" in await nadine.buttons()
    await stage.until(now + timedelta(minutes=5))
    await cast["Aline"].never_saw("motivation")
    await stage.later(days=1)
    await cast["Aline"].saw("motivation")


async def test_a_feast_day_is_taken_back_and_the_calendar_turns_its_pages(nadine):
    for label in ("Jours de fête", "Ajouter un jour", "›", "25"):
        await nadine.taps(label)
    await nadine.taps("✕ 25/12/2026")
    assert await nadine.buttons() == ["Ajouter un jour", "Retour"]
    await nadine.taps("Retour")
    await nadine.sees(*HOME)


async def test_only_who_accompanies_a_collective_changes_its_rhythm(cast):
    for name in ("Joséphine", "Aline"):
        await cast[name].says("/rythme")
        await cast[name].sees("Tu n’as pas accès à cela.")
