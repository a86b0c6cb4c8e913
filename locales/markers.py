"""Marks sentences that are kept for later, so that the catalogs find them."""


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for this marker
    """Mark a sentence for the catalogs where it is kept for later: `words.gettext(kept)`."""
    return msgid


def NP_(context: str, msgid: str) -> tuple[str, str]:  # noqa: N802 - as above
    """Mark a sentence with its context: `words.pgettext(*kept)`."""
    return context, msgid


def NNP_(context: str, singular: str, plural: str) -> tuple[str, str, str]:  # noqa: N802 - as above
    """Mark a counted sentence with its context: `words.npgettext(*kept, n)`."""
    return context, singular, plural
