"""The words for the keys of the domain, in somebody's language."""

from collective.calendar import Cadence
from collective.collectives import GroupLanguage, Rhythm, Trade
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


def cadence(key: Cadence, words: Words) -> str:
    """Name how often a check-in comes."""
    return {
        Cadence.WEEKLY: words.pgettext("button", "Every week"),
        Cadence.FORTNIGHTLY: words.pgettext("button", "Every two weeks"),
        Cadence.MONTHLY: words.pgettext("button", "Once a month"),
    }[key]


def rhythm(kept: Rhythm, words: Words) -> str:
    """Say on which days a check-in opens, as in "it opens every Thursday"."""
    day = words.weekday(kept.weekday)
    return {
        Cadence.WEEKLY: words.pgettext("rhythm", "every {weekday}", weekday=day),
        Cadence.FORTNIGHTLY: words.pgettext("rhythm", "every second {weekday}", weekday=day),
        Cadence.MONTHLY: words.pgettext("rhythm", "the first {weekday} of the month", weekday=day),
    }[kept.cadence]


def town(zone: str) -> str:
    """Name a time zone by its town, as everybody knows it."""
    return zone.rpartition("/")[2].replace("_", " ")
