"""What can be stolen from rewards: pieces, claims, states, prices, codes."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes

COPIED = (
    "programme_id, reward, variant, version, number, paid, money, cost, choices, code, seq, made_at, state,"
    " confirmed_at, settled_at"
)


def _one(eyes: Eyes, state: str, reward: str = "mug") -> str:
    """A redemption of the grocer's in the state."""
    question = f"SELECT id FROM redemptions_redemption WHERE state = '{state}' AND reward = '{reward}' ORDER BY id"
    return str(eyes.row(question)[0])


def _given(eyes: Eyes, state: str, reward: str) -> str:
    """Asks for the code that it handed over."""
    return f"SELECT given FROM redemptions_redemption WHERE id = '{_one(eyes, state, reward)}'"


def _stock(change: str) -> list[str]:
    return [f"UPDATE rewards_stock SET {change} WHERE reward = 'mug'"]


def _of(eyes: Eyes, state: str, change: str, reward: str = "mug") -> list[str]:
    return [f"UPDATE redemptions_redemption SET {change} WHERE id = '{_one(eyes, state, reward)}'"]


def _entry(eyes: Eyes, change: str) -> list[str]:
    """Another draw in the journal."""
    found = eyes.row(
        "SELECT a.id, a.decision FROM activities_activity a WHERE a.decision LIKE '%\"drawn\"%' ORDER BY a.id"
    )
    assert found
    return [f"UPDATE activities_activity SET decision = {change} WHERE id = '{found[0]}'"]


def _won(eyes: Eyes) -> str:
    """A prize that Ann drew."""
    return str(eyes.row("SELECT id FROM redemptions_redemption WHERE number = 0 AND reward = 'tea' ORDER BY id")[0])


THEFTS = (
    Theft("another picture", "10.29", "not what was told of it",
          lambda e: ["UPDATE rewards_picture SET hash = upper(hash)"]),
    Theft("a picture that nobody put", "10.29", "not what was told of it",
          lambda e: ["UPDATE rewards_picture SET reward = 'coffee'"]),
    Theft("a picture that nobody took away", "10.29", "not what was told of it",
          lambda e: ["DELETE FROM rewards_picture"]),
    Theft("a picture that nobody hears of", "10.29", "change without news",
          lambda e: ["DELETE FROM kit_outgoing WHERE topic = 'reward.picture_changed'"]),
    Theft("a picture that was never put", "10.29", "nothing was committed",
          lambda e: [f"UPDATE kit_outgoing SET subject_id = '{'0' * 32}' WHERE topic = 'reward.picture_changed'"]),
    Theft("a seed that was another one", "10.20 draws", "not the one whose hash",
          lambda e: [f"UPDATE draws_seed SET hash = '{'0' * 64}' WHERE number = 1"]),
    Theft("another seed shown", "10.20 draws", "another seed was shown",
          lambda e: [f"UPDATE draws_seed SET secret = '{'0' * 64}' WHERE number = 1 AND secret IS NOT NULL"]),
    Theft("a seed shown before the draws", "10.20 draws", "was shown already",
          lambda e: ["UPDATE draws_seed SET retired_at = made_at WHERE retired_at IS NOT NULL"]),
    Theft("a draw that came out otherwise", "10.20 draws", "comes out otherwise",
          lambda e: _entry(e, "replace(decision, '\"ticket\":', '\"ticket\":7')")),
    Theft("another prize than was drawn", "10.20 draws", "gave not its prize", too=("10.20 redemptions", "10.20 stock"),
          steal=lambda e: [f"UPDATE redemptions_redemption SET reward = 'mug' WHERE id = '{_won(e)}'"]),
    Theft("a prize that nobody drew", "10.20 draws", "nobody drew", too=("10.20 redemptions",),
          steal=lambda e: _of(e, "fulfilled", "number = 0")),
    Theft("a promise put off", "10.20 draws", "said to wait otherwise",
          lambda e: ["UPDATE draws_streak SET dry = dry + 1"]),
    Theft("a piece out of the stock", "10.20 stock", "other given", lambda e: _stock("given = given + 1")),
    Theft("a piece promised to nobody", "10.20 stock", "other claimed", lambda e: _stock("claimed = claimed - 1")),
    Theft("money out of a budget", "10.20 stock", "other spent", lambda e: _stock("spent = spent - 1")),
    Theft("a supply that never came", "10.20 stock", "other pieces came in",
          lambda e: _stock("supplied = supplied + 1")),
    Theft("more given than there was", "10.20 stock", "more went out", lambda e: [
        *_stock("supplied = supplied - 2"), "UPDATE rewards_supply SET pieces = pieces - 2 WHERE pieces = 5"]),
    Theft("one more than all may have", "10.20 stock", "more pieces", too=("10.20 redemptions",), steal=lambda e: [
        *_of(e, "cancelled", "state = 'fulfilled'", "mug"), *_stock("given = given + 1, spent = spent + 400")]),
    Theft("a dearer piece than the budget has", "10.20 stock", "more money", too=("10.20 redemptions",),
          steal=lambda e: [*_of(e, "fulfilled", "cost = cost + 1"), *_stock("spent = spent + 1")]),
    Theft("points held for nothing", "10.20 redemptions", "no reservation", too=("10.10", "10.11"), steal=lambda e: [
        "UPDATE holds_hold SET state = 'open', expired = 0 WHERE id IN (SELECT activity_id FROM activities_key"
        f" WHERE kind = 'hold' AND external_id = '{_one(e, 'expired', 'coffee')}:points')"]),
    Theft("a claim that holds longer", "10.20 stock", "without its redemption",
          lambda e: [f"UPDATE rewards_claim SET until = until + 1 WHERE redemption_id = '{_one(e, 'reserved')}'"]),
    Theft("a redemption fetched by nobody", "10.20 redemptions", "another state", too=("10.20 stock",),
          steal=lambda e: _of(e, "confirmed", "state = 'fulfilled', settled_at = confirmed_at")),
    Theft("a reward redeemed for less", "10.20 redemptions", "not what was told",
          lambda e: _of(e, "fulfilled", "paid = '{\"points\":1}'")),
    Theft("a reward of another price", "10.20 redemptions", "paid otherwise",
          lambda e: _of(e, "fulfilled", "number = 2")),
    Theft("a reservation without an end", "10.20 redemptions", "another time", too=("10.20 stock",),
          steal=lambda e: _of(e, "reserved", "until = until + 1")),
    Theft("a code that leads nowhere", "10.20 redemptions", "leads nowhere",
          lambda e: [f"DELETE FROM redemptions_code WHERE redemption_id = '{_one(e, 'fulfilled')}'"]),
    Theft("a redemption nobody asked for", "10.20 redemptions", "nobody told", too=("10.20 stock",),
          steal=lambda e: [
              f"INSERT INTO redemptions_redemption (account_id, id, {COPIED})"
              f" SELECT account_id, '{'a' * 32}', {COPIED} FROM redemptions_redemption"
              f" WHERE id = '{_one(e, 'fulfilled')}'"]),
    Theft("a voucher that was promised", "10.20 what rewards give", "not what its reward promises",
          lambda e: _of(e, "fulfilled", "given = NULL", "off")),
    Theft("a code handed over twice", "10.20 what rewards give", "two redemptions gave the same",
          lambda e: _of(e, "cancelled", f"given = ({_given(e, 'fulfilled', 'off')})", "off")),
    Theft("a voucher kept of what was cancelled", "10.20 what rewards give", "left what it gave",
          too=("10.20 vouchers",), steal=lambda e: [
              f"UPDATE vouchers_voucher SET withdrawn_at = NULL WHERE code = ({_given(e, 'cancelled', 'off')})"]),
    Theft("money kept of what was cancelled", "10.20 what rewards give", "left what it gave", too=("10.16 awards",),
          steal=lambda e: ["UPDATE activities_key SET external_id = 'elsewhere' WHERE kind = 'card_void'"]),
    Theft("a card that somebody else loaded", "10.20 what rewards give", "not what its reward promises",
          lambda e: _of(e, "fulfilled", "given = (SELECT code FROM cards_card WHERE unit = 'credit' LIMIT 1)",
                        "present")),
    Theft("a limit that was lower", "10.20 helpings", "than allowed",
          lambda e: e.rewritten('"limits":{"month":9}', '"limits":{"month":1}', e.grocer)),
    Theft("points kept of what was cancelled", "10.20 redemptions", "disagree", too=("10.16 awards",),
          steal=lambda e: ["UPDATE activities_key SET external_id = 'elsewhere' WHERE kind = 'burn_cancel'"
                     f" AND external_id = '{_one(e, 'cancelled')}:points'"]),
)  # fmt: skip
