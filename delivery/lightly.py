"""Import aiogram without building its 300 types: that is most of its start and of its memory.

While it is imported, aiogram has pydantic build each of Telegram's types together with all it can
contain. The bot uses a few, and pydantic builds a type by itself at its first use, if it finds the
names that stand in its fields. So the building is left out, and the names are put where pydantic
looks for them: into the module of the type. (aiogram's issues 1513, 1876 and 1891.)
"""

import re
import sys
from collections.abc import Mapping
from inspect import get_annotations
from typing import Any, cast

from pydantic import BaseModel


def import_aiogram() -> None:
    """Import it; call this before anything else does. When it is there already, change nothing."""
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}
    build = BaseModel.__dict__["model_rebuild"]

    def leave(cls: type[BaseModel], /, **options: Any) -> bool | None:
        if "_types_namespace" not in options:
            return cast("bool | None", build.__func__(cls, **options))
        names.update(options["_types_namespace"])
        return None

    BaseModel.model_rebuild = classmethod(leave)  # type: ignore[assignment, method-assign] # until it is imported
    try:
        import aiogram  # noqa: F401, PLC0415 - this is the import
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign] # as it was
    for each in list(names.values()):
        if isinstance(each, type) and issubclass(each, BaseModel):
            _put_names(each, names)


def _put_names(model: type[BaseModel], names: Mapping[str, Any]) -> None:
    """Give the module of a type the names that stand in its fields, inherited ones too."""
    module = vars(sys.modules[model.__module__])
    fields = [str(each) for base in model.__mro__ for each in get_annotations(base).values()]
    for name in names.keys() & re.findall(r"\w+", " ".join(fields)):
        module.setdefault(name, names[name])
