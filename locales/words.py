"""How Lisanga says things in one person's language: sentences, dates, numbers, lists.

Messages leave with Telegram's HTML, so a name like `<b>` must not become markup. The one place
that sees to it is here: what fills a placeholder is escaped, and what comes out is `Markup`,
which is not escaped again when it fills another one. Button labels, toasts, file names and
pictures are no HTML: they take `words.plain`, the same sentences without escaping.
"""

import datetime as dt
import html
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from locales import tables
from locales.languages import find, texts


class Markup(str):
    """Text that is HTML already: a placeholder takes it as it is. All other text is escaped."""

    __slots__ = ()


class Words:
    """One language, falling back along its chain: Lingala, then French, then the English source.

    A code without a folder speaks the English source. Fields fill `{name}` placeholders; a
    missing one raises KeyError, and a value is never read as a template itself.
    """

    def __init__(self, lang: str, *, escape: bool = True) -> None:
        self._language = find(lang)
        self._escape = escape
        #: The code of the language spoken.
        self.lang = self._language.code
        #: Its own name for itself, for the button that chooses it.
        self.name = self._language.name

    @cached_property
    def plain(self) -> "Words":
        """The same words where HTML is not understood: buttons, toasts, file names, pictures."""
        return Words(self.lang, escape=False) if self._escape else self

    # Sentences

    def gettext(self, msgid: str, /, **fields: object) -> str:
        """Say a sentence."""
        # Gettext keeps the catalog's header under the empty id.
        return self._fill(self._language.sentences.gettext(msgid) if msgid else "", fields)

    def ngettext(self, singular: str, plural: str, n: int, /, **fields: object) -> str:
        """Say a counted sentence; `{n}` is filled with the number as the language writes it."""
        template = self._language.sentences.ngettext(singular, plural, n)
        return self._fill(template, {"n": self.number(n), **fields})

    def pgettext(self, context: str, msgid: str, /, **fields: object) -> str:
        """Say a sentence that has another wording elsewhere; contexts are told in VOICE.md."""
        template = str(self._language.sentences.pgettext(context, msgid))
        return self._fill(template, fields)

    def npgettext(
        self, context: str, singular: str, plural: str, n: int, /, **fields: object
    ) -> str:
        """Say a counted sentence with a context; `{n}` is filled as in `ngettext`."""
        template = self._language.sentences.npgettext(context, singular, plural, n)
        return self._fill(template, {"n": self.number(n), **fields})

    # Days and hours

    def date(self, day: dt.date) -> str:
        """Write a date in digits, for buttons and lists: 24/11/2026."""
        return format_date(_only_date(day), "short", self._language.locale)

    def day(self, day: dt.date) -> str:
        """Write a date inside a sentence, without the year: mardi 24 novembre."""
        _only_date(day)
        number = self.plain.pgettext("day of the month", "1") if day.day == 1 else day.day
        # Translators: a date inside a sentence, for instance "Tuesday 24 November".
        return self.plain.pgettext(
            "date",
            "{weekday} {day} {month}",
            weekday=self.weekday(day.weekday()),
            day=number,
            month=self.month(day.month),
        )

    def weekday(self, number: int) -> str:
        """Name a day of the week, 0 = Monday."""
        own = self._own(*tables.WEEKDAYS[number])
        return own or get_day_names("wide", locale=self._language.locale)[number]

    def weekday_short(self, number: int) -> str:
        """Name a day of the week at the head of a calendar's column, 0 = Monday."""
        own = self._own(*tables.WEEKDAYS_SHORT[number])
        return own or get_day_names("short", locale=self._language.locale)[number]

    def month_of(self, day: dt.date) -> str:
        """Name the month of a date with its year, above a page of a calendar."""
        # Translators: for instance "November 2026".
        return self.plain.pgettext(
            "date", "{month} {year}", month=self.month(day.month), year=day.year
        )

    def month(self, number: int) -> str:
        """Name a month, 1 = January."""
        own = self._own(*tables.MONTHS[number - 1])
        return own or get_month_names("wide", locale=self._language.locale)[number]

    def time(self, time: dt.time) -> str:
        """Write an hour of the day, for everybody in 24 hours: 17:00."""
        return f"{time:%H:%M}"

    def moment(self, moment: dt.datetime, zone: str) -> str:
        """Write a moment as the clocks of a zone show it: weekday, day and hour.

        `zone` is an IANA name such as Africa/Lubumbashi. Raises ValueError for a naive moment.
        """
        if moment.tzinfo is None:
            raise ValueError("moments are aware")
        local = moment.astimezone(ZoneInfo(zone))
        # Translators: for instance "Tuesday 24 November at 17:00".
        return self.plain.pgettext(
            "date", "{day} at {time}", day=self.day(local.date()), time=self.time(local.time())
        )

    def duration(self, span: dt.timedelta) -> str:
        """Write a length of time to the minute: whole weeks, or its two largest units.

        Raises ValueError for a negative one.
        """
        minutes = round(span / dt.timedelta(minutes=1))
        if minutes < 0:
            raise ValueError("durations are positive")
        weeks, odd = divmod(minutes, 7 * 24 * 60)
        if weeks and not odd:
            return self.plain.npgettext(*tables.WEEKS, weeks)
        hours, rest = divmod(minutes, 60)
        counted = [
            *zip((tables.DAYS, tables.HOURS), divmod(hours, 24), strict=True),
            (tables.MINUTES, rest),
        ]
        parts = [self.plain.npgettext(*unit, n) for unit, n in counted if n]
        return self.plain.list_and(parts[:2] or [self.plain.npgettext(*tables.MINUTES, 0)])

    # Numbers and lists

    def number(self, number: float | Decimal, digits: int = 0) -> str:
        """Write a number with that many digits after the comma, always shown: 3,0."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(number, pattern, self._language.locale)

    def percent(self, share: float | Decimal) -> str:
        """Write a share between 0 and 1 as a whole percentage: 26 %."""
        return format_percent(share, locale=self._language.locale)

    def list_and(self, items: Iterable[object]) -> str:
        """Join as "A, B and C"; items are escaped like fields."""
        return self._list(items, tables.AND, "standard")

    def list_or(self, items: Iterable[object]) -> str:
        """Join as "A, B or C"; items are escaped like fields."""
        return self._list(items, tables.OR, "or")

    def _list(
        self, items: Iterable[object], pattern: tuple[str, str], style: Literal["standard", "or"]
    ) -> str:
        parts = [self._put(item) for item in items]
        own = self._own(*pattern)
        if own and len(parts) > 1:
            joined = own.format(start=", ".join(parts[:-1]), end=parts[-1])
        else:
            joined = format_list(parts, style, self._language.locale)
        return Markup(joined) if self._escape else joined

    def _own(self, context: str, msgid: str) -> str | None:
        """Return what this language's own folder says, None where it leaves it to CLDR."""
        message = self._language.own.get(msgid, context)
        return texts(message.string)[0] if message else None

    def _fill(self, template: str, fields: dict[str, object]) -> str:
        text = template.format_map({name: self._put(value) for name, value in fields.items()})
        return Markup(text) if self._escape else text

    def _put(self, value: object) -> str:
        if isinstance(value, Markup):
            if not self._escape:
                raise TypeError("HTML inside plain words: make the value with words.plain too")
            return value
        # Quotes too, so that a value may stand in an attribute; Telegram knows no &#x27; by name.
        text = str(value)
        return html.escape(text, quote=False).replace('"', "&quot;") if self._escape else text


def _only_date(day: dt.date) -> dt.date:
    if isinstance(day, dt.datetime):
        raise TypeError("which day a moment is depends on the zone: use moment(), or give its date")
    return day
