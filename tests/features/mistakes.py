"""A programme file that is right, and every mistake that can be made in it."""

BASE = """\
programme: aurora
name: {en: Aurora, bg: Аврора}
zone: Europe/Sofia
currency: EUR
languages: [en, bg]
units:
  points:
    kind: redeemable
    name: {en: points, bg: точки}
    scale: 2
    expires: never
  status: {kind: qualifying, name: {en: status, bg: статус}, expires: never}
kinds:
  survey:
    name: {en: Survey, bg: Анкета}
    facts:
      score: {type: integer, min: 0, max: 10}
rates:
  USD: [{from: 2026-01-01, home: 0.85, units: 1.00}]
rules:
  base:
    name: {en: Base, bg: Основно}
    when: purchase
    if:
      - weekday: {in: [sat, sun]}
    lines:
      - category: {in: [coffee]}
    then:
      - points: {unit: points, give: 1, per: 1.00}
    caps: {day: 10}
  status:
    name: {en: Status, bg: Статус}
    when: [purchase]
    then:
      - points: {unit: status, give: 1, per: 1.00}
"""


def rule(if_, **others):
    """The edit that gives the rule `base` another condition."""
    return {"      - weekday: {in: [sat, sun]}": f"      - {if_} #!"} | others


def ladder(level, more="downgrade: earned", beside="refunds: pro_rata"):
    """The edit that gives the programme a ladder of two tiers, the second one as said."""
    lines = ("tiers:", "  x:", "    name: {en: x, bg: х}", "    basis: {spend: true}", f"    {more}", "    levels:",
             "      silver: {name: {en: s, bg: с}, from: 10}", f"      {level}", beside, "kinds:")  # fmt: skip
    return {"kinds:": "\n".join(lines)}


def offered(*lines):
    """The edit that gives the programme a voucher, as said."""
    said = "\n".join(f"    {line}" for line in lines)
    return {"rules:": f"vouchers:\n  v:\n    name: {{en: v, bg: в}}\n{said}\nrules:"}


def mystery(*said, prices="{free: true}", prizes="{tea: 1}", tea=(), wrong=""):
    """The edit that gives the programme a mystery and two prizes, as said; the `wrong` key of it is marked."""
    given = ("name: {en: t, bg: т}", "kind: donation", "prices: [{points: {points: 5}}]", "cost: 1.00")
    box = ("name: {en: r, bg: р}", "kind: mystery", f"prices: [{prices}]", f"prizes: {prizes}", *said)
    box += tuple(
        f"{key}: {value}" for key, value in (("fallback", "milk"), ("budget", "9.00"), ("limits", "{day: 1}"))
        if not any(one.startswith(f"{key}:") for one in said)
    )  # fmt: skip
    box = [f"{one} #!" if wrong and one.startswith(f"{wrong}:") else one for one in box]
    rewards = {"tea": (*given, *tea), "milk": given, "r": box}
    lines = [line for key, parts in rewards.items() for line in (f"  {key}:", *(f"    {part}" for part in parts))]
    return {"kinds:": "\n".join(("rewards:", *lines, "kinds:"))}


def reward(*said, prices="{points: {points: 5}}"):
    """The edit that gives the programme a reward that says so; a donation where no kind is said."""
    kind = () if any("kind:" in one for one in said) else ("kind: donation",)
    parts = ("name: {en: r, bg: р}", *kind, f"prices: [{prices}]", *said)
    if "#!" in prices:
        parts = ("name: {en: r, bg: р}", *kind, "prices:", f"  - {prices}", *said)
    return {"kinds:": "\n".join(("rewards:", "  r:", *(f"    {part}" for part in parts), "kinds:"))}


STATUS = "  status: {kind: qualifying, name: {en: status, bg: статус}, expires: never}"
FIVE_OFF = ("kind: money_off", "amount: 5.00")
# reason, path, part of the suggestion, {line of BASE: what stands there instead}; “#!” marks the line expected.
COFFEE = "      - category: {in: [coffee]}"
DAY = "    caps: {day: 10}"
GIVE = "      - points: {unit: points, give: 1, per: 1.00}"
IF0 = "/rules/base/if/0"
THEN0 = "/rules/base/then/0"
WHEN = "    when: purchase"
CASES = [
    ("wrong_type", "/currency", None, {"currency: EUR": "currency: [EUR] #!"}),
    ("wrong_type", "/languages", "write it as a list: [en]", {"languages: [en, bg]": "languages: en #!"}),
    ("wrong_type", "/enrol_unknown", "write true", {"currency: EUR": "currency: EUR\nenrol_unknown: yes #!"}),
    ("wrong_type", "/rules/base/caps/day", None, {DAY: "    caps: {day: } #!"}),
    ("wrong_type", f"{IF0}/hour/from", 'write "07:00"', rule("hour: {from: 420, until: '09:00'}")),
    ("wrong_type", f"{IF0}/store/in/0", '"true" in quotes', rule("store: {in: [true]}")),
    ("wrong_type", IF0, "did you mean “first: …”?", rule("frist")),
    ("wrong_type", "/rules/base/if", "begin each entry with “- ”", {
        "    if:": "    if: #!", "      - weekday: {in: [sat, sun]}": "      weekday: {in: [sat, sun]}"}),
    ("wrong_type", f"{IF0}/not", "under “all” or “any”", rule("not: [{weekday: {in: [sat]}}]")),
    ("unknown_key", "/currancy", "did you mean “currency”?", {"currency: EUR": "currency: EUR\ncurrancy: EUR #!"}),
    ("unknown_key", f"{IF0}/weekdays", "did you mean “weekday”?", rule("weekdays: {in: [sat]}")),
    ("unknown_key", f"{IF0}/moon", "possible here: kind, channel", rule("moon: {in: [full]}")),
    ("unknown_key", f"{THEN0}/point", "did you mean “points”?", {GIVE: "      - point: {unit: points} #!"}),
    ("unknown_key", f"{THEN0}/points/pre", "did you mean “per”?", {
        GIVE: "      - points: {unit: points, give: 1, per: 1.00, pre: 2} #!"}),
    ("missing_key", "/rules/base", "add “when: …”", {"  base:": "  base: #!", WHEN: "    priority: 1"}),
    ("missing_key", "", "add “zone: …”", {"programme: aurora": "programme: aurora #!", "zone: Europe/Sofia": ""}),
    ("one_key", IF0, "begin a new line with “- ” for each", rule("{first: true, birthday_month: true}")),
    ("one_key", IF0, "possible here: kind", rule("{}")),
    ("empty", f"{IF0}/weekday/in", "fill it or leave the key out", rule("weekday: {in: []}")),
    ("empty", "/name/en", None, {"name: {en: Aurora, bg: Аврора}": 'name: {en: " ", bg: Аврора} #!'}),
    ("empty", "/rules/base/lines", "fill it", {"    lines:": "    lines: [] #!", COFFEE: ""}),
    ("too_many", "/remind_days", None, {"currency: EUR": f"currency: EUR\nremind_days: {list(range(1, 40))} #!"}),
    ("too_many", "/rules/base/if", "split the rule in two", {"    if:": "    if: #!",
        "      - weekday: {in: [sat, sun]}":
            "      - any: [" + "{all: [" + "first: true, " * 60 + "]}, {all: [" + "first: true, " * 60 + "]}]"}),
    ("too_long", "/name/en", None, {"name: {en: Aurora, bg: Аврора}": f"name: {{en: {'a' * 201}, bg: Аврора}} #!"}),
    ("too_deep", f"{IF0}{'/not' * 6}", "split the rule", rule("not: {" * 6 + "first: true" + "}" * 6)),
    ("too_small", f"{IF0}/nth/n", "write 1 or more", rule("nth: {n: 0}")),
    ("too_small", f"{THEN0}/points/give", "write 0.01 or more", {
        GIVE: "      - points: {unit: points, give: 0, per: 1.00} #!"}),
    ("too_large", "/units/points/scale", "write 6 or less", {"    scale: 2": "    scale: 7 #!"}),
    ("too_large", f"{THEN0}/multiply/by", None, {GIVE: "      - multiply: {unit: points, by: 1001} #!"}),
    ("too_large", "/units/points/expires/calendar/day", "write 30", {
        "    expires: never": "    expires: {calendar: {month: 6, day: 31}} #!"}),
    ("too_large", "/units/points/expires/calendar/month", "write 12 or less", {
        "    expires: never": "    expires: {calendar: {month: 13, day: 31}} #!"}),
    ("too_large", "/units/points/expires/rolling", "expires: never", {
        "    expires: never": "    expires: {rolling: {years: 100, days: 36000}} #!"}),
    ("too_many_decimals", f"{THEN0}/points/per", None, {
        GIVE: "      - points: {unit: points, give: 1, per: 1.005} #!"}),
    ("too_many_decimals", "/rules/status/then/0/points/give", "“scale: 1”, or say it in whole points, as 3 per 2.00", {
        "      - points: {unit: status, give: 1, per: 1.00}":
            "      - points: {unit: status, give: 1.5, per: 1.00} #!"}),
    ("not_a_number", f"{THEN0}/points/per", "write 1.50", {
        GIVE: "      - points: {unit: points, give: 1, per: '1,50'} #!"}),
    ("not_a_number", f"{THEN0}/points/per", "write per: 1.50, with a point", {
        GIVE: "      - points: {unit: points, give: 1, per: 1,50} #!"}),
    ("not_a_number", f"{THEN0}/multiply/by", "write 2, 1.5 or 3/2", {
        GIVE: "      - multiply: {unit: points, by: double} #!"}),
    ("not_a_date", f"{IF0}/dates/from", "2026-01-31", rule("dates: {from: 31.01.2026}")),
    ("not_a_date", f"{IF0}/dates/until", "2026-01-31", rule("dates: {until: 2026-02-30}")),
    ("not_a_time", f"{IF0}/hour/until", "hours:minutes", rule("hour: {from: '7:00', until: '25:00'}")),
    ("not_a_moment", "/rules/base/from", "2026-01-31T07:30", {WHEN: "    when: purchase\n    from: tomorrow #!"}),
    ("time_missing", "/rules/base/from", "2026-03-29T04:30", {
        WHEN: "    when: purchase\n    from: 2026-03-29T03:30 #!"}),
    ("time_ambiguous", "/rules/base/until", "2026-10-25T03:30+03:00 for the first or 2026-10-25T03:30+02:00", {
        WHEN: "    when: purchase\n    until: 2026-10-25 03:30 #!"}),
    ("unknown_word", f"{IF0}/weekday/in/0", "did you mean “sat”?", rule("weekday: {in: [saturday]}")),
    ("unknown_word", "/units/points/kind", "did you mean “redeemable”?", {
        "    kind: redeemable": "    kind: redeamable #!"}),
    ("unknown_word", f"{IF0}/counter/what", "did you mean “count:visit”?",
        rule("counter: {what: visit, period: month, min: 1}")),
    ("bad_key", "/rules/Basic Rule", "write “basic_rule”", {"  base:": "  Basic Rule: #!"}),
    ("bad_key", "/programme", "write “caf_aurora”", {"programme: aurora": "programme: Café Aurora #!"}),
    ("bad_text", "/name/en", None, {"name: {en: Aurora, bg: Аврора}": 'name: {en: "a\\nb", bg: Аврора} #!'}),
    ("duplicate", f"{IF0}/weekday/in/1", "leave one of them out", rule("weekday: {in: [sat, sat]}")),
    ("duplicate", "/rates/USD/1/from", "leave one of them out", {
        "  USD: [{from: 2026-01-01, home: 0.85, units: 1.00}]":
            "  USD: [{from: 2026-01-01, home: 0.85, units: 1.00}, {from: 2026-01-01, home: 1, units: 1}] #!"}),
    ("duplicate", "/rates/EUR", "leave it out", {
        "rates:": "rates:\n  EUR: [{from: 2026-01-01, home: 1, units: 1}] #!"}),
    ("zone_unknown", "/zone", "did you mean “Europe/Sofia”?", {"zone: Europe/Sofia": "zone: Europe/Sophia #!"}),
    ("zone_unknown", "/zone", "did you mean “Europe/Sofia”?", {"zone: Europe/Sofia": "zone: Sofia #!"}),
    ("country_unknown", "/country", "did you mean “BG”?", {"zone: Europe/Sofia": "zone: Europe/Sofia\ncountry: bg #!"}),
    ("country_unknown", "/country", "like BG", {"zone: Europe/Sofia": "zone: Europe/Sofia\ncountry: Bulgaria #!"}),
    ("currency_unknown", "/currency", "did you mean “EUR”?", {"currency: EUR": "currency: eur #!"}),
    ("currency_unknown", f"{IF0}/currency/in/0", "possible here: EUR, USD", rule("currency: {in: [GBP]}")),
    ("language_missing", "/rules/base/name", "add “bg: …”", {
        "    name: {en: Base, bg: Основно}": "    name: {en: Base} #!"}),
    ("language_unknown", "/rules/base/name/tr", "add it to “languages”", {
        "    name: {en: Base, bg: Основно}": "    name: {en: Base, bg: Основно, tr: Temel} #!"}),
    ("unit_unknown", f"{THEN0}/points/unit", "did you mean “points”?", {
        GIVE: "      - points: {unit: pionts, give: 1, per: 1.00} #!"}),
    ("kind_unknown", "/rules/base/when", "did you mean “purchase”?", {WHEN: "    when: purchas #!"}),
    ("kind_unknown", "/rules/base/when/1", "did you mean “survey”?", {WHEN: "    when: [purchase, survy] #!"}),
    ("kind_reserved", "/rules/base/when", None, {WHEN: "    when: return #!"}),
    ("kind_reserved", "/kinds/visit", "own_visit", {"  survey:": "  visit: #!"}),
    ("fact_unknown", f"{IF0}/fact/name", "did you mean “score”?",
        rule("fact: {name: scores, min: 9}", **{WHEN: "    when: survey"})),
    ("fact_type", f"{IF0}/fact/name", "compare it with integer values",
        rule("fact: {name: score, in: ['9']}", **{WHEN: "    when: survey"})),
    ("needs_one", f"{IF0}/basket", "add “amount_min: …”", rule("basket: {}")),
    ("needs_one", f"{IF0}/store", "add “in: …”", rule("store: {}")),
    ("either_or", "/rules/base/vesting", "leave one of them out", {
        DAY: "    vesting: {days: 3, until: 2026-12-01} #!"}),
    ("either_or", "/rules/base/vesting", "leave one of them out", {
        DAY: "    vesting: {activity: survey, cancel_after_days: 3, until: 2026-12-01} #!"}),
    ("activity_missing", "/rules/base/vesting/cancel_after_days", "activity: …", {
        DAY: "    vesting: {days: 3, cancel_after_days: 3} #!"}),
    ("cancel_missing", "/rules/base/vesting", "cancel_after_days: 30", {DAY: "    vesting: {activity: survey} #!"}),
    ("kind_unknown", "/rules/base/vesting/activity", "did you mean “survey”?", {
        DAY: "    vesting: {activity: survy, cancel_after_days: 3} #!"}),
    ("kind_reserved", "/rules/base/vesting/activity", "delivered", {
        DAY: "    vesting: {activity: purchase, cancel_after_days: 3} #!"}),
    ("never_confirmed", "/rules/base/when", "{days: 0}", {
        WHEN: "    when: [purchase, visit] #!", DAY: "    vesting: {activity: survey, cancel_after_days: 3}"}),
    ("window_empty", "/rules/base/until", "no longer counts", {
        WHEN: "    when: purchase\n    from: 2026-01-01\n    until: 2026-01-01 #!"}),
    ("window_empty", f"{IF0}/dates/until", "no longer counts", rule("dates: {from: 2026-01-02, until: 2026-01-01}")),
    ("window_empty", f"{IF0}/hour/until", "no longer counts", rule("hour: {from: '07:00', until: '07:00'}")),
    ("window_empty", f"{THEN0}/table/steps/1/amount_min", "smallest first", {
        GIVE: "      - table: {unit: points, steps: [{amount_min: 20, give: 1}, {amount_min: 10, give: 2}]} #!"}),
    ("never_holds", f"{IF0}/store", "leave them out", rule("store: {in: [a], not_in: [a, b]}")),
    ("never_holds", f"{IF0}/counter/max", "swap", rule("counter: {what: 'count:visit', period: day, min: 3, max: 2}")),
    ("never_holds", f"{IF0}/attribute/exists", "leave “exists” out",
        rule("attribute: {name: a, in: [b], exists: false}")),
    ("never_holds", "/kinds/survey/facts/score/max", "swap", {
        "      score: {type: integer, min: 0, max: 10}": "      score: {type: integer, min: 11, max: 10} #!"}),
    ("never_earns", f"{THEN0}/multiply/by", "above 1", {GIVE: "      - multiply: {unit: points, by: 1} #!"}),
    ("earns_less", f"{THEN0}/multiply/by", "above 1", {GIVE: "      - multiply: {unit: points, by: 0.5} #!"}),
    ("earns_less", f"{IF0}/not/basket", "turn it round", rule("not: {basket: {amount_min: 20}}")),
    ("earns_less", f"{IF0}/not/category", "turn it round", rule("not: {category: {in: [beer]}}")),
    ("earns_less", f"{IF0}/not/any/0/lines", "turn it round",
        rule("not: {any: [{lines: {where: [{brand: {in: [x]}}]}}]}")),
    ("earns_less", f"{IF0}/counter/max", "use “min”", rule("counter: {what: spend, period: month, max: 100}")),
    ("earns_less", f"{IF0}/not/counter/min", "turn it round",
        rule("not: {counter: {what: spend, period: month, min: 100}}")),
    ("earns_less", "/rules/base/lines/0/not/line", "turn it round", {
        COFFEE: "      - not: {line: {amount_min: 5}} #!"}),
    ("earns_less", f"{THEN0}/table/steps/1/give", "at least as much", {
        GIVE: "      - table: {unit: points, steps: [{amount_min: 10, give: 3}, {amount_min: 20, give: 2}]} #!"}),
    ("several_units", "/rules/base/caps", "one per unit", {
        GIVE: f"{GIVE}\n      - fixed: {{unit: status, give: 1}}", DAY: f"{DAY} #!"}),
    ("several_units", "/rules/base/budget", "one per unit", {
        GIVE: f"{GIVE}\n      - fixed: {{unit: status, give: 1}}", DAY: "    budget: 100 #!"}),
    ("slides_together", "/rules/base/expires", "unit of their own", {
        "    expires: never": "    expires: {sliding: {days: 90}}", DAY: "    expires: {rolling: {days: 7}} #!"}),
    ("slides_together", "/rules/base/expires", "unit of their own", {DAY: "    expires: {sliding: {days: 7}} #!"}),
    ("validity_missing", "/units/points/expires/rolling", "days or months", {
        "    expires: never": "    expires: {rolling: {days: 0}} #!"}),
    ("choices_misplaced", "/kinds/survey/facts/score/choices", "leave it out", {
        "      score: {type: integer, min: 0, max: 10}": "      score: {type: integer, choices: [a]} #!"}),
    # doubts
    ("nothing_to_multiply", f"{THEN0}", "per_piece", {
        GIVE: "      - multiply: {unit: points, by: 2} #!"}),
    ("kind_never_matches", f"{IF0}/kind/in", "change “when”", rule("kind: {in: [visit]}")),
    ("unit_not_spendable", "/units/status/worth", "leave it out", {
        "  status: {kind: qualifying, name: {en: status, bg: статус}, expires: never}":
            "  status: {kind: qualifying, name: {en: s, bg: с}, expires: never, worth: {points: 1, money: 1}} #!"}),
    ("unit_never_given", "/units/stars", "add a rule", {
        "kinds:": "  stars: {kind: redeemable, name: {en: stars, bg: звезди}, expires: never} #!\nkinds:"}),
    ("no_campaigns", "/hold_out", "campaign: true", {"kinds:": "hold_out: {share: 5} #!\nkinds:"}),
    ("too_large", "/hold_out/share", "write 50", {"kinds:": "hold_out: {share: 51} #!\nkinds:"}),
    # tiers
    ("not_ascending", "/tiers/x/levels/gold/from", "lowest", ladder("gold: {name: {en: g, bg: г}, from: 9} #!")),
    ("invited_or_earned", "/tiers/x/levels/gold", "invitation_only", ladder("gold: {name: {en: g, bg: г}} #!")),
    ("invited_or_earned", "/tiers/x/levels/gold/from", "leave one out", ladder(
        "gold: {name: {en: g, bg: г}, from: 99, invitation_only: true} #!")),
    ("benefit_number", "/tiers/x/levels/gold/benefits/off/percent", "percent", ladder(
        "gold: {name: {en: g, bg: г}, from: 99, benefits: {off: {kind: percent_off, name: {en: o, bg: о}}}} #!")),
    ("tier_unknown", "/rules/base/if/0/tier/in/0", "did you mean “silver”", {
        **ladder("gold: {name: {en: g, bg: г}, from: 99}"),
        "      - weekday: {in: [sat, sun]}": "      - tier: {in: [silvr]} #!"}),
    ("no_one_membership", "/tiers/x/window", "rolling", ladder(
        "gold: {name: {en: g, bg: г}, from: 99}", "window: membership_year #!", "households: {}")),
    ("plan_unknown", "/rules/base/if/0/membership/in/0", "did you mean “plus”", {
        "kinds:": "plans:\n  plus: {name: {en: p, bg: п}, prices: {EUR: 1}, period: {months: 1}}\nkinds:",
        "      - weekday: {in: [sat, sun]}": "      - membership: {in: [pluss]} #!"}),
    ("place_unknown", "/support/answers/a/text/en", "{name}", {
        "rules:": "support:\n  answers:\n    a:\n      name: {en: a, bg: а}\n      text:\n"
        "        en: Dear {nome} #!\n        bg: а\nrules:"}),
    ("percent_missing", "/vouchers/v/amount_max", "leave it out", offered("amount: 5.00", "amount_max: 3.00 #!")),
    ("not_of_goods", "/vouchers/v/lines", "under “if”", offered(
        "free_shipping: true", "lines: [{category: {in: [coffee]}}] #!")),
    ("not_a_pool", "/vouchers/v/alarm_below", "codes: pool", offered("amount: 5.00", "alarm_below: 10 #!")),
    ("voucher_unknown", "/rules/base/then/1/voucher", "possible here: v", {
        **offered("amount: 5.00"), GIVE: GIVE + "\n      - voucher: welcome #!"}),
    ("vouchers_ungrouped", "/rules/base/group", "a rule of its own", {
        **offered("amount: 5.00"), GIVE: GIVE + "\n      - voucher: v", DAY: "    group: best #!"}),
    ("no_points", "/rules/base/caps", "“uses”", {
        **offered("amount: 5.00"), GIVE: "      - voucher: v", DAY: "    caps: {day: 10} #!"}),
    ("unit_not_money", "/gift_cards/unit", "2 decimals", {
        "rules:": "gift_cards:\n  unit: points #!\nrules:"}),
    # rewards, paying, conversions
    ("kind_incomplete", "/rewards/r/kind", "percent", reward("kind: percent_off #!")),
    ("kind_without", "/rewards/r/percent", "leave", reward("kind: donation", "percent: 5 #!")),
    ("kind_without", "/rewards/r/voucher", "leave", {**offered("amount: 5.00"), **reward("voucher: v #!")}),
    ("kind_without", "/rewards/r/fulfil_days", "by_hand", reward(*FIVE_OFF, "fulfil_days: 3 #!")),
    ("kind_without", "/rewards/r/address", "by_hand", reward(*FIVE_OFF, "address: true #!")),
    ("either_or", "/rewards/r/amount", "voucher", {
        **offered("amount: 5.00"), **reward("kind: money_off", "voucher: v", "amount: 5.00 #!")}),
    ("either_or", "/rewards/r/fulfilment", "voucher", {
        **offered("amount: 5.00"), **reward("kind: money_off", "voucher: v", "fulfilment: by_hand #!")}),
    ("voucher_unknown", "/rewards/r/voucher", "possible here", {
        **offered("amount: 5.00"), **reward("kind: money_off", "voucher: welcome #!")}),
    ("voucher_unfit", "/rewards/r/voucher", "gives percent", {
        **offered("amount: 5.00"), **reward("kind: percent_off", "voucher: v #!")}),
    ("no_gift_cards", "/rewards/r/kind", "by_hand", reward("kind: gift_card #!", "amount: 5.00")),
    ("too_large", "/rewards/r/amount", "balance_max", {
        STATUS: STATUS + "\n  credit: {kind: money, name: {en: c, bg: к}, scale: 2, expires: never}",
        "rules:": "gift_cards: {unit: credit, balance_max: 9.00}\nrules:",
        **reward("kind: gift_card", "amount: 10.00 #!")}),
    ("kind_incomplete", "/rewards/r/kind", "limits", mystery("limits: {week: 1}", wrong="kind")),
    ("kind_incomplete", "/rewards/r/kind", "fallback", reward("kind: mystery #!", "prizes: {r: 1}")),
    ("kind_without", "/rewards/r/prizes", "mystery", reward("prizes: {r: 1} #!")),
    ("kind_without", "/rewards/r/cost", "leave", mystery("cost: 1.00 #!")),
    ("kind_without", "/rewards/r/free_limits", "leave", mystery("free_limits: {week: 1} #!")),
    ("no_free_entry", "/rewards/r/prices", "free: true", mystery(prices="{points: {points: 5}}", wrong="prices")),
    ("no_free_entry", "/rewards/r/prices", "free_limits", mystery(
        prices="{points: {points: 5}}, {free: true}", wrong="prices")),
    ("prize_unknown", "/rewards/r/prizes/coffee", "one of", mystery(prizes="{coffee: 1}", wrong="prizes")),
    ("prize_unknown", "/rewards/r/guarantee/prize", "one of", mystery("guarantee: {prize: milk, within: 3} #!")),
    ("prize_unfit", "/rewards/r/prizes/tea", "without it", mystery(tea=["address: true"], wrong="prizes")),
    ("prize_unfit", "/rewards/r/fallback", "another", mystery("fallback: r #!")),
    ("fallback_unfit", "/rewards/r/fallback", "always there", mystery("fallback: tea #!", tea=["total: 5"])),
    ("too_small", "/rewards/r/budget", "more", mystery("budget: 0.50 #!")),
    ("window_empty", "/rewards/r/until", "first day", reward("from: 2026-02-01", "until: 2026-02-01 #!")),
    ("no_beginning", "/rewards/r/early_access", "from", reward("early_access: {gold: 4} #!")),
    ("no_options", "/rewards/r/stocked", "whole", reward("stocked: per_choice #!")),
    ("no_cost", "/rewards/r/budget", "cost", reward("budget: 10.00 #!")),
    ("not_of_a_member", "/rewards/r/if", "a tier", reward("if: [{basket: {amount_min: 5.00}}] #!")),
    ("not_of_a_member", "/rewards/r/if", "a tier", reward("if: [{first: true}] #!")),
    ("never_spent", "/rewards/r/prices/0/points/status", "redeemable", reward(prices="{points: {status: 5}} #!")),
    ("unit_unknown", "/rewards/r/prices/0/points/pints", "points", reward(prices="{points: {pints: 5}} #!")),
    ("too_large", "/rewards/r/prices/0/top_up/least", None, reward(
        prices="{points: {points: 5}, top_up: {points: 1, amount: 0.01, least: 5}} #!")),
    ("price_missing", "/rewards/r/prices/0", "free: true", reward(prices="{} #!")),
    ("price_missing", "/rewards/r/prices/0", "free: true", reward(prices="{points: {}, free: false} #!")),
    ("either_or", "/rewards/r/prices/0/free", "leave it out", reward(prices="{points: {points: 5}, free: true} #!")),
    ("free_unlimited", "/rewards/r/prices/0/free", "{lifetime: 1}", reward(
        "kind: gift_card", "amount: 5.00", prices="{free: true} #!")),
    ("bad_link", "/consents/c/recipients/0/link", "https://", {"rules:": "\n".join((
        "consents:", "  c:", "    name: {en: c, bg: с}", "    text: {en: c, bg: с}", "    recipients:",
        "      - {name: Brevo, link: www.brevo.com} #!", "rules:"))}),
    ("either_or", "/consents/c/keep_days", "leave out “keep_days”", {"rules:": "\n".join((
        "consents:", "  c:", "    name: {en: c, bg: с}", "    text: {en: c, bg: с}", "    required: true",
        "    keep_days: 30 #!", "rules:"))}),
    ("category_unnamed", "/rewards/r/category", "add “drinks: {en: …, bg: …}”", reward("category: drinks #!")),
    ("several_units", "/rewards/r/prices/0/top_up", "leave", reward(
        prices="{points: {points: 5, status: 1}, top_up: {points: 1, amount: 0.01, least: 1}} #!")),
    ("never_spent", "/units/status/pays", "leave", {
        STATUS: STATUS.replace("expires: never", "expires: never, pays: {points: 1, money: 1.00}") + " #!"}),
    ("never_spent", "/units/status/transfers", "leave", {
        STATUS: STATUS.replace("expires: never", "expires: never, transfers: {}") + " #!"}),
    ("never_spent", "/units/status/converts_at", "leave", {
        STATUS: STATUS.replace("expires: never", "expires: never, converts_at: 5") + " #!"}),
    ("never_spent", "/units/status/worth/redeemed", "leave", {
        STATUS: STATUS.replace("qualifying", "allowance").replace(
            "expires: never", "expires: never, worth: {points: 1, money: 1.00, redeemed: 90}") + " #!"}),
    ("converts_to_nothing", "/units/points/converts_at", "when: converted", {
        "    scale: 2": "    scale: 2\n    converts_at: 5 #!"}),
    ("converts_again", "/rules/base/then/0", "another unit", {
        "    scale: 2": "    scale: 2\n    converts_at: 5", WHEN: "    when: converted", GIVE: GIVE + " #!"}),
    ("not_a_colour", "/brand/colour", "six", {"kinds:": "brand: {colour: green} #!\nkinds:"}),
    ("not_a_hash", "/brand/logo", "upload", {"kinds:": "brand: {logo: cup.png} #!\nkinds:"}),
    # the text itself
    ("empty_file", "", None, {"": "# nothing #!"}),
    ("yaml_syntax", "", "in quotes", {"currency: EUR": "currency: EUR: x #!"}),
    ("yaml_syntax", "", "spaces", {"    kind: redeemable": "\tkind: redeemable #!"}),
    ("yaml_syntax", "", "write “rules:”", {"rules:": "rules #!"}),
    ("yaml_syntax", "", "write “base:”", {"  base:": "  base #!"}),
    ("yaml_syntax", "", "write “when: purchase”", {WHEN: "    when purchase #!"}),
    ("yaml_duplicate", "/zone", "leave one of them out", {"currency: EUR": "currency: EUR\nzone: UTC #!"}),
    ("yaml_alias", "", "write the text out", {"languages: [en, bg]": "languages: &all [en, bg] #!"}),
    ("yaml_alias", "", "write the text out", {"currency: EUR": "currency: *x #!"}),
    ("yaml_tag", "", "leave the tag out", {"currency: EUR": "currency: !!str EUR #!"}),
    ("yaml_key", "", None, {"currency: EUR": "currency: EUR\n? [a] #!\n: b"}),
    ("yaml_several", "", "---", {"kinds:": "--- #!\nkinds:"}),
    ("bad_character", "", "delete it", {"currency: EUR": "currency: E\x00UR #!"}),
]  # fmt: skip


def edited(edits):
    """BASE with some lines changed, and the line that is marked."""
    if "" in edits:
        return edits[""], 1
    lines = [edits.get(line, line) for line in BASE.split("\n")]
    assert set(edits) <= set(BASE.split("\n")), "the edit does not fit"
    source = "\n".join(lines)
    marked = [number for number, line in enumerate(source.split("\n"), 1) if "#!" in line]
    return source, marked[0] if marked else 0
