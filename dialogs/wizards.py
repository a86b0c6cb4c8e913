"""Every dialog there is, built anew for each dispatcher."""

from collections.abc import Sequence

from dialogs import broadcasts, founding, invites, joining, summaries
from dialogs.text import Wizard


def build() -> Sequence[Wizard]:
    """Return the dialogs; the order does not matter, each has states of its own."""
    return [each.build() for each in (joining, founding, invites, broadcasts, summaries)]
