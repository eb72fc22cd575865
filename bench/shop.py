"""The programme and the purchases of the bench: ten rules, a thousand members, ten-line baskets."""

import json
import random
from collections.abc import Iterator

MEMBERS = 1_000
PROGRAMME = """\
programme: bench
name: {en: Bench}
zone: Europe/Sofia
currency: EUR
languages: [en]
enrol_unknown: true
units:
  points: {kind: redeemable, name: {en: Points}, expires: {rolling: {months: 12, round_up: month}}}
rules:
  base: {name: {en: Base}, when: purchase, then: [{points: {unit: points, give: 3, per: 2.00}}]}
  coffee:
    name: {en: Coffee}
    when: purchase
    lines: [{category: {in: [coffee]}}]
    then: [{points: {unit: points, give: 1, per: 1.00}}]
  cakes:
    name: {en: Cakes}
    when: purchase
    lines: [{category: {in: [cakes, bread]}}]
    then: [{per_piece: {unit: points, give: 2}}]
  weekend:
    name: {en: Weekend}
    when: purchase
    if: [{weekday: {in: [sat, sun]}}]
    then: [{multiply: {unit: points, by: "3/2"}}]
  big: {name: {en: Big basket}, when: purchase, if: [{basket: {amount_min: 60.00}}],
        then: [{fixed: {unit: points, give: 50}}]}
  first: {name: {en: First}, when: purchase, if: [{first: true}], then: [{fixed: {unit: points, give: 100}}]}
  tenth: {name: {en: Tenth}, when: purchase, if: [{nth: {n: 10, every: true}}],
          then: [{fixed: {unit: points, give: 25}}]}
  centre: {name: {en: Centre}, when: purchase, if: [{store: {in: [s1, s2]}}],
           then: [{fixed: {unit: points, give: 5}}], caps: {month: 50}}
  app: {name: {en: App}, when: purchase, if: [{channel: {in: [app]}}], then: [{fixed: {unit: points, give: 5}}]}
  steps: {name: {en: Steps}, when: purchase,
          then: [{table: {unit: points, steps: [{amount_min: 20.00, give: 5}, {amount_min: 40.00, give: 15}]}}]}
"""

_CATEGORIES = ("coffee", "tea", "cakes", "bread", "juice", "beans", "mugs")


def purchases(prefix: str, count: int, *, seed: int, at: str) -> Iterator[dict[str, object]]:
    """Different purchases of ten lines, spread over the members; `at` is when they happened."""
    chance = random.Random(seed)
    for number in range(count):
        lines = [
            {
                "product": f"p{chance.randrange(400)}",
                "category": chance.choice(_CATEGORIES),
                "amount": chance.randrange(90, 900),
                "quantity": chance.randrange(1, 3),
            }
            for _ in range(10)
        ]
        yield {
            "kind": "purchase",
            "source": "bench",
            "external_id": f"{prefix}-{number}",
            "occurred_at": at,
            "member": {"external_id": f"m{chance.randrange(MEMBERS)}"},
            "store": f"s{chance.randrange(9)}",
            "channel": chance.choice(("till", "app")),
            "lines": lines,
        }


def body(purchase: object) -> bytes:
    """The JSON text of a request."""
    return json.dumps(purchase, separators=(",", ":")).encode()
