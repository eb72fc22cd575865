"""Stock: what came in is what is there, claimed and given; every claim is a redemption's that ends by itself."""

from datetime import timedelta
from typing import Final

from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book
from guerdon.kit import clock

_CLOCKS_APART: Final = timedelta(minutes=1)  # how far the clock of whoever swept a claim may have been ahead


class Stocks(Invariant):
    """Every stock against the redemptions and the supplies, every claim against its redemption."""

    clause = "10.20"
    part = "stock"
    sentence = "Stock + reserved + given = initial + restocked; every stock is the sum of its redemptions and supplies."

    # What is live and has no claim any more has ended by itself: its piece went to whoever came next.
    SUMS: Final = (
        "SELECT [id s.programme_id], s.reward, s.variant, s.counted, s.initial, s.supplied, s.claimed, s.given,"
        " s.spent,"
        " CAST(coalesce(x.claimed, 0) AS bigint), CAST(coalesce(x.given, 0) AS bigint),"
        " CAST(coalesce(x.spent, 0) AS bigint), CAST(coalesce((SELECT sum(p.pieces) FROM rewards_supply p"
        "  WHERE p.programme_id = s.programme_id AND p.reward = s.reward AND p.variant = s.variant), 0) AS bigint)"
        " FROM rewards_stock s LEFT JOIN (SELECT r.programme_id, r.reward, r.variant,"
        "  sum(CASE WHEN r.state <> 'fulfilled' THEN 1 ELSE 0 END) AS claimed,"
        "  sum(CASE WHEN r.state = 'fulfilled' THEN 1 ELSE 0 END) AS given, sum(r.cost) AS spent"
        "  FROM redemptions_redemption r LEFT JOIN rewards_claim c"
        "  ON c.programme_id = r.programme_id AND c.redemption_id = r.id"
        "  WHERE r.state = 'fulfilled' OR (r.state IN ('reserved', 'confirmed')"
        "   AND (r.until IS NULL OR c.redemption_id IS NOT NULL)) GROUP BY r.programme_id, r.reward, r.variant) x"
        " ON x.programme_id = s.programme_id AND x.reward = s.reward AND x.variant = s.variant"
        " WHERE [mine s] ORDER BY s.reward, s.variant"
    )
    ASTRAY: Final = (
        "SELECT [id c.redemption_id], c.reward FROM rewards_claim c LEFT JOIN redemptions_redemption r"
        " ON r.account_id = c.account_id AND r.id = c.redemption_id AND r.state IN ('reserved', 'confirmed')"
        " AND r.until = c.until AND r.reward = c.reward AND r.variant = c.variant AND r.cost = c.cost"
        " WHERE r.id IS NULL AND [mine c] ORDER BY c.redemption_id"
    )
    UNCLAIMED: Final = (
        "SELECT [id r.account_id], [id r.id], r.reward, r.until FROM redemptions_redemption r LEFT JOIN rewards_claim c"
        " ON c.programme_id = r.programme_id AND c.redemption_id = r.id"
        " WHERE r.state IN ('reserved', 'confirmed') AND r.until IS NOT NULL AND c.redemption_id IS NULL AND [mine r]"
        " ORDER BY r.id"
    )

    def ask(self, found: Found) -> None:
        out: dict[tuple[str, str], tuple[int, int]] = {}  # by reward, how many went out or are promised, for how much
        for programme, reward, variant, counted, initial, supplied, *stored in found.rows(self.SUMS):
            *became, claimed, given, spent, came = stored
            pieces, cost = out.get((programme, reward), (0, 0))
            out[programme, reward] = pieces + claimed + given, cost + spent
            where = {"reward": reward, "variant": variant}
            self.count("stocks", 1)
            names = ("claimed", "given", "spent")
            for name, is_stored, is_so in zip(names, became, (claimed, given, spent), strict=True):
                if is_stored != is_so:
                    self.breaks(
                        f"a stock has other {name} than its redemptions", expected=is_so, found=is_stored, **where
                    )
            if supplied != came:
                self.breaks("other pieces came in than were told", expected=came, found=supplied, **where)
            if counted and claimed + given > initial + supplied:
                most = initial + supplied
                self.breaks("more went out than there was", expected=most, found=claimed + given, **where)
        for (programme, reward), (pieces, cost) in out.items():
            self._bound(found.books[programme], reward, pieces, cost)
        for redemption, reward in found.rows(self.ASTRAY):
            where = {"redemption": redemption, "reward": reward}
            self.breaks("a claim without its redemption", expected="one that ends then", found="none", **where)
        now = clock.micros(found.at + _CLOCKS_APART)
        for account, redemption, reward, until in found.rows(self.UNCLAIMED):
            if until > now:
                where = {"member": account, "redemption": redemption, "reward": reward}
                self.breaks("a piece was lost to its redemption before its time", expected=until, found=now, **where)

    def _bound(self, book: Book, reward: str, pieces: int, cost: int) -> None:
        """No more than the most that any version has allowed for all, nor for more money."""
        laws = [book.law(version.number) for version in book.lawbook.versions]
        every = [one.programme.rewards[reward] for one in laws if reward in one.programme.rewards]
        totals, budgets = [one.total for one in every], [one.budget for one in every]
        for name, bounds, found in (("pieces", totals, pieces), ("money", budgets, cost)):
            most = [bound for bound in bounds if bound is not None]
            if most and len(most) == len(bounds) and found > max(most):
                what = f"a reward took more {name} than it may for all"
                self.breaks(what, expected=max(most), found=found, reward=reward)
