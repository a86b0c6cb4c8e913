"""Check-ins answered with large keys, which write their label."""

from datetime import timedelta


async def test_a_check_in_is_answered_with_large_keys_several_choices_included(stage, now):
    cast = await stage.found(("Aline", "fr"))
    aline = cast["Aline"]
    await aline.says("/reglages")
    await aline.taps("Suite")
    await aline.taps("Gros boutons")
    await aline.taps("Oui")
    await stage.until(now + timedelta(minutes=1))
    await aline.presses("Bonne")
    await aline.sees("C’est noté : Bonne.", "Qu’as-tu fait avec le groupe")
    await aline.presses("Production")
    await aline.presses("Production")
    assert "C’est tout" not in str(aline.keys())
    await aline.sees("Qu’as-tu fait avec le groupe")
    await aline.presses("Production")
    await aline.presses("Vente")
    await aline.sees("Production et Vente")
    await aline.presses("C’est tout")
    await aline.presses("Rien")
    await aline.presses("Passer")
    await aline.sees("Ton point est fini", "Production et Vente")
    await aline.says("/reglages")
    await aline.taps("Suite")
    await aline.taps("Gros boutons")
    await aline.taps("Non")
    assert aline.keys() == []


async def test_under_a_veil_too_a_check_in_has_large_keys(stage, now):
    cast = await stage.found(("Aline", "fr"))
    aline = cast["Aline"]
    await aline.says("/reglages")
    for label in ("Suite", "Gros boutons", "Oui"):
        await aline.taps(label)
    await aline.says("/reglages")
    for label in ("Mode discret", "Activer"):
        await aline.taps(label)
    await stage.until(now + timedelta(minutes=1))
    await aline.sees("Un petit mot pour toi.")
    await aline.taps("Ouvrir")
    await aline.sees("Comment est ta motivation")
    await aline.presses("Bonne")
    await aline.sees("C’est noté : Bonne.")
    await aline.never_saw("Un petit mot pour toi.")
