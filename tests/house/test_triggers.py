"""What must never change can't: the triggers stand after every migration, and refuse on both databases."""

import importlib
import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from guerdon.core.activities import Member, Tender
from guerdon.core.consents import Said
from guerdon.engine import (
    address_waits,
    consents,
    costs,
    drafts,
    earn,
    enrolment,
    erase,
    households,
    memberships,
    merge,
    objectives,
    revocations,
    segments,
    staff,
    transfers,
)
from guerdon.engine.adjust import Actor
from guerdon.engine.batch import Told
from guerdon.features.activities.actions import Idempotency
from guerdon.kit import audit, ddl, durability, store
from guerdon.kit.store import Statement, Table
from tests import claims, gifts, shop, vouchers
from tests.core.test_cost_book import AGENCY
from tests.core.test_objectives import AOV
from tests.engine import catalogue
from tests.house import source

PROTECTED = (
    "activities_activity", "activities_answer", "cards_card",
    "activities_key", "activities_paid", "activities_returned", "adjustments_request", "alerts_alert",
    "claims_claim", "claims_step", "claims_text", "closings_closing", "closings_figures", "consents_consent",
    "costs_entry", "costs_reversal",
    "drafts_step", "draws_seed", "erasures_erasure", "expirations_reminder", "holds_hold", "holds_part",
    "holds_step", "kit_audit", "households_belonging", "households_invitation",
    "ledger_allocation", "ledger_lot", "ledger_passage", "ledger_posting", "ledger_reversal", "members_merge",
    "members_lift", "members_revocation",
    "memberships_membership", "memberships_payment", "memberships_period", "memberships_reference",
    "objectives_objective",
    "programmes_version", "rates_rate", "redemptions_code", "redemptions_redemption", "rewards_picture_change",
    "rewards_supply", "seals_leaf",
    "seals_seal", "segments_version", "tiers_grant", "tiers_step", "transfers_transfer", "vouchers_batch",
    "vouchers_code", "vouchers_use", "vouchers_voucher",
)  # fmt: skip


def _standing() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {row[0] for row in cursor.fetchall()}


def test_start_up_asks_for_every_trigger_there_is(database: str) -> None:
    assert _standing() == set(durability.triggers(connection.vendor))


def test_the_migrations_protect_exactly_these_tables() -> None:
    found = set()
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            inner = getattr(operation, "database_operations", [operation])
            found |= {one.table for one in inner if isinstance(one, ddl.AppendOnly)}
    assert found == set(PROTECTED)


def test_no_migration_makes_models_anew_that_it_does_not_ask() -> None:
    """Each RunPython makes every model as it was by then: half a second for whoever installs, and for every test."""
    found = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        for operation in migration.operations:
            inner = getattr(operation, "database_operations", [operation])
            found |= {f"{app}.{name}" for one in inner if isinstance(one, RunPython)}
    assert not {one for one in found if apps.get_app_config(one.partition(".")[0]).name.startswith("guerdon.")}
    assert found, "those of others have some, so they are seen"


def _changed(statements: Iterable[Statement | Table]) -> set[str]:
    """The tables whose rows some statement of the product changes or drops."""
    found = set()
    for one in statements:
        if isinstance(one, Table):
            found |= {one.name} if one.mode != "insert" else set()
            continue
        for text in (one.text, one.sqlite or ""):
            found.update(re.findall(r"\b(?:UPDATE|DELETE FROM) ([a-z_]+)", text))
            found.update(re.findall(r"INSERT INTO ([a-z_]+)(?=.*DO UPDATE)", text))
    return found


def _told() -> Iterator[Statement | Table]:
    """Every statement of the product, and every way in which it writes rows."""
    for path in source.list_modules():
        name = source.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if ".migrations" not in name and not name.startswith("guerdon.site"):
            module = importlib.import_module(name)
            yield from (one for one in vars(module).values() if isinstance(one, Statement | Table))


def test_what_no_statement_changes_is_append_only() -> None:
    """A new table is protected, or something changes its rows: nobody has to think of it."""
    tables = {one._meta.db_table for one in apps.get_models() if one.__module__.startswith("guerdon.")}
    assert tables - _changed(_told()) - durability.append_only().keys() == set()


@pytest.mark.parametrize(
    "text",
    ["UPDATE x_y SET z = 1", "DELETE FROM x_y", "INSERT INTO x_y (z) VALUES (1) ON CONFLICT (z) DO UPDATE SET z = 1"],
)
def test_the_wall_sees_a_change(text: str) -> None:
    """The control: such a table needs no trigger; one that is only filled and read does."""
    assert _changed([Statement(text)]) == {"x_y"}
    assert _changed([Table("x_y", {"z": "bigint"}, mode="upsert")]) == {"x_y"}
    assert not _changed([Statement("INSERT INTO x_y (z) VALUES (1)"), Table("x_y", {"z": "bigint"})])


@pytest.mark.parametrize("table", PROTECTED)
def test_every_trigger_stands(database: str, table: str) -> None:
    assert set(ddl.trigger_names(table, connection.vendor)) <= _standing()


def _attempts(table: str) -> list[str]:
    column = {
        "programmes_version": "number",
        "activities_answer": "digest",
        "seals_seal": "number",
        "segments_version": "why",
    }.get(table)
    column = {"rewards_supply": "reason", "rewards_picture_change": "actor"}.get(table, column)
    column = "month" if table.startswith("closings_") else "day" if table == "rates_rate" else column
    column = "plan" if table == "memberships_period" else "hash" if table == "draws_seed" else column
    column = "action" if table == "kit_audit" else column
    column = "code" if table == "vouchers_code" else "voucher" if table == "vouchers_batch" else column
    column = {"costs_entry": "note", "costs_reversal": "why"}.get(table, column)
    column = "why" if table == "drafts_step" else "name" if table == "objectives_objective" else column
    column = column or (
        "kind" if table in {"activities_activity", "activities_key", "ledger_posting"} else "account_id"
    )
    attempts = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        return [*attempts, f"TRUNCATE {table} CASCADE"]
    return [*attempts, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]


@pytest.mark.parametrize("table", PROTECTED)
def test_no_row_changes_or_leaves(database: str, table: str) -> None:
    """Tried on rows that are there: a row trigger says nothing about an empty table."""
    _live()
    at_hand = store.current()
    assert at_hand.fetch(store.Statement(f"SELECT count(*) FROM {table}"))[0][0] > 0
    for attempt in _attempts(table):
        with pytest.raises(Exception, match="append-only"), at_hand.transaction():
            at_hand.fetch(store.Statement(attempt))


def _leave(cafe: shop.Shop) -> None:
    """Cleo agrees to something, and wants to be erased."""
    now = shop.moment("2026-01-05")
    cleo = {"programme_id": cafe.programme_id, "member_id": cafe.account("cleo"), "actor": "Emil", "now": now}
    consents.say(**cleo, said={"news": Said(True)}, how="till")
    erase.ask(**cleo)


def _aim(cafe: shop.Shop) -> None:
    by = {"programme_id": cafe.programme_id, "actor": Actor("Emil", "e"), "now": shop.moment("2026-01-05")}
    objectives.begin(AOV, **by)
    told, _ = costs.tell(AGENCY, **by)
    costs.reverse(id=told.id, why="x", **by)


def _save_segment(cafe: shop.Shop) -> None:
    says = segments.Says({"en": "New"}, [{"joined": {"days_max": 30}}], "emil", "spring")
    segments.add(programme_id=cafe.programme_id, key="new", says=says, now=shop.moment("2026-01-05"))


def _appoint(cafe: shop.Shop) -> None:
    staff.appoint(
        programme_id=cafe.programme_id, email="emil@aurora.example", name="Emil", role="owner",
        by=audit.Actor("operator", "operator"), now=shop.moment("2026-12-30"),
    )  # fmt: skip


def _of_people(cafe: shop.Shop) -> None:
    _leave(cafe)
    _save_segment(cafe)
    _aim(cafe)
    _appoint(cafe)
    drafts.begin(programme_id=cafe.programme_id, title="x", actor=Actor("Emil", "e"), now=shop.moment("2026-01-10"))
    claims.claim(cafe, "ann")
    again = [
        cafe.purchase("ann", 100, "2026-01-08", external_id=f"cup-{one}", facts={"cashier": "17"}) for one in (1, 2)
    ]
    cafe.tell(*again)


def _live() -> None:
    """A life after which no protected table is empty."""
    cafe = shop.Shop(
        {
            "alerts": {"purchases_a_day": 1},
            "address_wait_hours": 24,
            "units": {"points": shop.POINTS | {"transfers": {}}, "credit": gifts.CREDIT},
            "gift_cards": {"unit": "credit"},
            "adjustments": {"approve_above": {"points": 10}},
            "households": {},
            "consents": {"news": {"name": {"en": "News"}, "text": {"en": "News may come."}}},
            "plans": {
                "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "9.00"}, "period": {"months": 1}},
            },
            "vouchers": {"flyer": {"name": {"en": "Flyer"}, "amount": "1.00", "bearer": True}},
            "rewards": {
                "mug": shop.named("mug", catalogue.MUG),
                "coffee": shop.named("coffee", catalogue.COFFEE),
                "box": shop.named("box", catalogue.BOX),
            },
            "tiers": {
                "status": {
                    "name": {"en": "Status"},
                    "basis": {"spend": True},
                    "levels": {"silver": {"name": {"en": "Silver"}, "from": "10.00"}},
                }
            },
        }
    )
    cafe.enrol("ann", "ben", "cleo")
    _of_people(cafe)
    shop.taken(cafe.grant("ann", "silver", "2026-01-05", "2026-12-31"))
    shop.taken(cafe.adjust("ann", 11, "2026-01-06"))
    wanted = memberships.Joining(
        Member(external_id="ann"), "plus", "EUR", "till", "plus-1", reference="cash",
    )  # fmt: skip
    memberships.join_many(programme_id=cafe.programme_id, wanted=[wanted], now=shop.moment("2026-01-06"))
    key = Idempotency("key", "POST /v1/activities", cafe.key, "digest")
    order = cafe.purchase("ann", 4_000, external_id="order-1")
    earn.record_many(programme_id=cafe.programme_id, told=[Told(order, key)], now=order.occurred_at)
    given = transfers.NewTransfer(
        member=Member(external_id="ann"), to=Member(external_id="ben"), unit="points", points=4, source="app",
        external_id="gift",
    )  # fmt: skip
    transfers.send_many(programme_id=cafe.programme_id, wanted=[given], now=order.occurred_at)
    cafe.tell(cafe.giving_back("ann", "order-1"))
    cafe.buy("ann", 40_000, "2026-01-07")
    shop.taken(cafe.burn("ann", 5, "2026-01-07", external_id="burn-1"))
    shop.taken(cafe.cancel("burn-1", "2026-01-07"))
    shop.taken(cafe.hold("ann", 5, "2026-01-07", external_id="hold-1"))
    shop.taken(cafe.release("hold-1", "2026-01-08"))
    catalogue.supply(cafe, "mug", 1)
    catalogue.show(cafe, "mug")
    shop.taken(catalogue.redeem(cafe, "mug", at="2026-01-08", reserve=True))
    cafe.night("2026-01-09T00:00")
    cafe.enrol("cleo", "dora")
    cafe.buy("cleo", 4_000)
    merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("ann"), goes=Member(external_id="cleo"), actor="Emil",
        now=shop.moment("2026-01-09"),
    )  # fmt: skip
    asked = households.Asked(cafe.programme_id, "Emil", shop.moment("2026-01-09"))
    home = households.found(asked, owner=Member(external_id="dora")).household.id
    households.invite(
        asked, household_id=home, by=Member(external_id="dora"), member=Member(external_id="ben"), role="adult"
    )
    paying = (Tender("gift_card", 100, card=gifts.sell(cafe, 2_500).code),)
    shop.taken(cafe.tell(cafe.purchase("ann", 100, "2026-01-10", tenders=paying))[0])
    vouchers.bring(cafe, "flyer", "summer10")
    shop.taken(vouchers.redeem(cafe, "summer10", who="ann"))
    vouchers.given(cafe, "ann", "flyer")
    cafe.tell_rates(("USD", "2026-01-01", 86, 100))
    cafe.night("2026-02-01T03:00")
    cafe.close("2026-01", "2026-02-01T04:00")
    shop.seal(cafe)
    cafe.night("2026-12-29T03:00")
    _lose_a_phone(cafe)


def _lose_a_phone(cafe: shop.Shop) -> None:
    """Ann has another one, and came by with it."""
    about = {"programme_id": cafe.programme_id, "member_id": cafe.account("ann"), "now": shop.moment("2026-12-30")}
    revocations.revoke(actor="Emil", **about)
    renewed = enrolment.MemberChange(person=enrolment.PersonChange(phone="+359888000001"))
    enrolment.change(etag=None, wanted=renewed, **about)
    address_waits.lift(by=Actor("Emil", "operator:emil"), reason="She came by", **about)


def test_an_unprotected_table_gives_way(pristine_database: str) -> None:
    """The control: without its triggers the same attempts go through."""
    at_hand = store.current()
    for trigger in ddl.trigger_names("activities_key", connection.vendor):
        on = " ON activities_key" if at_hand.postgresql else ""
        at_hand.fetch(store.Statement(f"DROP TRIGGER {trigger}{on}"))
    for attempt in _attempts("activities_key"):
        with at_hand.transaction():
            at_hand.fetch(store.Statement(attempt))
