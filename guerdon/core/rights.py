"""Who may do what: rights, which keys and people have and routes need, and the roles that people are given."""

from collections.abc import Iterable
from typing import Final, Literal, get_args

from guerdon.core import errors

ROLE_UNKNOWN = errors.declare("invalid", "role_unknown", "role", "known")
RIGHTS_BEYOND = errors.declare("forbidden", "rights_beyond", "rights")

Right = Literal[
    "activities:write", "activities:read", "members:enrol", "members:write", "members:vouch", "members:read",
    "members:list", "profiles:read",
    "adjustments:write", "adjustments:approve", "burns:write", "redemptions:write", "rewards:write", "transfers:write",
    "vouchers:write", "vouchers:redeem", "vouchers:read", "cards:write", "cards:spend", "programme:read",
    "closings:write", "closings:read", "rates:write", "clock:write", "memberships:write", "staff:write", "keys:write",
    "audit:read", "jobs:read", "jobs:write", "figures:read",
    "alerts:read", "alerts:write",
    "claims:open", "claims:read", "claims:write",
    "privacy:read", "privacy:write",
    "segments:read", "segments:write",
    "rules:read", "programme:write", "programme:approve", "simulations:write", "objectives:write",
    "costs:read", "costs:write",
]  # fmt: skip
RIGHTS: Final[tuple[Right, ...]] = get_args(Right)

Role = Literal["owner", "manager", "marketer", "analyst", "finance", "support", "cashier", "partner", "member"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
STAFF: Final[tuple[Role, ...]] = ROLES[:-1]  # who is appointed; a member is whoever has an account of points

_READS: Final[frozenset[Right]] = frozenset(
    {
        "activities:read",
        "members:read",
        "members:list",
        "profiles:read",
        "vouchers:read",
        "programme:read",
        "rules:read",
        "closings:read",
        "figures:read",
        "segments:read",
    }
)
_SHARED: Final[frozenset[Right]] = _READS | {"audit:read", "jobs:read"}

# What each role may. Who stands at a till sees of a member what a sale needs (`members:read`), not the whole profile;
# partners and tills see what is published (`programme:read`), not the workshop (`rules:read`). The member's own pages
# show and change one account only: whose it is decides there, not here.
OF_ROLE: Final[dict[Role, frozenset[Right]]] = {
    "owner": frozenset(RIGHTS),
    "manager": frozenset(RIGHTS) - {"staff:write", "keys:write", "clock:write"},
    "marketer": _READS | {"rewards:write", "vouchers:write", "segments:write", "programme:write", "simulations:write",
                          "objectives:write", "costs:read", "costs:write"},
    "analyst": _READS | {"simulations:write", "costs:read"},
    "finance": _SHARED
    | {
        "closings:write", "rates:write", "adjustments:approve", "programme:approve", "alerts:read", "alerts:write",
        "simulations:write", "costs:read", "costs:write",
    },
    "support": _SHARED
    | {
        "members:enrol", "members:write", "adjustments:write", "redemptions:write", "activities:write",
        "transfers:write", "vouchers:write", "memberships:write", "claims:open", "claims:read", "claims:write",
        "privacy:read", "privacy:write",
    },
    "cashier": frozenset(
        {
            "activities:write", "activities:read", "members:read", "members:enrol", "burns:write", "redemptions:write",
            "vouchers:redeem", "cards:spend", "programme:read",
        }
    ),
    "partner": frozenset({"activities:write", "vouchers:redeem", "programme:read"}),
    "member": frozenset(
        {"activities:read", "members:read", "profiles:read", "vouchers:read", "programme:read", "redemptions:write",
            "transfers:write", "memberships:write", "members:write", "cards:spend", "claims:open", "privacy:read",
            "privacy:write",
        }
    ),
}  # fmt: skip

# What whoever works at a till needs together: to know who stands there, to record, and to see what was recorded.
AT_TILL: Final[tuple[Right, ...]] = ("activities:write", "activities:read", "members:read")


def of(role: Role) -> frozenset[Right]:
    """What a role may."""
    return OF_ROLE[role]


def check_within(given: Iterable[str], own: Iterable[str]) -> None:
    """Nobody gives away what they may not do themselves. Raises `rights_beyond`."""
    beyond = sorted(set(given) - set(own))
    if beyond:
        raise RIGHTS_BEYOND(rights=", ".join(beyond))


def role(name: str) -> Role:
    """The role of staff by its name. Raises `role_unknown`."""
    for one in STAFF:
        if one == name:
            return one
    raise ROLE_UNKNOWN(role=name[:40], known=", ".join(STAFF))


def of_named(name: str) -> frozenset[Right]:
    """What staff of a role may, by the name that somebody gave. Raises `role_unknown`."""
    return of(role(name))
