"""Erasure through the engine: what is lost, what ends, and that nothing says any more who it was (LAW 10.30)."""

import sqlite3
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from guerdon.core.activities import Member
from guerdon.core.consents import Said
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.core.redemptions import Address
from guerdon.engine import consents, erase, memberships, night, redemptions, reserve
from guerdon.features.holds import queries as holding
from guerdon.features.members import queries as members
from guerdon.insight import verify
from guerdon.kit import ids, store
from guerdon.kit.store import Statement
from tests import shop
from tests.engine import family
from tests.shop import Shop
