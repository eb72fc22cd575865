"""The grammar of households: who may spend what is shared, how many may belong, and what who leaves takes along."""

from typing import Final

from guerdon.core import limits
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import Whole, Word
from guerdon.core.grammar.structures import Listing
from guerdon.core.households import ROLES, Households

HOUSEHOLDS: Final = Record(
    Households,
    Field(
        "leaving",
        Word("stay", "take"),
        "Whether what who leaves has brought and earned stays, or goes along as far as it is still there.",
    ),
    Field(
        "may_spend",
        Listing(Word(*ROLES), len(ROLES), unique=True, of="roles, like [owner, adult]"),
        "Who may spend the shared points; the others earn only.",
    ),
    Field("persons_max", Whole(2, limits.HOUSEHOLD_PERSONS_MAX), "How many may belong to one household."),
    Field(
        "invitation_days",
        Whole(1, limits.INVITATION_DAYS_MAX),
        "For how many days after its day an invitation can be accepted.",
    ),
    form="a mapping like {leaving: take}; {} for households as most have them",
)
