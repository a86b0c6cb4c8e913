"""Which message of a chat shows which card."""

from dataclasses import dataclass

from collective.outbox import Ids


@dataclass(frozen=True, kw_only=True)
class ShownCard:
    """A card as a chat shows it, so that a typed answer and an old keyboard find it."""

    message_id: int
    kind: str
    ids: Ids
    #: Whose card it is, None where it is nobody's in particular.
    person: int | None
    #: What it asks beside what its record says, such as a question once more; None: nothing.
    asks: str | None
    #: Whether nothing came after it: only then a tap edits it in place.
    last: bool

    @property
    def drawn_from(self) -> Ids:
        """What the card is drawn from as it stands in the chat."""
        return {**self.ids, "asks": self.asks} if self.asks else self.ids
