"""Whole families that must stay complete: refusals, names, bells, messages."""

from dataclasses import replace
from enum import StrEnum

import pytest
from aiogram.filters.callback_data import CallbackData

from collective import activities as activity_rules
from collective import errors
from collective.actions import announcing, telling
from collective.collectives import CADENCES, DEFAULT_RHYTHM, GroupLanguage, Trade
from collective.decisions import Method, Secrecy
from collective.feelings import Felt
from collective.people import Role
from collective.schedules import Bell
from collective.setbacks import Kind
from collective.terms import Announced
from dialogs import names
from dialogs.cards import RENDER, refusals
from dialogs.cards.card import Press
from dialogs.cards.groups import GroupPress
from handlers import routers
from locales.languages import languages
from locales.words import Words
from reports import activities, deciding, outcomes, setbacks
from scheduler import TIMETABLE
from storage import tables

REFUSALS = [kind.__name__ for kind in errors.Refusal.__subclasses__()]
BORDERS = [value for key, value in vars(refusals).items() if key.isupper()]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("refusal", [*REFUSALS, *BORDERS])
def test_every_refusal_has_a_sentence(refusal: str, lang: str):
    ids = {"refusal": refusal, "limit": 40, "collective": "Tujenge"}
    assert refusals.sentence(ids, Words(lang))


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("family", "name"),
    [
        *((Trade, names.trade), (Role, names.role), (GroupLanguage, names.group_language)),
        *((Method, deciding.method_name), (Method, deciding.rule), (Secrecy, deciding.label)),
        *((Announced, deciding.announced), (Felt, outcomes.felt_name)),
        (Kind, setbacks.kind),
        *((activity_rules.Kind, activities.kind), (activity_rules.Coming, activities.coming_name)),
    ],
)
def test_every_value_of_the_domain_has_a_name(family: type[StrEnum], name, lang: str):
    assert all(name(value, Words(lang)) for value in family)


def test_every_button_refuses_numbers_that_no_record_can_have():
    assert routers  # whoever reads buttons is imported
    ours = [each for each in CallbackData.__subclasses__() if "aiogram" not in each.__module__]
    assert ours == [Press]
    with pytest.raises(ValueError, match="number"):
        GroupPress.unpack(f"gA:{2**63}:-1")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("cadence", CADENCES)
def test_every_cadence_a_collective_may_choose_has_a_name(cadence, lang: str):
    rhythm = replace(DEFAULT_RHYTHM, cadence=cadence)
    assert names.cadence(cadence, Words(lang))
    assert Words(lang).weekday(rhythm.weekday) in names.rhythm(rhythm, Words(lang))


def test_every_bell_stands_in_the_timetable():
    assert set(TIMETABLE) == set(Bell)


def test_whatever_is_told_of_a_vote_or_an_activity_has_a_card():
    assert {*telling.KINDS, *announcing.KINDS} <= set(RENDER)


def test_every_kind_of_message_fits_its_column():
    assert max(map(len, RENDER)) <= tables.outbox.c.kind.type.length
