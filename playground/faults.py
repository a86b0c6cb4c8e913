"""The fault switchboard: answers that go wrong on purpose."""

from dataclasses import asdict, dataclass
from typing import Any

from playground.refusals import ControlError, number

KINDS = ("429", "timeout_after")


@dataclass(kw_only=True)
class Fault:
    """One armed fault; `count` calls are hit, then it is gone."""

    kind: str
    method: str | None = None
    chat_id: int | None = None
    count: int = 1
    retry_after: int = 3

    def hits(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is meant; without a method, every one but getUpdates."""
        named = method == self.method.lower() if self.method else method != "getupdates"
        return named and self.chat_id in {None, chat_id}


class Faults:
    """What is armed now."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []

    def arm(self, body: dict[str, Any]) -> None:
        """Add one, as the control API describes it."""
        if str(body.get("kind")) not in KINDS:
            raise ControlError(400, f"kind must be one of {', '.join(KINDS)}")
        known = ("method", "chat_id", "count", "retry_after")
        unknown = set(body) - {"kind", *known}
        if unknown:
            raise ControlError(400, f"a fault has no field {', '.join(sorted(unknown))}")
        given = {name: body[name] for name in known if body.get(name) is not None}
        numbers = {name: number(value, name) for name, value in given.items() if name != "method"}
        method = str(given["method"]) if "method" in given else None
        self._armed.append(Fault(kind=str(body["kind"]), method=method, **numbers))

    def clear(self) -> None:
        """Disarm all."""
        self._armed.clear()

    def strike(self, kind: str, method: str, chat_id: int | None) -> Fault | None:
        """Give the first armed fault of that kind that means this call, used up by one."""
        for fault in self._armed:
            if fault.kind == kind and fault.hits(method, chat_id):
                fault.count -= 1
                if fault.count <= 0:
                    self._armed.remove(fault)
                return fault
        return None

    def shown(self) -> list[dict[str, Any]]:
        """For the page."""
        return [asdict(fault) for fault in self._armed]
