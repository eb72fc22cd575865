"""Ids: time-ordered UUIDs made here, 32 hex digits inside, with a prefix that tells the noun outside."""

import hashlib
import re
from typing import Final

import uuid_utils

from guerdon.core import errors

ID_MALFORMED = errors.declare("invalid", "id_malformed", "expected", "got")

PREFIXES: Final = {
    "member": "mem_",
    "activity": "act_",
    "posting": "pst_",
    "lot": "lot_",
    "adjustment": "adj_",
    "burn": "brn_",
    "hold": "hol_",
    "transfer": "trf_",
    "donation": "don_",
    "grant": "grt_",
    "membership": "mbr_",
    "payment": "pay_",
    "voucher": "vou_",
    "voucher_use": "vus_",
    "redemption": "rdm_",
    "key": "key_",
    "reminder": "rem_",
    "invitation": "inv_",
    "claim": "clm_",
    "alert": "alr_",
    "programme": "prg_",
    "draft": "drf_",
    "letter": "ltr_",
    "user": "usr_",
    "staff_invitation": "sti_",
    "line": "lin_",
    "job": "job_",
    "simulation": "sim_",
    "objective": "obj_",
    "cost": "cst_",
}
NIL: Final = "0" * 32  # before every id: where a page by ids begins
_HEX: Final = re.compile(r"[0-9a-f]{32}\Z")


def new() -> str:
    """A fresh id; later ones sort after earlier ones of the same process."""
    return str(uuid_utils.uuid7().hex)


def derived(*parts: str) -> str:
    """The one id that belongs to these words, the same on every machine (for system accounts)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def show(noun: str, id: str) -> str:
    """The id as callers see it: `mem_…`."""
    return PREFIXES[noun] + id


def read(noun: str, text: str) -> str:
    """The id a caller gave back; refuses another noun's or a broken one."""
    prefix = PREFIXES[noun]
    bare = text.removeprefix(prefix)
    if bare == text or not _HEX.match(bare):
        raise ID_MALFORMED(expected=prefix + "…", got=text[:60])
    return bare
