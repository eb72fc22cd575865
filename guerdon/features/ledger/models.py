"""The one ledger: postings move points between two accounts, lots are points with one life, allocations tie them."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Unit(models.Model):
    """A unit a programme counts in; the catalogue that balances refer to."""

    pk = models.CompositePrimaryKey("programme_id", "code")
    programme_id = IdField()
    code = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    scale = models.SmallIntegerField()

    class Meta:
        db_table = "ledger_unit"


class SystemAccount(models.Model):
    """An account of the house: issuance, redeemed, breakage …; it holds no balance, its balance is derived."""

    id = IdField(primary_key=True)
    programme_id = IdField()
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=64)  # of the kind, where there are several: which cause

    class Meta:
        db_table = "ledger_system_account"
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "kind", "subject"], name="ledger_system_account_kind"),
        ]


class Balance(models.Model):
    """What an account has in a unit: postings in − out, and how it splits from `fresh_from` until `fresh_until`."""

    pk = models.CompositePrimaryKey("account_id", "unit")
    account_id = IdField()
    unit = models.TextField()
    programme_id = IdField()
    balance = models.BigIntegerField()
    available = models.BigIntegerField()
    pending = models.BigIntegerField()
    held = models.BigIntegerField()
    debt = models.BigIntegerField()
    fresh_from = models.BigIntegerField()
    fresh_until = models.BigIntegerField()

    class Meta:
        db_table = "ledger_balance"


class Posting(models.Model):
    """One immutable row: `amount` > 0 moves from `source` to `destination`; the owner is the member's side."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    unit = models.TextField()
    seq = models.BigIntegerField()
    part = models.BigIntegerField()
    kind = models.TextField()
    source = IdField()
    destination = IdField()
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    activity_id = IdField()
    person_id = IdField(null=True)
    effective_at = InstantField()
    posted_at = InstantField()

    class Meta:
        db_table = "ledger_posting"


class Lot(models.Model):
    """The points of one award with their own life, named by the posting that made it.

    `remaining`, `held` and a sliding `expires_at` move, the rest never.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    unit = models.TextField()
    posting_id = IdField()
    origin = IdField()
    funder = models.TextField(null=True)
    amount = models.BigIntegerField()
    remaining = models.BigIntegerField()
    held = models.BigIntegerField()
    earned_at = InstantField()
    available_at = InstantField()
    expires_at = InstantField(null=True)

    class Meta:
        db_table = "ledger_lot"


class Allocation(models.Model):
    """Which lot a debit took its points from (`out`) or a reversal gave them back to (`back`)."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    posting_id = IdField()
    lot_id = IdField()
    direction = models.TextField()
    amount = models.BigIntegerField()
    at = InstantField()

    class Meta:
        db_table = "ledger_allocation"


class Passage(models.Model):
    """Which lot of which account a lot came from, where points passed from one account to another."""

    pk = models.CompositePrimaryKey("account_id", "lot_id")
    account_id = IdField()
    lot_id = IdField()
    programme_id = IdField()
    origin = IdField()
    from_account = IdField()
    from_lot = IdField()

    class Meta:
        db_table = "ledger_passage"


class Reversal(models.Model):
    """Which posting a posting reverses: a reinstatement names the burn that it gives back.

    Where the points got a new lot, `origin` names the activity that earned them, so that a return finds what became of
    them.
    """

    pk = models.CompositePrimaryKey("account_id", "posting_id")
    account_id = IdField()
    posting_id = IdField()
    programme_id = IdField()
    reverses = IdField()
    origin = IdField(null=True)

    class Meta:
        db_table = "ledger_reversal"
