"""aiogram was imported without building its types, and each can still be built."""

import sys
from inspect import get_annotations, isclass

import aiogram.types

TYPES = [each for each in vars(aiogram.types).values() if isclass(each)]
MODELS = [each for each in TYPES if hasattr(each, "model_rebuild")]


def test_types_that_nobody_used_are_not_built():
    """The tests import it as the bot does."""
    assert len([each for each in MODELS if not each.__pydantic_complete__]) > 200


def test_every_type_finds_the_names_in_its_fields_where_pydantic_looks():
    for model in MODELS:
        here = vars(sys.modules[model.__module__])
        for base in model.__mro__[: model.__mro__.index(aiogram.types.TelegramObject)]:
            for field in get_annotations(base).values():
                assert not isinstance(field, str) or eval(field, here)
