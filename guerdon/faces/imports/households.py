"""Households of a source become members with attributes, before their purchases are told."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.engine import enrolment
from guerdon.faces.imports.completejourney import Household
from guerdon.features.members.records import Enrolment


def introduce(*, programme_id: str, households: Iterable[Household], at: datetime) -> int:
    """Enrol, as of an instant, those nobody knows yet; members who are there stay as they are. Answers how many."""
    told = {one.external_id: Enrolment((one.external_id,), attributes=dict(one.attributes)) for one in households}
    return enrolment.introduce(programme_id=programme_id, enrolments=told, now=at)
