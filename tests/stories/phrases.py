"""The sentences that the steps and arrows of a story may use."""

import re
from datetime import time
from typing import Final

VERBS: Final = {
    "buys": "purchase", "visits": "visit", "reviews": "review", "shares": "share", "signs up": "signup",
    "has a birthday": "birthday",
}  # fmt: skip
# After what is done, short clauses: `Ann buys 4.00 as O1 on 2026-01-03 paying 3.00 card + 1.00 points`.
CLAUSES: Final = {
    "as": "external_id", "on": "occurred", "at": "store", "through": "channel", "with": "partner", "from": "source",
    "paying": "tenders", "saying": "facts", "replacing": "replaces", "confirming": "confirms",
}  # fmt: skip
MONEY: Final = r"\d+(?:\.\d+)?"
SUM: Final = rf"(?P<amount>{MONEY})(?: (?P<currency>[A-Z]{{3}}))?"
NOON: Final = time(12)

DAY: Final = r"\d{4}-\d\d-\d\d"
NAME: Final = r"[\w-]+"
CARD: Final = rf"(?P<card>(?:her|his|\w+'s) card|{NAME})"
AS: Final = rf"(?: as (?P<name>{NAME}))?"
ENDING: Final = r"(?P<when>now|at the end)"

# What may be done. Groups named `points` and `amount` are numbers as a reader writes them.
DEEDS: Final[dict[str, str]] = {
    "night": r"night",
    "look": r"look",
    "close": r"(?P<actor>\w+) closes (?P<month>\d{4}-\d\d)",
    "rate": rf"(?P<amount>{MONEY}) (?P<currency>[A-Z]{{3}}) is (?P<home>{MONEY}) from (?P<day>\d{{4}}-\d\d-\d\d)",
    "publish": r"new rules(?: in force from (?P<since>\S+))?",
    "voucher_give": rf"(?P<who>\w+) is given the voucher (?P<voucher>\w+){AS}",
    "codes_bring": rf"the codes? (?P<codes>{NAME}(?:, {NAME})*) comes? in for (?P<voucher>\w+){AS}",
    "voucher_use": rf"(?P<who>\w+) uses (?:(?:her|his) vouchers? )?(?P<codes>{NAME}(?: and {NAME})*)"
                   rf"(?: on (?P<amount>{MONEY}))?(?P<rest>.*)",
    "voucher_withdraw": rf"(?P<actor>\w+) withdraws (?:(?P<whose>\w+)'s voucher|the code) (?P<code>{NAME})",
    "roll_back": rf"(?P<actor>\w+) rolls (?:(?P<amount>{MONEY}) of )?(?P<what>{NAME}) back{AS}",
    "card_sell": rf"(?P<who>\w+) buys a gift card of (?P<amount>{MONEY})(?: for (?P<to>\w+))?{AS}",
    "card_load": rf"(?P<who>\w+) loads (?P<amount>{MONEY}) onto {CARD}{AS}",
    "card_pay": rf"(?P<who>\w+) pays (?P<amount>{MONEY}) by {CARD}{AS}",
    "card_move": rf"(?P<who>\w+) moves (?P<amount>{MONEY}|all) from {CARD} to (?:(?P<to>\w+)'s|her|his) balance{AS}",
    "plan_join": r"(?P<who>\w+) joins (?P<plan>\w+)(?P<paid> and pays)?(?: in (?P<currency>[A-Z]{3}))?" + AS,
    "plan_pay": r"(?P<who>\w+) pays it(?P<again> again)?",
    "plan_fail": r"(?P<who>\w+)'s payment fails",
    "plan_renew": r"(?P<who>\w+) renews (?:period (?P<number>\d+) of )?(?P<of>\w+)",
    "plan_pause": r"(?P<who>\w+) pauses (?P<of>\w+)",
    "plan_resume": r"(?P<who>\w+) resumes (?P<of>\w+)",
    "plan_cancel": rf"(?P<who>\w+) cancels (?P<of>\w+) {ENDING}",
    "plan_change": rf"(?P<who>\w+) changes to (?P<plan>\w+)(?: {ENDING})?(?P<paid> and pays)?",
    "plan_refund": r"(?P<who>\w+) gives (?:period (?P<number>\d+) of )?(?P<of>\w+) back",
    "reopen": r"(?P<who>\w+) opens (?P<order>\S+) again(?P<rest>.*)",
    "numbered": rf"(?P<who>\w+) returns (?:{SUM} of |(?P<quantity>\d+) pieces? of )?line (?P<number>\d+)"
                r" of (?P<order>\S+)(?P<rest>.*)",
    "return": rf"(?P<who>\w+) returns (?:{SUM} of )?(?P<order>\S+)(?P<rest>.*)",
    "spend": rf"(?P<who>\w+) spends (?P<points>{MONEY}) (?P<unit>\w+)(?P<rest>.*)",
    "hold": rf"(?P<who>\w+) holds (?P<points>{MONEY}) (?P<unit>\w+) for (?P<number>\d+)"
            r" (?P<measure>minutes|hours|days)(?P<rest>.*)",
    "capture": rf"capture (?:(?P<points>{MONEY}) of )?(?P<hold>[\w-]+)(?P<keep> keeping the rest)?(?P<rest>.*)",
    "release": r"release (?P<hold>[\w-]+)(?P<rest>.*)",
    "cancel": rf"cancel (?:(?P<points>{MONEY}) of )?(?P<burn>[\w-]+)(?P<rest>.*)",
    "give": rf"(?P<actor>\w+) gives (?P<who>\w+) (?P<points>{MONEY}) (?P<unit>\w+)(?P<rest>.*?) because (?P<reason>.+)",
    "take": rf"(?P<actor>\w+) takes (?P<points>{MONEY}) (?P<unit>\w+) from (?P<who>\w+)(?P<rest>.*?)"
            r" because (?P<reason>.+)",
    "grant": r"(?P<actor>\w+) (?P<how>grants|matches|invites) (?P<who>\w+) (?:with |to )?(?P<tier>\w+)"
             r" until (?P<day>\d{4}-\d\d-\d\d)(?P<rest>.*?) because (?P<reason>.+)",
    "redeem": rf"(?P<who>\w+) (?P<how>redeems|reserves) (?P<reward>[\w-]+)(?: at price (?P<number>\d+))?"
              rf"(?: with (?P<points>{MONEY}) (?P<unit>\w+))?(?: choosing (?P<choices>\w+=\w+(?:, \w+=\w+)*))?"
              r"(?: sent to (?P<city>\w+))?(?: as (?P<name>[\w-]+))?",
    "plant": r"the seed of chance is (?P<number>\d+)",
    "switch": r"(?P<who>\w+) switches chance (?P<way>off|on)",
    "become_of": r"(?P<name>[\w-]+) is (?P<deed>confirmed|handed over|given up)",
    "supply": r"(?P<pieces>\d+) (?P<reward>[\w-]+)(?: in (?P<variant>[\w/-]+))?"
              r" (?P<way>come in|comes in|are lost|is lost)(?: as (?P<name>[\w-]+))?",
    "approve": r"(?P<actor>\w+) approves (?P<what>\S+)",
    "reject": r"(?P<actor>\w+) rejects (?P<what>\S+)",
    "send": rf"(?P<who>\w+) sends (?P<to>\w+) (?P<points>{MONEY}) (?P<unit>\w+)(?P<rest>.*)",
    "donate": rf"(?P<who>\w+) donates (?P<points>{MONEY}) (?P<unit>\w+) to (?P<cause>\w+)(?P<rest>.*)",
    "settle": r"(?P<who>\w+) (?P<deed>accepts|declines|withdraws) (?P<order>\S+)",
    "agree": r"(?P<who>\w+) (?P<way>agrees|no longer agrees) to (?P<purpose>\w+)(?: in wording (?P<number>\d+))?",
    "join": r"(?P<who>\w+) joins",
    "found": r"(?P<who>\w+) founds the (?P<home>\w+)",
    "invite": r"(?P<by>\w+) invites (?P<who>\w+) to the (?P<home>\w+) as (?P<role>adult|child)",
    "accept": r"(?P<who>\w+) joins the (?P<home>\w+)",
    "decline": r"(?P<who>\w+) declines to join the (?P<home>\w+)",
    "leave": r"(?P<who>\w+) leaves the (?P<home>\w+)",
    "remove": r"(?P<by>\w+) removes (?P<who>\w+) from the (?P<home>\w+)",
    "become": r"(?P<by>\w+) lets (?P<who>\w+) be an? (?P<role>adult|child) of the (?P<home>\w+)",
    "hand_over": r"(?P<by>\w+) hands the (?P<home>\w+) over to (?P<who>\w+)",
    "merge": r"(?P<goes>\w+) is merged into (?P<who>\w+)",
    "unmerge": r"(?P<goes>\w+) is taken out of (?P<who>\w+) again",
    "tell": rf"(?P<who>\w+) (?:(?P<verb>{'|'.join(VERBS)})|does (?P<kind>\w+))"
            rf"(?: (?P<amount>{MONEY}))?(?: (?P<currency>[A-Z]{{3}}))?(?P<rest>.*)",
}  # fmt: skip

# What may be claimed, most special first. `→ 40 points` is all that a step awards in the unit.
CLAIMS: Final[dict[str, str]] = {
    "nothing": r"nothing",
    "known": r"known already",
    "refused": r"refused: (?P<code>\w+)(?: \((?P<facts>.+)\))?",
    "parked": r"parked: (?P<reason>\w+)",
    "issued": rf"(?P<number>\d+) vouchers?(?: (?P<voucher>\w+))?(?: until (?P<day>{DAY}))?",
    "dry": r"no code is left for (?P<voucher>\w+)",
    "codes_left": r"(?P<number>\d+) codes? (?:are|is) left for (?P<voucher>\w+)",
    "off": rf"(?P<amount>{MONEY}) off(?:: (?P<lines>.+))?",
    "coupon": rf"(?:(?P<who>\w+)'s voucher|the code) (?P<code>{NAME}) is (?P<state>active|used|expired|withdrawn)"
    r"(?:, used (?P<used>\d+) of (?P<uses>\d+))?",
    "on_card": rf"(?P<amount>{MONEY}) on (?P<card>the card|\w+'s card|{NAME})",
    "card_lots": r"(?P<card>the card|\w+'s card): (?P<lots>.+)",
    "asked": rf"(?:(?P<who>\w+) is )?asked (?P<amount>{MONEY}|nothing)",
    "money_back": rf"(?P<amount>{MONEY}) given back",
    "no_member": r"(?:(?P<who>\w+) is )?in no plan(?:: (?P<state>awaiting|paused|ended))?",
    "member_of": r"(?:(?P<who>\w+) is )?in (?P<plan>\w+)(?: (?:on|in) (?P<state>trial|grace))?"
    rf"(?: until (?P<day>{DAY})(?P<cancelled>, cancelled)?| (?P<ever>for ever))?",
    "spans": r"(?P<who>\w+)'s periods: (?P<entries>.+)",
    "payments": r"(?P<who>\w+)'s payments: (?P<entries>.+)",
    "worth": rf"(?P<plan>\w+) is worth (?P<amount>{MONEY}) to (?P<who>\w+), (?P<by>{MONEY})"
    r" (?P<way>more|less) than it costs",
    "capped": r"capped: (?P<of>rule|uses|unit|budget) (?P<key>\w+) at (?P<most>\d+) per (?P<window>\w+)",
    "line": rf"line (?P<number>\d+) gets (?P<points>{MONEY}) (?P<unit>\w+)(?:: (?P<shares>.+))?",
    "exact": r"(?P<rule>\w+) gives exactly (?P<exact>\d+(?:/\d+)?) (?P<unit>\w+)",
    "passed": rf"(?P<points>{MONEY}) (?P<unit>\w+) pass(?:, (?P<debt>{MONEY}) owed)?",
    "taken": rf"(?P<asked>{MONEY}) (?P<unit>\w+) taken back(?:: (?P<parts>.+))?",
    "restored": rf"(?P<points>{MONEY}) (?P<unit>\w+) given again",
    "kept": rf"keeps (?P<points>{MONEY}) (?P<unit>\w+) of it",
    "refund": rf"(?P<amount>{MONEY}) back(?:: (?P<tenders>.+?))?, (?P<left>{MONEY}) left",
    "repaid": rf"(?P<points>{MONEY}) (?P<unit>\w+) repay the debt",
    "expired": rf"(?P<points>{MONEY}) (?P<unit>\w+) expire",
    "back": rf"(?P<points>{MONEY}) (?P<unit>\w+) come back",
    "begun": rf"(?P<points>{MONEY}) (?P<unit>\w+) are released",
    "cancelled": rf"(?P<points>{MONEY}) (?P<unit>\w+) are cancelled",
    "awaits": r"(?P<unit>\w+) wait for (?P<kind>\w+) until (?P<day>\S+)",
    "none_expire": r"nothing expires",
    "agreed": r"(?P<who>\w+) agrees to (?P<purpose>\w+) in wording (?P<number>\d+)",
    "not_agreed": r"(?P<who>\w+) does not agree to (?P<purpose>\w+)",
    "sent": rf"(?P<points>{MONEY}) (?P<unit>\w+) sent(?:, (?P<fee>{MONEY}) fee)?",
    "offered": r"offered",
    "given": rf"(?P<cause>\w+) (?:has|have) been given (?P<points>{MONEY}) (?P<unit>\w+)",
    "has": rf"(?P<who>\w+) has (?P<points>{MONEY}) (?P<unit>\w+)(?:, (?P<parts>.+))?",
    "expiring": r"(?P<who>\w+)'s (?P<unit>\w+) to expire(?: until (?P<until>\S+))?: (?P<ends>.+)",
    "reminded": r"(?P<who>\w+) is reminded(?:: (?P<ends>.+)| of nothing)",
    "ending": r"all (?P<unit>\w+) to expire: (?P<ends>.+)",
    "released": r"(?P<facts>\d+) released",
    "figures": r"(?P<month>\d{4}-\d\d) of (?P<unit>\w+): (?P<sums>.+)",
    "months": r"(?P<who>\w+)'s months of (?P<unit>\w+): (?P<entries>.+)",
    "hold": r"(?P<hold>[\w-]+) is (?P<state>open|captured|released|expired)",
    "stood": r"(?P<who>\w+) was on (?P<tier>no tier|\w+) on (?P<day>\S+)",
    "stands": r"(?P<who>\w+) is on (?P<tier>no tier|\w+)",
    "needs": rf"(?P<who>\w+) needs (?P<amount>{MONEY}) for (?P<tier>\w+)",
    "keeps": rf"(?P<who>\w+) keeps (?P<tier>\w+) with (?P<amount>{MONEY}) until (?P<day>\S+)",
    "share": r"(?P<who>\w+)'s (?P<unit>\w+) in the (?P<home>\w+): (?P<entries>.+)",
    "redemption": r"(?P<name>[\w-]+) stands (?P<state>reserved|confirmed|fulfilled|cancelled|expired)"
    r"(?: until (?P<day>\d{4}-\d\d-\d\d)(?: (?P<clock>\d\d:\d\d))?)?",
    "gives": rf"(?P<name>[\w-]+) gives (?:(?:a voucher|the voucher (?P<voucher>[\w-]+))"
    rf"|a gift card with (?P<amount>{MONEY})|(?P<nothing>nothing))",
    "won": r"(?P<name>[\w-]+) wins (?P<reward>[\w-]+)",
    "odds": r"a draw of (?P<reward>[\w-]+) gives (?P<odds>\d+/\d+ [\w-]+(?:, \d+/\d+ [\w-]+)*)",
    "to_pay": rf"(?P<amount>{MONEY}) to pay",
    "left": r"(?P<number>\d+|any number of) (?P<reward>[\w-]+)(?: in (?P<variant>[\w/-]+))? (?:are|is) left",
    "can_have": r"(?P<who>\w+) can have (?P<reward>[\w-]+)",
    "cannot_have": r"(?P<who>\w+) can't have (?P<reward>[\w-]+): (?P<code>\w+)",
    "lacks": rf"(?P<who>\w+) lacks (?P<points>{MONEY}|no) (?P<unit>\w+) for (?P<reward>[\w-]+)"
    r"(?: at price (?P<number>\d+))?",
    "begins": r"(?P<reward>[\w-]+) begins for (?P<who>\w+) on (?P<day>\d{4}-\d\d-\d\d)(?: (?P<clock>\d\d:\d\d))?",
    "statement": r"(?P<who>\w+)'s statement of (?P<unit>\w+): (?P<entries>.+)",
    "lots": r"(?P<who>\w+)'s (?P<unit>\w+): (?P<lots>.+)",
    "awarded": rf"(?P<points>{MONEY}) (?P<unit>\w+)(?:: (?P<shares>.+))?",
}

STEP: Final = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)(?: (?P<time>\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?))?|&) +(?P<text>\S.*)"
)
ITEM: Final = re.compile(
    rf"- (?P<product>[\w-]+) (?P<amount>{MONEY})(?: less (?P<discount>{MONEY}))?(?: × (?P<quantity>\d+))?"
    r"(?: in (?P<category>[\w-]+))?(?: by (?P<brand>[\w-]+))?(?: tagged (?P<tags>[\w, -]+?))?(?: as (?P<kind>\w+))?"
)
DEED_PATTERNS: Final = {act: re.compile(pattern) for act, pattern in DEEDS.items()}
CLAIM_PATTERNS: Final = {what: re.compile(pattern) for what, pattern in CLAIMS.items()}
