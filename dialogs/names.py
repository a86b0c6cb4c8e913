"""The words for the keys of the domain, in somebody's language."""

from collective.collectives import GroupLanguage, Trade
from collective.people import Role
from locales.words import Words


def trade(key: Trade, words: Words) -> str:
    """Name a trade."""
    return {
        Trade.DYEING: words.pgettext("trade", "Dyeing"),
        Trade.EMBROIDERY: words.pgettext("trade", "Embroidery"),
        Trade.SEWING: words.pgettext("trade", "Sewing"),
        Trade.OTHER: words.pgettext("trade", "Other trade"),
    }[key]


def role(key: Role, words: Words) -> str:
    """Name a role, as in "you come in as …"."""
    return {
        Role.MEMBER: words.pgettext("role", "member"),
        Role.FACILITATOR: words.pgettext("role", "facilitator"),
        Role.COORDINATOR: words.pgettext("role", "coordinator"),
    }[key]


def group_language(key: GroupLanguage, words: Words) -> str:
    """Name what a group is spoken to in."""
    return {
        GroupLanguage.FRENCH: words.pgettext("group language", "French"),
        GroupLanguage.LINGALA: words.pgettext("group language", "Lingala"),
        GroupLanguage.BOTH: words.pgettext("group language", "Lingala and French"),
    }[key]
