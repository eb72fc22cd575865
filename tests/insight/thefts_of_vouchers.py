"""What can be stolen with vouchers: uses, codes, and what pools had."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _code(eyes: Eyes, voucher: str) -> str:
    """The first code of a voucher that some member has."""
    return str(eyes.row(f"SELECT code FROM vouchers_voucher WHERE voucher = '{voucher}' AND used > 0")[0])


THEFTS = (
    Theft("a use forgotten", "10.20 vouchers", "miscounts its uses",
          lambda e: [f"UPDATE vouchers_voucher SET used = 0 WHERE code = '{_code(e, 'five')}'"]),
    Theft("a flyer that was never used", "10.20 vouchers", "miscounts its uses",
          lambda e: ["UPDATE vouchers_code SET used = 0 WHERE code = 'SUN'"]),
    Theft("a use of somebody unknown", "10.20 vouchers", "not those of the journal",
          lambda e: ["UPDATE vouchers_use SET off = off + 1 WHERE direction = 'use' AND code = 'SUN'"]),
    Theft("a voucher brought back to life", "10.20 vouchers", "withdrawn are not those",
          lambda e: [f"UPDATE vouchers_voucher SET withdrawn_at = NULL WHERE account_id = '{e.account('Otto')}'"]),
    Theft("a code sold twice", "10.20 vouchers", "leads astray",
          lambda e: [f"UPDATE vouchers_code SET account_id = '{e.account('Ann')}' WHERE code = '{_code(e, 'five')}'"]),
    Theft("a code gone from its pool", "10.20 vouchers", "miscounts its codes",
          lambda e: ["UPDATE vouchers_pool SET taken = taken + 1"]),
    Theft("a limit opened for a member", "10.16 limits", "counter",
          lambda e: [f"UPDATE rulebook_counter SET amount = 0 WHERE account_id = '{e.account('Nora')}'"
                     " AND key = 'voucher:flyer'"]),
)  # fmt: skip
