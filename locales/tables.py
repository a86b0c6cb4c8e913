"""The names of days, months, lists and lengths of time, as entries of the catalogs."""

from locales.markers import NNP_, NP_

# Names CLDR lacks or spells otherwise in some language. A folder may leave weekdays, months and
# lists untranslated: they then come from CLDR.
WEEKDAYS = (
    NP_("weekday", "Monday"),
    NP_("weekday", "Tuesday"),
    NP_("weekday", "Wednesday"),
    NP_("weekday", "Thursday"),
    NP_("weekday", "Friday"),
    NP_("weekday", "Saturday"),
    NP_("weekday", "Sunday"),
)
#: As short as the head of a calendar's column.
WEEKDAYS_SHORT = (
    NP_("weekday, short", "Mo"),
    NP_("weekday, short", "Tu"),
    NP_("weekday, short", "We"),
    NP_("weekday, short", "Th"),
    NP_("weekday, short", "Fr"),
    NP_("weekday, short", "Sa"),
    NP_("weekday, short", "Su"),
)
MONTHS = (
    NP_("month", "January"),
    NP_("month", "February"),
    NP_("month", "March"),
    NP_("month", "April"),
    NP_("month", "May"),
    NP_("month", "June"),
    NP_("month", "July"),
    NP_("month", "August"),
    NP_("month", "September"),
    NP_("month", "October"),
    NP_("month", "November"),
    NP_("month", "December"),
)
AND = NP_("list", "{start} and {end}")
OR = NP_("list", "{start} or {end}")
WEEKS = NNP_("duration", "{n} week", "{n} weeks")
DAYS = NNP_("duration", "{n} day", "{n} days")
HOURS = NNP_("duration", "{n} hour", "{n} hours")
MINUTES = NNP_("duration", "{n} minute", "{n} minutes")
