"""Vouchers that members were given, the directory of all codes, every use of one, pools, and guesses."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Voucher(models.Model):
    """A voucher that an account was given; `used` and `withdrawn_at` move, the rest never."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    voucher = models.TextField()
    code = models.TextField()
    version = models.BigIntegerField()
    rule = models.TextField(null=True)
    activity_id = IdField()
    seq = models.BigIntegerField()
    issued_at = InstantField()
    expires_at = InstantField(null=True)
    uses = models.BigIntegerField()
    used = models.BigIntegerField()
    withdrawn_at = InstantField(null=True)

    class Meta:
        db_table = "vouchers_voucher"


class Code(models.Model):
    """The directory: to whose voucher a code leads; a code that nobody was given counts its uses here.

    It may be given to a member later, once and for ever.
    """

    pk = models.CompositePrimaryKey("programme_id", "code")
    programme_id = IdField()
    code = models.TextField()
    voucher = models.TextField()
    version = models.BigIntegerField()
    account_id = IdField(null=True)
    voucher_id = IdField(null=True)
    made_at = InstantField()
    expires_at = InstantField(null=True)
    uses = models.BigIntegerField()
    used = models.BigIntegerField()
    withdrawn_at = InstantField(null=True)

    class Meta:
        db_table = "vouchers_code"


class Use(models.Model):
    """One use of a code by the account (`use`), or its rollback (`back`), which names it; never changed.

    A use is rolled back once: there is room for one `back` of it.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    direction = models.TextField()
    use_id = IdField(null=True)
    activity_id = IdField()
    seq = models.BigIntegerField()
    voucher = models.TextField()
    code = models.TextField()
    voucher_id = IdField(null=True)
    off = models.BigIntegerField()
    at = InstantField()

    class Meta:
        db_table = "vouchers_use"


class Pool(models.Model):
    """How many codes a pool was given and how many of them left it; locked last of all."""

    pk = models.CompositePrimaryKey("programme_id", "voucher")
    programme_id = IdField()
    voucher = models.TextField()
    added = models.BigIntegerField()
    taken = models.BigIntegerField()

    class Meta:
        db_table = "vouchers_pool"


class Batch(models.Model):
    """Codes that were made or brought in together; (source, external_id) names them for ever."""

    pk = models.CompositePrimaryKey("programme_id", "source", "external_id")
    programme_id = IdField()
    source = models.TextField()
    external_id = models.TextField()
    voucher = models.TextField()
    codes = models.BigIntegerField()
    known = models.BigIntegerField()
    elsewhere = models.BigIntegerField()
    made_at = InstantField()

    class Meta:
        db_table = "vouchers_batch"
