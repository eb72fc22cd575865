"""What can be stolen: for each invariant the ways to break it, what falls with it, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.insight import ways
from tests.insight.ways import ELSEWHERE, Eyes


@dataclass(frozen=True)
class Theft:
    """One thing stolen: the invariant meant, those that fall with it, and a word of the first counter-example."""

    name: str
    meant: str
    says: str
    steal: Callable[[Eyes], list[str]]
    too: tuple[str, ...] = ()
    deep: bool = False


THEFTS = (
    # 10.15, 10.19: what passes between members
    Theft("a gift with another funder", "10.15", "not those that left",
          lambda e: ways.given(e, "Ivo", "funder = 'florist'"), too=("10.17",)),
    Theft("a gift earned later", "10.15", "not those that left",
          lambda e: ways.given(e, "Ivo", "earned_at = earned_at + 1"),
          too=("10.8",)),
    Theft("a gift that dies sooner", "10.15", "another instant",
          lambda e: ways.given(e, "Ivo", "expires_at = expires_at - 1"), too=("10.6", "10.19")),
    Theft("a passage forgotten", "10.15", "arrived than left",
          lambda e: [f"DELETE FROM ledger_passage WHERE account_id = '{e.account('Ivo')}'"
                     f" AND lot_id = '{ways.passage(e, 'Ivo')[1]}'"]),
    Theft("a gift that the sender never sent", "10.15 sides", "other side",
          lambda e: [f"DELETE FROM transfers_transfer WHERE account_id = '{e.account('Hera')}'"
                     f" AND id = '{e.fact('stamp-2')[1]}'"]),
    Theft("a transfer made smaller", "10.15 sides", "not what was posted",
          lambda e: [f"UPDATE transfers_transfer SET points = points - 1 WHERE id = '{e.fact('gift-1')[1]}'"]),
    Theft("a gift that lives longer", "10.19", "outlive",
          lambda e: ways.given(e, "Ivo", "expires_at = expires_at + 1"), too=("10.8", "10.15")),
    Theft("a gift out of the future", "10.19", "later entry",
          lambda e: [f"UPDATE ledger_passage SET from_account = account_id, from_lot = lot_id"
                     f" WHERE account_id = '{ways.passage(e, 'Ivo')[0]}' AND lot_id = '{ways.passage(e, 'Ivo')[1]}'"],
          too=("10.15",)),
    Theft("a stamp that slid on the way", "10.8", "another end than", ways.slid),
    Theft("a tree too many", "10.3 causes", "not what was given",
          lambda e: ["UPDATE transfers_cause SET points = points + 1 WHERE points > 0"]),
    Theft("a limit of transfers reset", "10.16 limits", "decisions add up to",
          lambda e: ways.counter(e, "Hera", "amount = amount - 1")),
    # 2.4: nothing before its time
    Theft("points that end before their time", "2.4", "a posting from the future",
          lambda e: ways.posting(e, "Dora", "expire", "posted_at = posted_at + 31536000000000 * 5")),
    # 6.4: two people for many points
    Theft("a threshold that was lower", "6.4", "did alone what needs two",
          lambda e: e.rewritten('"approve_above":{"points":100}', '"approve_above":{"points":20}')),
    Theft("an approval of one's own", "6.4", "nobody else agreed", lambda e: [
        *ways.decision(e, "large-approval", '"decided_by_id":"Maya"', '"decided_by_id":"Emil"', "facts"),
        "UPDATE adjustments_request SET decided_by = 'Emil' WHERE state = 'approved'"]),
    Theft("a second person who never was", "6.4", "not what the journal says",
          lambda e: ways.decision(e, "large-approval", '"verdict":"approved"', '"verdict":""', "facts")),
    Theft("a rejection that gave points", "6.4", "against the verdict", lambda e: [
        *ways.decision(e, "large-approval", '"verdict":"approved"', '"verdict":"rejected"', "facts"),
        "UPDATE adjustments_request SET state = 'rejected' WHERE state = 'approved'"]),
    Theft("a gift that was larger", "6.4", "another amount",
          lambda e: ways.decision(e, "large-approval", '"points":190', '"points":19', "facts")),
    Theft("a question that nobody is asked", "6.4", "nobody is asked about",
          lambda e: ["DELETE FROM adjustments_request WHERE state = 'waiting'"]),
    Theft("a question that waits for nothing", "6.4", "is not parked",
          lambda e: ["UPDATE adjustments_request SET state = 'waiting' WHERE state = 'rejected'"]),
    Theft("nobody's gift", "6.4", "without a reason or an actor", lambda e: ways.decision(
        e, "large-approval", '"reason":"goodwill"', '"reason":""', "facts")),
    # 3.8: every point names its rule
    Theft("a rule that never was", "3.8", "a share of a rule", lambda e: ways.decision(e, "ann-2", "base", "gift")),
    Theft("shares that are less", "3.8", "shares of an award",
          lambda e: ways.decision(e, "ann-2", '"points":90', '"points":80')),
    Theft("another version", "3.8", "not in force", lambda e: [
        *ways.decision(e, "emil-1", '"version":2', '"version":1'),
        f"UPDATE activities_activity SET version = 1 WHERE id = '{e.fact('emil-1')[1]}'"]),
    Theft("a decision that is none", "3.8", "can't be read", lambda e: ways.decision(e, "emil-1", '"version":2',
                                                                                     "version"),
          too=("10.16 awards", "10.16 limits", "10.17")),
    Theft("a version of its own", "3.8", "name two versions",
          lambda e: [f"UPDATE activities_activity SET version = 1 WHERE id = '{e.fact('emil-1')[1]}'"]),
    Theft("a posting moved in time", "3.8", "another seq",
          lambda e: ways.posting(e, "Emil", "earn", "seq = seq + 1000")),
    Theft("a burn that was less", "3.8", "kind burn", lambda e: ways.decision(e, "burn-31", "60", "50")),
    Theft("a posting of nobody", "3.8", "without a journal entry",
          lambda e: ways.posting(e, "Gus", "burn", f"activity_id = '{ELSEWHERE}'")),
    Theft("a programme rewritten", "3.8", "version was changed",
          lambda e: [f"UPDATE programmes_version SET document = replace(document, 'welcome', 'willkommen')"
                     f" WHERE programme_id = '{e.cafe}' AND number = 2"]),
    Theft("a fact embellished", "3.8 anew", "other awards", deep=True,
          steal=lambda e: ways.decision(e, "ann-2", '"amount":4500', '"amount":4400', "facts")),
    # 10.1 – 10.4, 10.6: balances
    Theft("points from a member", "10.1", "moves wrongly",
          lambda e: ways.posting(e, "Gus", "earn", f"source = '{e.account('Ben')}'")),
    Theft("points from the wrong account", "10.1", "redeemed",
          lambda e: ways.posting(e, "Gus", "earn", "source = (SELECT s.id FROM ledger_system_account s"
                             f" WHERE s.programme_id = '{e.cafe}' AND s.kind = 'redeemed')")),
    Theft("points out of thin air", "10.2", "together 7",
          lambda e: [f"UPDATE ledger_balance SET balance = balance + 7 {ways.of(e, 'Emil')}"],
          too=("10.3", "10.6", "10.17")),
    Theft("a balance in the past", "10.3", "plus the posting",
          lambda e: ways.posting(e, "Ann", "burn", "balance_after = balance_after + 1")),
    Theft("a balance gone", "10.3", "postings without a balance",
          lambda e: [f"DELETE FROM ledger_balance {ways.of(e, 'Emil')}"], too=("10.2", "10.6", "10.17")),
    Theft("a debt below zero", "10.4", "debt is negative",
          lambda e: [f"UPDATE ledger_balance SET debt = -1 {ways.of(e, 'Emil')}"], too=("10.17",)),
    Theft("a debt forgiven", "10.4", "lent and not repaid",
          lambda e: [f"UPDATE ledger_balance SET debt = 0 {ways.of(e, 'Ben')}"], too=("10.17",)),
    Theft("a debt above the limit", "10.4", "above its limit",
          lambda e: e.rewritten('"debt_max":500', '"debt_max":100')),
    Theft("pending points spendable", "10.6", "available is not",
          lambda e: [f"UPDATE ledger_balance SET available = available - 1, pending = pending + 1"
                     f" {ways.of(e, 'Emil')}"]),
    # 10.5, 10.7 – 10.10, 10.14: lots
    Theft("a lot nibbled at", "10.5", "not its amount less",
          lambda e: [f"UPDATE ledger_lot SET remaining = remaining - 1 {ways.of(e, 'Emil')}"], too=("10.6", "10.17")),
    Theft("a lot gone", "10.5", "a credit has no lot",
          lambda e: [f"DELETE FROM ledger_lot {ways.of(e, 'Emil')}"], too=("10.6", "10.17")),
    Theft("half a debit", "10.7", "not fully allocated",
          lambda e: [f"UPDATE ledger_allocation SET amount = amount - 1 WHERE account_id = '{e.account('Gus')}'"
                     f" AND posting_id = '{e.posting('Gus', 'burn')[0]}'"],
          too=("10.5", "10.8", "10.17")),
    Theft("a foreign lot", "10.7", "foreign lot",
          lambda e: [f"UPDATE ledger_allocation SET lot_id = '{ELSEWHERE}' WHERE account_id = '{e.account('Gus')}'"
                     f" AND posting_id = '{e.posting('Gus', 'burn')[0]}'"],
          too=("10.5", "10.8", "10.17")),
    Theft("the later lot first", "10.8", "out of order", ways.another_lot),
    Theft("stamps that live longer", "10.8", "ends at another instant",
          lambda e: ["UPDATE ledger_lot SET expires_at = expires_at + 1"
                     f" {ways.of(e, 'Ann', 'stamps')} AND remaining > 0"]),
    Theft("spent before it vested", "10.9", "outside its life",
          lambda e: [f"UPDATE ledger_allocation SET at = at - 86400000000 * 25 WHERE account_id = '{e.account('Gus')}'"
                     f" AND posting_id = '{e.posting('Gus', 'burn')[0]}'"],
          too=("10.8",)),
    Theft("expired too early", "10.9", "another instant than its end",
          lambda e: [f"UPDATE ledger_allocation SET at = at - 1 WHERE account_id = '{e.account('Dora')}'"
                     f" AND posting_id = '{e.posting('Dora', 'expire')[0]}'"]),
    # 5.3
    Theft("released too much", "5.3", "another number was released",
          lambda e: ways.decision(e, "jo-parcel", '"gifts","points":7', '"gifts","points":6')),
    Theft("released by another", "5.3", "did not wait",
          lambda e: ways.decision(e, "jo-1", '"awaits":"delivered"', '"awaits":"received"')),
    Theft("a courier who was faster", "5.3", "another life than the law",
          lambda e: ["UPDATE activities_activity SET occurred_at = occurred_at - 86400000000"
                     " WHERE external_id = 'jo-parcel'"]),
    Theft("released too late", "5.3", "after their end",
          lambda e: ["UPDATE activities_activity SET recorded_at = recorded_at + 3456000000000"
                     " WHERE external_id = 'jo-parcel'"]),
    Theft("released by nobody", "10.16 awards", "another life",
          lambda e: [f"UPDATE ledger_lot SET available_at = earned_at {ways.of(e, 'Jo', 'gifts')}"
                     " AND available_at > 200000000000000000 AND remaining > 0"], too=("10.6", "10.8")),
    Theft("breakage that was none", "10.9", "are cancelled",
          lambda e: ways.posting(e, "Jo", "cancel", f"kind = 'expire', destination = '{ways.house(e, 'breakage')}'",
                                 "gifts"),
          too=("3.8",)),
    Theft("held without a hold", "10.10", "a lot holds other points than its holds", ways.held),
    Theft("a hold that became something else", "10.10", "than its steps say",
          lambda e: [f"UPDATE holds_hold SET captured = captured - 1, released = released + 1"
                     f" {ways.hold(e, 'hold-1')}"]),
    Theft("a hold that has not ended", "10.10", "another state",
          lambda e: [f"UPDATE holds_hold SET state = 'captured' {ways.hold(e, 'hold-4')}"]),
    Theft("a capture of another day", "10.10", "counts at another time",
          lambda e: ways.posting(e, "Ina", "burn", "effective_at = effective_at - 1", last=True)),
    Theft("a hold that ended later", "10.10", "ended at another time",
          lambda e: [f"UPDATE holds_step SET at = at + 1 WHERE account_id = '{e.account('Ina')}'"
                     " AND kind = 'hold_end'"]),
    Theft("a part in another lot", "10.8", "reserved lots out of order", ways.another_part),
    Theft("points from no burn", "10.14", "from no burn",
          lambda e: [f"DELETE FROM ledger_reversal WHERE account_id = '{e.account('Ina')}'"]),
    Theft("points of another award", "10.14", "came back as another's",
          lambda e: [f"UPDATE ledger_reversal SET origin = '{ELSEWHERE}' WHERE account_id = '{e.account('Ina')}'"]),
    Theft("given back twice", "10.14", "more was given back than a burn took",
          lambda e: [f"UPDATE ledger_reversal SET reverses = '{e.posting('Ina', 'burn')[0]}'"
                     f" WHERE account_id = '{e.account('Ina')}'"]),
    Theft("a credit that takes", "10.7", "a credit takes from lots",
          lambda e: [f"UPDATE ledger_allocation SET posting_id = '{e.posting('Gus', 'earn')[0]}'"
                     f" WHERE account_id = '{e.account('Gus')}' AND posting_id = '{e.posting('Gus', 'burn')[0]}'"],
          too=("10.8",)),
    Theft("taken by nobody", "10.7", "not fully allocated",
          lambda e: [f"UPDATE ledger_allocation SET posting_id = '{ELSEWHERE}'"
                     f" WHERE account_id = '{e.account('Gus')}' AND posting_id = '{e.posting('Gus', 'burn')[0]}'"],
          too=("10.8",)),
    # 10.11: nights
    Theft("a night undone", "10.11", "a night left points", ways.unswept, too=("3.8",)),
    # 3.2: foreign money
    Theft("a rate that nobody told", "3.2", "a rate that nobody told",
          lambda e: ways.decision(e, "usd-1", '"home":86', '"home":87')),
    Theft("a rate told away", "3.2", "a rate that nobody told",
          lambda e: [f"DELETE FROM rates_rate WHERE programme_id = '{e.grocer}' AND day = '2026-03-03'"]),
    # 2.4: closed months
    Theft("a closed month told otherwise", "2.4 closed months", "told otherwise",
          lambda e: ["UPDATE closings_figures SET sums = replace(sums, '\"points\":30,', '\"points\":31,')"
                     f" WHERE programme_id = '{e.grocer}' AND month = '2026-01'"]),
    Theft("late points made timely", "2.4 closed months", "told otherwise",
          lambda e: ["UPDATE closings_closing SET seq = seq + 2"
                     f" WHERE programme_id = '{e.grocer}' AND month = '2026-01'"]),
    Theft("a month with a gap before it", "2.4 closed months", "does not follow",
          lambda e: ["UPDATE closings_closing SET start = start + 1"
                     f" WHERE programme_id = '{e.grocer}' AND month = '2026-02'"]),
    # 10.12, 10.13: returns
    Theft("a claw-back told otherwise", "10.12", "from its own lots",
          lambda e: ways.decision(e, "gus-back", '"origin":40,"other":60', '"origin":60,"other":40')),
    Theft("a claw-back that does not add up", "10.12", "not the whole",
          lambda e: ways.decision(e, "gus-back", '"other":60', '"other":60,"shortfall":5')),
    Theft("what had expired, taken", "10.12", "had expired is told wrongly",
          lambda e: ways.decision(e, "finn-back", '"lapsed":30', '"lapsed":20,"shortfall":10')),
    Theft("more than was given", "10.12", "more was taken back",
          lambda e: ways.decision(e, "finn-back", '"asked":30,"lapsed":30', '"asked":31,"lapsed":30,"shortfall":1'),
          too=("10.13",)),
    Theft("part of a return", "10.13", "what the kept part earns",
          lambda e: ways.decision(e, "finn-back", '"asked":30,"lapsed":30', '"asked":29,"lapsed":29')),
    Theft("a return of nothing", "10.13 named", "without its purchase",
          lambda e: [f"DELETE FROM activities_returned WHERE account_id = '{e.account('Cleo')}'"
                     f" AND return_id = '{e.fact('cleo-back')[1]}'"], too=("10.8", "10.9", "10.12")),
    Theft("a slice told smaller", "10.13", "what the kept part earns",
          lambda e: [f"UPDATE activities_returned SET slice = replace(slice, '\"amount\":350', '\"amount\":250')"
                     f" WHERE return_id = '{e.fact('jim-part-2')[1]}'"]),
    Theft("given again otherwise", "10.12", "given again is told otherwise",
          lambda e: ways.decision(e, "jim-undo", '"points":', '"points":1'), too=("3.8",)),
    Theft("a return that still waits", "10.13", "waits for a purchase", ways.forgotten_return),
    Theft("a return judged by another law", "10.13", "another version",
          lambda e: [*ways.decision(e, "finn-back", '"version":1', '"version":2'),
                     f"UPDATE activities_activity SET version = 2 WHERE id = '{e.fact('finn-back')[1]}'"]),
    Theft("a debt that nobody may make", "10.12", "a debt under the policy",
          lambda e: e.rewritten('"languages":["en"],', '"languages":["en"],"returns":"within_balance",')),
    # 10.16: awards and limits
    Theft("less than was decided", "10.16 awards", "is not its award",
          lambda e: ways.decision(e, "emil-1", '"points":18', '"points":17'),
          too=("10.16 limits", "10.17")),
    Theft("the same order told twice", "10.16 awards", "does not own its natural key",
          lambda e: [f"UPDATE activities_activity SET external_id = 'ann-2' WHERE id = '{e.fact('ann-1')[1]}'"]),
    Theft("a key in another programme", "10.16 awards", "does not own its natural key",
          lambda e: [f"UPDATE activities_key SET programme_id = '{e.grocer}' WHERE external_id = 'emil-1'"]),
    Theft("a key of nothing", "10.16 awards", "without its fact",
          lambda e: ["INSERT INTO activities_key (programme_id, source, kind, external_id, account_id, activity_id)"
                     f" VALUES ('{e.cafe}', 'till', 'purchase', 'x', '{e.account('Ann')}', '{ELSEWHERE}')"]),
    Theft("an award doubled", "10.16 awards", "points without an award", ways.doubled, too=("3.8", "10.17")),
    Theft("a longer life", "10.16 awards", "another life",
          lambda e: [f"UPDATE ledger_lot SET expires_at = expires_at + 86400000000 {ways.of(e, 'Emil')}"]),
    Theft("another funder pays", "10.17", "funder",
          lambda e: [f"UPDATE ledger_lot SET funder = 'bakery' {ways.of(e, 'Emil')}"], too=("10.16 awards",)),
    Theft("a counter turned back", "10.16 limits", "counter",
          lambda e: [f"UPDATE rulebook_counter SET amount = amount - 1 WHERE account_id = '{e.account('Ann')}'"
                     " AND key = 'count:purchase' AND win = 'all'"]),
    Theft("a counter lost", "10.16 limits", "counter",
          lambda e: [f"DELETE FROM rulebook_counter WHERE account_id = '{e.account('Ann')}' AND key = 'unit:points'"]),
    Theft("a visit backdated", "10.16 limits", "counter",
          lambda e: [f"UPDATE rulebook_counter SET last_at = last_at - 1 WHERE account_id = '{e.account('Ann')}'"
                     " AND key = 'count:visit'"]),
    Theft("a spending forgotten", "3.8 anew", "counter", deep=True,
          steal=lambda e: [f"UPDATE rulebook_counter SET amount = amount + 1 WHERE account_id = '{e.account('Ann')}'"
                           " AND key = 'spend'"]),
    Theft("above the cap of a rule", "10.16 limits", "cap of rule bakery",
          lambda e: e.rewritten('"caps":{"order":15,"month":45}', '"caps":{"order":15,"month":30}')),
    Theft("above the cap of an order", "10.16 limits", "cap of rule bakery",
          lambda e: e.rewritten('"caps":{"order":15,"month":45}', '"caps":{"order":10,"month":45}')),
    Theft("above the cap of a unit", "10.16 limits", "cap of unit points",
          lambda e: e.rewritten('"order":400,"month":900', '"order":400,"month":150')),
    Theft("used too often", "10.16 limits", "uses of rule regular",
          lambda e: e.rewritten('"uses":{"month":1}', '"uses":{"year":1}')),
    Theft("a budget refilled", "10.16 limits", "budget's spending",
          lambda e: ["UPDATE rulebook_budget SET spent = spent - 15 WHERE rule = 'bakery'"]),
    Theft("a budget shrunk", "10.16 limits", "its own limit",
          lambda e: ["UPDATE rulebook_budget SET most = 1 WHERE rule = 'bakery'"]),
    Theft("a budget overshot", "10.16 limits", "overshot", lambda e: e.rewritten('"budget":70', '"budget":50')),
    # 10.15: merges
    Theft("a lot younger after a merge", "10.15", "points that passed",
          lambda e: [f"UPDATE ledger_lot SET earned_at = earned_at + 1 WHERE id = '{ways.brought(e)}'"]),
    Theft("another payer after a merge", "10.15", "points that passed",
          lambda e: [f"UPDATE ledger_lot SET funder = 'grocer' WHERE id = '{ways.brought(e)}'"], too=("10.17",)),
    Theft("a dead identifier", "10.15 merges", "a dead external_id",
          lambda e: [f"UPDATE members_identifier SET member_id = '{e.account('Ivy')}' WHERE value = 'Ivy'"]),
    Theft("a merge forgotten", "10.15 merges", "disagree", too=("10.16 limits",),
          steal=lambda e: ["UPDATE members_merge SET undone_at = 1, undoing = ''"]),
    Theft("merged into one who is merged", "10.15 merges", "leads to nobody",
          lambda e: [f"UPDATE members_member SET merged_into = id WHERE id = '{e.account('Ivy')}'"]),
    Theft("points left behind", "10.15 merges", "still has points", too=("10.2", "10.3", "10.6", "10.17"),
          steal=lambda e: [f"UPDATE ledger_balance SET balance = balance + 1, available = available + 1"
                           f" {ways.of(e, 'Ivy')}"]),
    # 10.24, 10.27, 10.29, 10.30: the neighbours
    Theft("an answer about nothing", "10.24", "not there",
          lambda e: [f"UPDATE activities_answer SET outcome = replace(outcome, '{e.fact('emil-1')[1]}', '{ELSEWHERE}')"
                     " WHERE key = 'k1'"]),
    Theft("a name in another programme", "10.27", "outside its programme",
          lambda e: [f"UPDATE members_identifier SET programme_id = '{e.grocer}'"
                     f" WHERE member_id = '{e.account('Emil')}' AND kind = 'email'"]),
    Theft("waiting in another programme", "10.27", "a parked fact outside",
          lambda e: [f"UPDATE activities_parked SET programme_id = '{e.grocer}'"]),
    Theft("a budget of nobody", "10.27", "a budget outside",
          lambda e: [f"UPDATE rulebook_budget SET programme_id = '{ELSEWHERE}'"], too=("10.16 limits",)),
    Theft("a key of nobody", "10.27", "a key of the API outside",
          lambda e: [f"UPDATE keys_key SET programme_id = '{ELSEWHERE}'"]),
    Theft("an import of nobody", "10.27", "an import outside",
          lambda e: [f"UPDATE imports_run SET programme_id = '{ELSEWHERE}'"]),
    Theft("a unit that is not counted", "10.27", "a balance outside",
          lambda e: [f"DELETE FROM ledger_unit WHERE programme_id = '{e.cafe}' AND code = 'status'"]),
    Theft("a unit of nobody", "10.27", "a unit outside",
          lambda e: [f"UPDATE ledger_unit SET programme_id = '{ELSEWHERE}' WHERE programme_id = '{e.grocer}'"]),
    # 10.26: seals
    Theft("a sealed fact edited", "10.26", "was edited",
          lambda e: ways.decision(e, "emil-1", '"amount":900', '"amount":901', "facts")),
    Theft("a sealed rate edited", "10.26", "was edited", lambda e: ways.decision(e, "usd-1", '"home":86', '"home":87'),
          too=("3.2",)),
    Theft("a sealed posting edited", "10.26", "was edited",
          lambda e: ways.posting(e, "Ann", "burn", f"person_id = '{ELSEWHERE}'")),
    Theft("a sealed lot edited", "10.26", "was edited",
          lambda e: [f"UPDATE ledger_lot SET earned_at = earned_at - 1 {ways.of(e, 'Emil')}"],
          too=("10.16 awards",)),
    Theft("a sealed entry deleted", "10.26", "was deleted",
          lambda e: [f"DELETE FROM activities_activity WHERE id = '{e.fact('emil-1')[1]}'"],
          too=("3.8", "10.16 awards", "10.16 limits", "10.17", "10.24", "10.29")),
    Theft("an entry slipped under a seal", "10.26", "was inserted", ways.slipped_in, too=("10.29",)),
    Theft("sealed entries in another order", "10.26", "moved to another place", ways.reordered,
          too=("10.3",)),
    Theft("a sealed hash edited", "10.26", "was edited",
          lambda e: [f"UPDATE seals_leaf SET hash = '{'0' * 64}' WHERE activity_id = '{e.fact('emil-1')[1]}'"]),
    Theft("a hash gone", "10.26", "was inserted",
          lambda e: [f"DELETE FROM seals_leaf WHERE activity_id = '{e.fact('emil-1')[1]}'"]),
    Theft("a seal edited", "10.26", "a link of the chain",
          lambda e: [f"UPDATE seals_seal SET sealed_at = sealed_at + 1 WHERE programme_id = '{e.cafe}'"]),
    Theft("a seal gone", "10.26", "whose seal is gone",
          lambda e: [f"DELETE FROM seals_seal WHERE programme_id = '{e.cafe}'"]),
    Theft("a posting in another programme", "10.27", "a posting outside",
          lambda e: ways.posting(e, "Emil", "earn", f"programme_id = '{e.grocer}'"), too=("10.1",)),
    Theft("a fact in another programme", "10.27", "a journal entry outside",
          lambda e: [f"UPDATE activities_activity SET programme_id = '{e.grocer}' WHERE external_id = 'emil-1'"],
          too=("10.16 awards", "10.24", "10.26")),
    Theft("an account of nobody", "10.27", "a member outside",
          lambda e: [f"UPDATE members_member SET programme_id = '{ELSEWHERE}' WHERE id = '{e.account('Finn')}'"],
          too=("10.29",)),
    Theft("an account without its owner", "10.27", "without a member",
          lambda e: [f"DELETE FROM members_member WHERE id = '{e.account('Finn')}'"],
          too=("10.29",)),
    Theft("a lot in another programme", "10.27", "a lot outside",
          lambda e: [f"UPDATE ledger_lot SET programme_id = '{e.grocer}' {ways.of(e, 'Emil')}"]),
    # 10.21: tiers
    Theft("a period that was longer", "10.21", "not the journal's",
          lambda e: ["UPDATE tiers_step SET counts_from = counts_from - 1 WHERE number = 2"]),
    Theft("a tier taken early", "10.21", "before its date",
          lambda e: ["UPDATE tiers_step SET level = NULL, cause = 'review' WHERE number = 2"]),
    Theft("a step forgotten", "10.21", "missing from a history",
          lambda e: ["DELETE FROM tiers_step WHERE number = 1"]),
    Theft("a tier since yesterday", "10.21", "not the journal's",
          lambda e: ["UPDATE tiers_step SET since = since - 86400000000 WHERE number = 1"]),
    Theft("a day that counts more", "10.21", "adds up to",
          lambda e: ["UPDATE tiers_basis SET amount = amount + 1"]),
    Theft("a review that never comes", "10.21", "never look",
          lambda e: ["DELETE FROM tiers_rank"]),
    Theft("a review that comes early", "10.21", "another step than the last",
          lambda e: ["UPDATE tiers_rank SET due_at = due_at - 1"]),
    Theft("a rise rewarded twice", "10.21", "rewarded once",
          lambda e: ["UPDATE tiers_step SET level = 'gold'"]),
    Theft("a change without news", "10.29", "change without news", ways.untold),
    Theft("news of nothing", "10.29", "nothing was committed", ways.invented_news),
    Theft("a reminder that nobody hears", "10.29", "change without news",
          lambda e: ["DELETE FROM kit_outgoing WHERE topic = 'points.expiring' AND"
                     f" account_id = '{e.account('Dora')}'"]),
    Theft("a reminder forgotten", "10.29", "nothing was committed",
          lambda e: [f"DELETE FROM expirations_reminder WHERE account_id = '{e.account('Dora')}'"]),
    Theft("a reminder in another programme", "10.27", "a reminder outside",
          lambda e: [f"UPDATE expirations_reminder SET programme_id = '{e.grocer}'"
                     f" WHERE account_id = '{e.account('Dora')}'"], too=("10.29",)),
    Theft("an address in the directory", "10.30", "readable email",
          lambda e: ["UPDATE members_identifier SET value = 'emil@example.com' WHERE kind = 'email'"]),
    Theft("an address in a fact", "10.30", "names a person",
          lambda e: ways.decision(e, "emil-1", '"member":{"id":', '"member":{"email":"emil@example.com","id":',
                                  "facts")),
    Theft("an erased member remembered", "10.30", "still named",
          lambda e: [f"UPDATE members_member SET status = 'erased' WHERE id = '{e.account('Emil')}'"]),
)  # fmt: skip
