"""Rules in the console: listed by what triggers them, read as sentences, written in sentences."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import conflicts, documents, edits, limits, sentences
from guerdon.core.conflicts import Report
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.core.sentences import of_conflicts
from guerdon.faces import called, posted
from guerdon.faces.console import draft_tabs, frame, known, meanwhile, naming, origins, rule_form, sources, trees
from guerdon.faces.console.filling import Filling
from guerdon.faces.console.rule_form import RuleForm
from guerdon.faces.console.sources import Source
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Choice, Fault, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import queries as programmes

_STATES: Final = ("", "on", "coming", "over")
_FURTHER: Final = ("budget", "group", "priority", "funder", "vesting", "expires")
_SIGNS: Final = {"on": "good", "coming": "brand", "over": ""}


class RuleLine(msgspec.Struct, frozen=True):
    """A rule as the list shows it."""

    key: str
    name: str
    sentence: str
    state: str
    sign: str
    window: str
    limits: str
    findings: tuple[str, ...]
    meets: int


class RuleGroup(msgspec.Struct, frozen=True):
    """The rules that one kind of activity triggers."""

    title: str
    rules: tuple[RuleLine, ...]


def list_(visit: Visit) -> HttpResponse:
    """All rules of what is in force or of a draft, in groups, those that pass the filter."""
    source = sources.of(visit)
    programme = _speaking(visit, source.programme if source.draft else visit.programme)
    asked = {name: visit.request.GET.get(name, "") for name in ("q", "state", "when")}
    report = conflicts.report(programme, visit.now)
    kinds: dict[str, list[RuleLine]] = {}
    pen = Pen(visit)
    for rule in programme.rules:
        line = _line(visit, pen, rule, programme, report)
        if _passes(line, rule, asked):
            kinds.setdefault(rule.when[0], []).append(line)
    told = Filling(programme, visit.language, {})
    used = tuple(dict.fromkeys(rule.when[0] for rule in programme.rules))
    context = {
        "source": source, "tabs": draft_tabs.of(visit, source.draft, "console.rules"), "asked": asked,
        "count": len(programme.rules), "alive": bool(source.draft),
        "found": tuple(RuleGroup(pen.tongue.capital(told.kind(kind)), tuple(lines)) for kind, lines in kinds.items()),
        "states": tuple(Choice(one, visit.say(f"rules.state_{one or 'any'}")) for one in _STATES),
        "kinds": (
            Choice("", visit.say("rules.any_trigger")),
            *[Choice(one, pen.tongue.capital(told.kind(one))) for one in used],
        ),
    }  # fmt: skip
    return frame.page(visit, "console/rules.html", context, area="console.rules")


def _line(visit: Visit, pen: Pen, rule: Rule, programme: Programme, report: Report) -> RuleLine:
    state = state_of(rule, visit)
    window = ""
    if rule.during.start is not None or rule.during.until is not None:
        begins = pen.since(rule.during.start) if rule.during.start else "…"
        window = f"{begins} – {pen.until(rule.during.until) if rule.during.until else '…'}"
    alone = tuple(of_conflicts.alone(one, programme, pen.tongue) for one in report.rules if one.rule == rule.key)
    meets = sum(1 for one in report.pairs if rule.key in (one.first, one.second) and one.kind == "group")
    bounds = [name for name, has in (
        ("caps", rule.caps.windows() or rule.caps.order), ("uses", rule.uses.windows()), ("budget", rule.budget),
        ("group", rule.group),
    ) if has]  # fmt: skip
    told = ", ".join(visit.say(f"rules.has_{one}") for one in bounds)
    sentence = sentences.rule(rule, programme, visit.language)
    return RuleLine(
        rule.key, pen.tongue.named(rule.name), sentence, visit.say(f"rules.state_{state}"), _SIGNS[state],
        window, told, alone, meets,
    )  # fmt: skip


def state_of(rule: Rule, visit: Visit) -> str:
    """Whether a rule is in force by its window: on, coming or over."""
    if rule.during.until is not None and rule.during.until <= visit.now:
        return "over"
    return "coming" if rule.during.start is not None and rule.during.start > visit.now else "on"


def _passes(line: RuleLine, rule: Rule, asked: dict[str, str]) -> bool:
    sought = asked["q"].casefold().strip()
    state = next((key for key, sign in _SIGNS.items() if sign == line.sign), "")
    return (
        (not sought or sought in f"{line.key} {line.name} {line.sentence}".casefold())
        and (not asked["state"] or asked["state"] == state)
        and (not asked["when"] or asked["when"] in rule.when)
    )


def one(visit: Visit, key: str) -> HttpResponse:
    """One rule: how it reads in every language, how it meets others, and what it will say from when on.

    Without a draft it is the rule in force; one that only a coming version has is shown as that has it.
    """
    source = sources.of(visit)
    laws = [source.programme] if source.draft else []
    begins = [""]
    if not source.draft:
        book = programmes.latest(visit.store, visit.programme_id)
        ahead = book.ahead(visit.now)
        laws = [law.programme for law in ahead]
        begins += [Pen(visit).since(book.versions[law.version - 1].effective_at) for law in ahead[1:]]
    first = next((at for at, law in enumerate(laws) if _rule(law, key)), 0)
    programme, pen = _speaking(visit, laws[first]), Pen(visit)
    rule = _rule(programme, key) or edits.part(source.document, f"/rules/{key}")
    assert isinstance(rule, Rule), "what no version has is refused"
    report = conflicts.report(programme, visit.now)
    line = _line(visit, pen, rule, programme, report)
    if first and line.sign == _SIGNS["on"]:
        line = msgspec.structs.replace(line, state=visit.say("rules.state_coming"), sign=_SIGNS["coming"])
    pairs = [one for one in report.pairs if key in (one.first, one.second)]
    context = {
        "source": source, "rule": line, "said": _said(rule_form.said(programme, key)),
        "findings": [(of_conflicts.pair(one, programme, pen.tongue), one.verdict) for one in pairs],
        "links": _links(visit, source), "writes": visit.may("programme:write") and _rule(source.programme, key),
        "begins": begins[first], "coming": _coming(visit, key, laws[first:], begins[first:]),
    }  # fmt: skip
    return frame.page(visit, "console/rule.html", context, area="console.rules")


def _rule(programme: Programme, key: str) -> Rule | None:
    return next((one for one in programme.rules if one.key == key), None)


def _coming(visit: Visit, key: str, laws: list[Programme], begins: list[str]) -> tuple[str, ...]:
    """What a rule will say, by the versions to come in which it differs from the one before."""
    found = []
    for before, after, begin in zip(laws, laws[1:], begins[1:], strict=False):
        rule = _rule(after, key)
        if rule == _rule(before, key):
            continue
        sentence = visit.say("rules.gone_then")
        if rule is not None:
            sentence = sentences.rule(rule, _speaking(visit, after), visit.language)
        found.append(visit.say("rules.then_says", when=begin, sentence=sentence))
    return tuple(found)


def _links(visit: Visit, source: Source) -> tuple[Link, ...]:
    found = [Link(visit.say("rules.rules"), visit.to("console.rules") + source.query)]
    if source.draft:
        found.insert(0, Link(source.title, visit.to("console.draft", source.draft)))
    return tuple(found)


def _said(told: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The languages of pages by their own names, with what is said in each."""
    return tuple((language, guide.LANGUAGES[language], sentence) for language, sentence in told.items())


def remove(visit: Visit, key: str) -> HttpResponse:
    """Take a rule out, in a draft; who has not seen what somebody else changed meanwhile is told first."""
    source = sources.of(visit)
    form = rule_form.of_document(key, rule_form.part(source.document, key))
    title = visit.say("rules.removing", name=key)[: limits.NAME_CHARS_MAX]
    made = [Edit("remove", documents.under("/rules", key))]
    try:
        return sources.save(visit, source, made, title, visit.say("rules.removed"))
    except Refusal as refusal:
        if refusal.kind not in meanwhile.REFUSALS:
            raise
        return _editor(visit, sources.after(visit, refusal), form, is_new=False, status=422)


# --- the editor ---


def edit(visit: Visit, key: str) -> HttpResponse:
    """A rule as a form that reads like a sentence."""
    source = sources.begun(visit, documents.under("/rules", key))
    form = rule_form.of_document(key, rule_form.part(source.document, key))
    return _editor(visit, source, form, is_new=False)


def new(visit: Visit) -> HttpResponse:
    """A rule to be written, from nothing or like another one."""
    like = visit.request.GET.get("like", "")
    source = sources.begun(visit, documents.under("/rules", like) if like else "")
    if like:
        form = rule_form.of_document("", rule_form.part(source.document, like))
    else:
        unit = next(iter(source.programme.units))
        form = rule_form.of_document(
            "", {"when": "purchase", "then": [{"points": {"unit": unit, "give": 1, "per": "1.00"}}]}
        )
    return _editor(visit, source, form, is_new=True)


def save(visit: Visit, key: str = "") -> HttpResponse:
    """What was posted: a button that changes the form, a look at how it reads, or saving it in the draft."""
    source = sources.of(visit)
    form = _sent(visit, source, key)
    if visit.request.POST.get("act", "save") != "save":
        return _editor(visit, source, form, is_new=not key)
    before = _before(source, key)
    if _tried(visit, source, form, is_new=not key).faults:
        return _editor(visit, source, form, is_new=not key, status=422)
    name = Pen(visit).tongue.named({one: form.told.get(f"name.{one}", "") for one in source.programme.languages})
    title = visit.say("rules.writing", name=name)[: limits.NAME_CHARS_MAX]
    try:
        return sources.save(visit, source, rule_form.edited(form, before), title, visit.say("rules.saved"))
    except Refusal as refusal:
        refused = rule_form.faults(form, refusal.faults, visit.language)
        if not refused and refusal.kind not in meanwhile.REFUSALS:
            refused = posted.faults(refusal)
        source = sources.after(visit, refusal)
        return _editor(visit, source, _sent(visit, source, key), is_new=not key, status=422, refused=refused)


def _sent(visit: Visit, source: Source, key: str) -> RuleForm:
    """What was sent, over what there is now of a rule."""
    form = rule_form.posted(key or _key(visit, source), visit.request.POST)
    was, now = origins.read(visit.request.POST), _before(source, key)
    if was is None or now is None:
        return form
    return rule_form.rebased(form, rule_form.of_document(key, was), rule_form.of_document(key, now))


def _before(source: Source, key: str) -> "Mapping | None":
    """What there is of a rule; None of a new one, and of one that somebody has removed meanwhile."""
    there = key in {rule.key for rule in source.programme.rules}
    return rule_form.part(source.document, key) if there else None


def _key(visit: Visit, source: Source) -> str:
    """The key of a new rule: the one that was written, or one made of its name, which no other rule has."""
    written = str(visit.request.POST.get("key", "")).strip()
    if written:
        return written
    name = str(visit.request.POST.get("name.en", ""))
    return naming.key(name, {rule.key for rule in source.programme.rules}, "rule")


def _tried(visit: Visit, source: Source, form: RuleForm, *, is_new: bool) -> rule_form.Faulty:
    """What comes of the form; a new rule has a key that no other one has."""
    if is_new and form.key in {rule.key for rule in source.programme.rules}:
        return rule_form.Faulty(faults={"key": visit.say("rules.key_taken")})
    return rule_form.tried(form, source.programme, visit.language)


def _speaking(visit: Visit, programme: Programme) -> Programme:
    return called.speaking(visit.store, visit.programme_id, programme)


def _editor(
    visit: Visit, source: Source, form: RuleForm, *, is_new: bool, status: int = 200,
    refused: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    shown = msgspec.structs.replace(form, key=form.key or "rule")
    tried = _tried(visit, source, shown, is_new=is_new)
    reads = {} if tried.programme is None else rule_form.said(_speaking(visit, tried.programme), shown.key)
    judged = visit.request.POST.get("act", "save") in ("save", "look")  # what has just been added is still blank
    faults = {**tried.faults, **(refused or {})} if visit.request.method == "POST" and judged else {}
    words = known.of(visit, _speaking(visit, source.programme))
    told = Filling(source.programme, visit.language, faults, {what: one.id for what, one in words.items()})
    here = visit.to("console.rule_new") if is_new else visit.to("console.rule_edit", form.key)
    context: dict[str, Any] = {
        "source": source, "meanwhile": sources.since(visit, source, here), "here": here,
        "was": "" if is_new else origins.carried(_before(source, form.key)),
        "form": form, "is_new": is_new, "said": _said(reads), "faults": faults,
        "failing": tuple([Fault(_anchor(name), text) for name, text in faults.items()]),
        "asks": told.tree(form.trees["if"], "if", trees.CONDITIONS),
        "goods": told.tree(form.trees["lines"], "lines", trees.GOODS),
        "gives": told.tree(form.trees["then"], "then", trees.EFFECTS),
        "triggers": told.triggers(form.when), "known": tuple(words.values()),
        "unseen": known.unseen(visit, form, words),
        "more": (Choice("", visit.say("rules.no_more")), *told.kinds("do")),
        "names": _fields(visit, form, faults, "name", source.programme.languages),
        "caps": _fields(visit, form, faults, "caps", rule_form.CAPS),
        "uses": _fields(visit, form, faults, "uses", rule_form.WINDOWS),
        "others": _others(visit, form, faults), "links": _links(visit, source),
        "begin": form.told.get("window_from", ""), "end": form.told.get("window_until", ""),
        "more_open": any(form.told.get(one, "") not in ("", "0") or one in faults for one in _FURTHER),
    }  # fmt: skip
    return frame.page(visit, "console/rule_edit.html", context, area="console.rules", status=status)


class FieldView(msgspec.Struct, frozen=True):
    """A field of the editor."""

    name: str
    label: str
    value: str
    fault: str = ""
    hint: str = ""


def _fields(
    visit: Visit, form: RuleForm, faults: dict[str, str], group: str, keys: tuple[str, ...]
) -> tuple[FieldView, ...]:
    head = "rules.name_" if group == "name" else "rule_words.window_"
    return tuple([
        FieldView(
            f"{group}.{key}", frame.known(visit, f"{head}{key}", key), form.told.get(f"{group}.{key}", ""),
            _fault(faults, group, key),
        )
        for key in keys
    ])  # fmt: skip


def _fault(faults: dict[str, str], group: str, key: str) -> str:
    return faults.get(f"{group}.{key}") or (faults.get(group, "") if key in ("en", "order", "day") else "")


def _others(visit: Visit, form: RuleForm, faults: dict[str, str]) -> tuple[FieldView, ...]:
    return tuple([
        FieldView(
            key, visit.say(f"rules.field_{key}"), form.told.get(key, ""), faults.get(key, ""),
            visit.say(f"rules.hint_{key}"),
        )
        for key in _FURTHER
    ])  # fmt: skip


def _anchor(name: str) -> str:
    return {"caps": "caps.order", "uses": "uses.day", "name": "name.en"}.get(name, name)


_AT: Final = "console/<slug:programme>/"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}rules/", "rules:read", list_, "console.rules"),
    Page(f"{_AT}rules/<str:key>", "rules:read", one, "console.rule"),
    Page(f"{_AT}rules/<str:key>/edit", "programme:write", edit, "console.rule_edit"),
    Page(f"{_AT}rules/<str:key>/edit", "programme:write", save, "console.rule_edit", methods=("POST",)),
    Page(f"{_AT}rules/<str:key>/remove", "programme:write", remove, "console.rule_remove", methods=("POST",)),
    Page(f"{_AT}new-rule", "programme:write", new, "console.rule_new"),
    Page(f"{_AT}new-rule", "programme:write", save, "console.rule_new", methods=("POST",)),
)
