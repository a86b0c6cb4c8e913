"""The fault switchboard: what goes wrong on purpose, how often, and whom it strikes."""

from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from playground.fault_kinds import KINDS, Kind, Moment
from playground.refusals import ControlError, number

#: As a method: every one, polling too.
EVERY = "*"


@dataclass(kw_only=True)
class Fault:
    """One armed fault; so many calls or updates are hit, then it is gone."""

    kind: str
    method: str | None = None
    chat_id: int | None = None
    count: int = 1
    retry_after: int = 3
    when: Moment
    #: How likely a call it means is hit; the same seed hits the same ones.
    probability: float = 1.0
    seed: int = 0
    #: How long it lasts where it lasts, in seconds; None: as long as the playground was told.
    seconds: float | None = None
    luck: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.luck = Random(self.seed)  # noqa: S311 - chance that can be had again

    def means(self, method: str | None, chat_id: int | None) -> bool:
        """Whether it is about this call, or with no method about this update."""
        if self.chat_id not in {None, chat_id}:
            return False
        if KINDS[self.kind].basic_groups and not _is_basic_group(chat_id):
            return False
        wanted = self.method or KINDS[self.kind].method
        if method is None or wanted == EVERY:
            return True
        return method == wanted.lower() if wanted else method != "getupdates"

    def shown(self) -> dict[str, Any]:
        """For the page."""
        return {name: value for name, value in asdict(self).items() if name != "luck"}


class Faults:
    """What is armed now."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, body: dict[str, Any]) -> None:
        """Add one, as the control API describes it."""
        name = str(body.get("kind"))
        if name not in KINDS:
            raise ControlError(400, f"kind must be one of {', '.join(KINDS)}")
        unknown = set(body) - {"kind", *_READERS}
        if unknown:
            raise ControlError(400, f"a fault has no field {', '.join(sorted(unknown))}")
        given = {
            field: _READERS[field](value, field)
            for field, value in body.items()
            if field != "kind" and value is not None
        }
        moments = KINDS[name].moments
        if given.setdefault("when", moments[0]) not in moments:
            raise ControlError(400, f"{name} strikes {' or '.join(moments)}")
        self._armed.append(Fault(kind=name, **given))

    def clear(self) -> None:
        """Disarm all."""
        self._armed.clear()

    def strike(
        self, moment: Moment, method: str | None, chat_id: int | None, kind: str | None = None
    ) -> Fault | None:
        """Give the first armed fault of that moment that means this, used up by one."""
        for fault in self._armed:
            if fault.when != moment or kind not in {None, fault.kind}:
                continue
            if fault.means(method, chat_id) and fault.luck.random() < fault.probability:
                fault.count -= 1
                if fault.count <= 0:
                    self._armed.remove(fault)
                return fault
        return None

    def shown(self) -> list[dict[str, Any]]:
        """For the page."""
        return [fault.shown() for fault in self._armed]


def kind_of(fault: Fault) -> Kind:
    """Give what it does."""
    return KINDS[fault.kind]


def _is_basic_group(chat_id: int | None) -> bool:
    return chat_id is not None and -(10**12) < chat_id < 0


def _moment(value: object, name: str) -> Moment:
    try:
        return Moment(str(value))
    except ValueError:
        raise ControlError(400, f"{name} is one of {', '.join(Moment)}") from None


def _fraction(value: object, name: str) -> float:
    if isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    raise ControlError(400, f"{name} is a number from 0 to 1, not {value!r}")


def _duration(value: object, name: str) -> float:
    if isinstance(value, int | float) and value >= 0:
        return float(value)
    raise ControlError(400, f"{name} is a number of seconds, not {value!r}")


def _text(value: object, _: str) -> str:
    return str(value)


#: Every field beside `kind`, and how it is read.
_READERS: dict[str, Any] = {
    "method": _text,
    "chat_id": number,
    "count": number,
    "retry_after": number,
    "when": _moment,
    "probability": _fraction,
    "seed": number,
    "seconds": _duration,
}
