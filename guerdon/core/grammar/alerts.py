"""The grammar of alerts: from where on a pattern of giving points is worth a look."""

from typing import Final

from guerdon.core import limits
from guerdon.core.alerts import Watching
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import Whole

_TIMES: Final = Whole(2, limits.ALERT_TIMES_MAX)

ALERTS: Final = Record(
    Watching,
    Field(
        "purchases_a_day",
        Whole(1, limits.ALERT_TIMES_MAX),
        "With more purchases than this on one card, by one cashier in a day, somebody is alerted.",
    ),
    Field(
        "share_percent",
        Whole(1, 100),
        "With more than this share of all points that a cashier recorded in a week, on one card, somebody is alerted.",
    ),
    Field("adjustments", _TIMES, "With so many adjustments by one person to one member in 30 days, too."),
    Field("senders", _TIMES, "With so many members who give points to one in 30 days, too."),
    Field("wrong_codes", _TIMES, "With so many wrong codes of one cashier or API key within an hour, too."),
    Field(
        "household_stays",
        _TIMES,
        "With so many who came into a household and went within 30 days, leaving points behind, too.",
    ),
    form="a mapping like {purchases_a_day: 5}",
)
