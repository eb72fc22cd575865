"""Programme files: every mistake is told with its line, path and a way out; what is right survives."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given

import guerdon
from guerdon.core import documents, errors, limits
from guerdon.core.grammar import programmes as grammar
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms
from tests import strategies
from tests.features.mistakes import BASE, CASES, COFFEE, GIVE, WHEN, edited

DEMO = Path(guerdon.__file__).parent / "demo"


def problems(source):
    """All problems of a file as (line, path, reason, suggestion)."""
    found = forms.read(source)
    assert (found.programme is None) == bool(found.errors)
    return [(one.line, one.path, one.reason, one.suggestion) for one in found.problems]


def test_the_base_is_right():
    assert problems(BASE) == []


@pytest.mark.parametrize(("reason", "path", "suggestion", "edits"), CASES, ids=lambda part: str(part)[:40])
def test_every_mistake_is_told_with_its_place(reason, path, suggestion, edits):
    source, line = edited(edits)
    found = [one for one in forms.read(source).problems if one.reason == reason and one.path == path]
    assert found, problems(source)
    assert found[0].line == line
    assert found[0].column >= 1
    assert found[0].message.endswith(".")
    assert suggestion is None or suggestion in (found[0].suggestion or "")
    assert found[0].severity == ("warning" if reason in documents.WARNINGS else "error")


# What needs a file of its own below, or more than one rule.
ELSEWHERE = {"not_utf8", "too_big", "too_many_combinations", "too_many_problems"}


def test_every_reason_has_a_case():
    assert {case[0] for case in CASES} | ELSEWHERE == set(documents.REASONS)


def test_all_problems_are_told_at_once():
    source, _ = edited({"currency: EUR": "currency: eur", WHEN: "    when: purchas", COFFEE: "      - categry: {}"})
    assert [(reason, path) for _, path, reason, _ in problems(source)] == [
        ("currency_unknown", "/currency"),
        ("kind_unknown", "/rules/base/when"),
        ("unknown_key", "/rules/base/lines/0/categry"),
    ]


def test_names_are_looked_up_in_a_file_that_has_other_mistakes_too():
    source, _ = edited({
        "currency: EUR": "currency: eur",
        "      - weekday: {in: [sat, sun]}": "      - tier: {in: [golden]}\n      - membership: {not_in: [maxx]}",
        "kinds:": "\n".join((
            "tiers:", "  x: {name: {en: x, bg: х}, basis: {spend: true}, levels: {gold: {name: {en: g}, from: 9}}}",
            "plans: {plus: {name: {en: p, bg: п}, prices: {EUR: 1}, period: {months: 1}}}",
            "reward_categories: {drinks: {en: d, bg: н}}",
            "rewards: {r: {name: {en: r}, kind: mugs, category: drink, early_access: {gld: 4}}}", "kinds:",
        )),
    })  # fmt: skip
    told = [(reason, path) for _, path, reason, _ in problems(source)]
    assert ("tier_unknown", "/rules/base/if/0/tier/in/0") in told
    assert ("plan_unknown", "/rules/base/if/1/membership/not_in/0") in told
    assert ("category_unnamed", "/rewards/r/category") in told
    assert ("tier_unknown", "/rewards/r/early_access/gld") in told
    assert not forms.read(source).compared


def test_parts_that_do_not_agree_are_all_told():
    priced = "rewards: {r: {name: {en: r, bg: р}, kind: gift_card, amount: 5.00, prices: [{points: {status: 5}}]}}"
    source, _ = edited({"kinds:": f"{priced}\nkinds:"})
    told = [(reason, path) for _, path, reason, _ in problems(source)]
    assert ("never_spent", "/rewards/r/prices/0/points/status") in told and ("no_gift_cards", "/rewards/r/kind") in told
    assert forms.read(source).compared


def test_groups_have_a_bounded_number_of_combinations():
    rules = "\n".join(
        f"  r{number}: {{name: {{en: a, bg: б}}, when: purchase, group: g{number % 2}, then: [{{fixed: "
        f"{{unit: points, give: 1}}}}]}}"
        for number in range(34)
    )
    (found,) = [one for one in forms.read(BASE + rules).problems if one.severity == "error"]
    assert (found.reason, found.path) == ("too_many_combinations", "/rules/r32/group")
    assert "289 combinations (g0 (17), g1 (17)); 256" in found.message


def test_files_that_are_no_text():
    assert [one[2] for one in problems(b"a: \xff")] == ["not_utf8"]
    assert [one[:1] for one in problems(b"name: x\nzone: \xd0")] == [(2,)]
    assert [one[2] for one in problems("a" * (limits.PROGRAMME_BYTES_MAX + 1))] == ["too_big"]
    assert [one[2] for one in problems(BASE.encode("utf-16"))] == ["not_utf8"]
    assert problems("\ufeff" + BASE) == []
    assert problems(BASE.replace("\n", "\r\n").encode("utf-8-sig")) == []


@pytest.mark.parametrize(
    "source", ["", "[]", "a", "null", "1", "- a", "[[[[", "{", '"', "%", "a: [" + "[" * 500, "?" * 99]
)
def test_rubbish_is_refused_in_words(source):
    found = forms.read(source)
    assert found.programme is None
    assert found.errors


def test_a_hopeless_file_is_told_in_part():
    source = BASE + "".join(f"  Rule {number}: x\n" for number in range(100_000))
    assert [one.reason for one in forms.read(source).problems] == ["too_many"]
    source = BASE + "".join(f"key{number}: x\n" for number in range(100_000))
    found = forms.read(source).problems
    assert len(found) == documents.PROBLEMS_MAX + 1
    assert "too_many_problems" in {one.reason for one in found}
    (monster,) = [one for one in forms.read(BASE + f"{'x' * 900}: 1\n").problems if one.reason == "unknown_key"]
    assert len(monster.path) < 400
    assert len(monster.message) < 100


def test_numbers_never_pass_through_a_float():
    source, _ = edited({GIVE: "      - points: {unit: points, give: 0.29, per: 90071992547.93}"})
    effect = forms.load(source).rules[0].then[0]
    assert (effect.give, effect.per) == (29, 9007199254793)
    inexact = forms.read_document({**grammar.write(forms.load(BASE)), "remind_days": [1.5]})
    assert [one.reason for one in inexact.errors] == ["wrong_type"]


def test_a_refused_file_raises_its_first_problem():
    source, line = edited({"currency: EUR": "currency: eur #!"})
    with pytest.raises(errors.Refusal) as refused:
        forms.load(source)
    assert refused.value.code == "programme_invalid"
    assert f"line {line}" in str(refused.value.facts["first"])


@given(strategies.programmes())
def test_a_programme_survives_its_file(programme):
    source = forms.to_yaml(programme)
    reading = forms.read(source)
    assert reading.programme == programme, reading.problems
    assert forms.to_yaml(reading.programme) == source
    assert forms.stored(forms.document(programme)) == programme
    assert forms.digest(programme) == hashlib.sha256(forms.document(programme).encode()).hexdigest()


@given(strategies.programmes())
def test_other_readers_see_the_same_file(programme):
    """What our writer writes, YAML's own rules read alike, up to the types of decimals and days."""
    told = yaml.safe_load(forms.to_yaml(programme))
    assert _plain(told) == _plain(forms.to_document(programme))


def _plain(part):
    if isinstance(part, dict):
        return {str(key): _plain(inner) for key, inner in part.items()}
    if isinstance(part, list):
        return [_plain(inner) for inner in part]
    if isinstance(part, float):
        return Decimal(repr(part))
    try:
        return Decimal(part) if isinstance(part, str) and "." in part else str(part)
    except ArithmeticError:
        return str(part)


@pytest.mark.parametrize("name", ["aurora", "grocer"])
def test_the_demo_programmes_are_right(name):
    reading = forms.read((DEMO / f"{name}.yaml").read_bytes())
    assert reading.problems == ()
    assert forms.read(forms.to_yaml(reading.programme)).programme == reading.programme
    assert reading.programme.key == name


def test_aurora_uses_everything_there_is():
    """The demo teaches: every word of the grammar stands in it at least once."""
    text = json.dumps(texts.read((DEMO / "aurora.yaml").read_bytes()).document)
    schema = grammar.schema()
    trees = [schema["$defs"][name] for name in ("condition", "line_filter", "effect")]
    trees += [part for part in schema["$defs"]["expiry"]["anyOf"] if "properties" in part]
    words = {word for tree in trees for word in tree["properties"]}
    assert not [word for word in words if f'"{word}": ' not in text]
    rule = schema["properties"]["rules"]["additionalProperties"]["properties"]
    unit = schema["properties"]["units"]["additionalProperties"]["properties"]
    assert not [key for key in (*schema["properties"], *rule, *unit) if f'"{key}": ' not in text and key != "owner"]


def test_grocer_has_twenty_rules():
    assert len(forms.load((DEMO / "grocer.yaml").read_bytes()).rules) >= 20
