"""What goes wrong though nobody did anything wrong: the ledger is away, or a fault of our own."""

import logging


class Away(Exception):
    """The ledger can be neither read nor written now; it comes back, or the bot is stopped."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        #: A short key, such as "disk_full".
        self.reason = reason


def severity(fault: BaseException) -> int:
    """Return the level at which a fault is logged that must not stop the others.

    What comes from outside passes by itself: a warning. Anything else is a fault of our own, which
    somebody has to mend: an error. Of several the worst counts.
    """
    if isinstance(fault, BaseExceptionGroup):
        return max(severity(each) for each in fault.exceptions)
    return logging.WARNING if isinstance(fault, Away | OSError) else logging.ERROR
