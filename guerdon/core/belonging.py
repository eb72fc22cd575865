"""The member as conditions on memberships see one."""

from datetime import datetime

from guerdon.core import memberships
from guerdon.core.programme import Programme
from guerdon.core.standing import Standing


def seen(programme: Programme, standing: Standing, at: datetime) -> Standing:
    """With the plans in force at the instant; as it is where the programme has no plans."""
    if not programme.plans:
        return standing
    # What is told late of a period that was given back earns as if it had never been.
    held = [one for one in standing.held if not memberships.given_back(one, at)]
    return standing.with_memberships(memberships.in_force(held, at, programme.zone))
