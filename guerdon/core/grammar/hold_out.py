"""The grammar of the hold-out: how many members go without campaigns."""

from typing import Final

from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.transfers import Percent
from guerdon.core.hold_out import SHARE_MAX, HoldOut

HOLD_OUT: Final = Record(
    HoldOut,
    Field("share", Percent(SHARE_MAX), "How many of the members, in percent; 50 is the most."),
    form="a mapping like {share: 5}",
)
