"""What was decided, in words: the arithmetic of a share, and why a rule stayed silent."""

from fractions import Fraction

from guerdon.core import decisions, earning, effects, rules, silence
from guerdon.core.grammar import conditions as grammar_conditions
from guerdon.core.sentences import clauses, statements
from guerdon.core.sentences.clauses import Speaker


def reason(silent: decisions.Silent, speaker: Speaker) -> str:
    """Why a rule gave nothing."""
    rule = _rule(silent.rule, speaker)
    tongue = speaker.tongue
    name = tongue.named(rule.name) if rule is not None else silent.rule
    return statements.ended(tongue.say("silent", rule=name, why=_why(silent, rule, speaker)))


def _why(silent: decisions.Silent, rule: rules.Rule | None, speaker: Speaker) -> str:
    tongue = speaker.tongue
    if silent.reason not in grammar_conditions.WORDS:
        return tongue.texts[f"silent.{silent.reason}"]
    failed = silence.condition_at(rule, silent.pointer or "") if rule is not None else None
    if failed is None and f"silent.{silent.reason}" in tongue.texts:
        return tongue.texts[f"silent.{silent.reason}"]  # `lines` is a condition and a part of the rule itself
    if rule is None or failed is None:
        return tongue.say("silent.condition", clause=silent.reason)
    within = Speaker(tongue, speaker.programme, rule.when)
    told = clauses.told(failed, within)
    return tongue.say("silent.condition", clause=clauses.text(told, within))


def _rule(key: str, speaker: Speaker) -> rules.Rule | None:
    return next((rule for rule in speaker.programme.rules if rule.key == key), None)


def share(one: decisions.Share, unit_code: str, speaker: Speaker) -> str:
    """How a rule's share of an award came about."""
    tongue, unit = speaker.tongue, speaker.programme.units[unit_code]
    exact = Fraction(one.exact)
    rule = _rule(one.rule, speaker)
    effect = _effect(one, rule, unit_code)
    if effect is None:
        return tongue.points(one.points, unit)
    told = {"exact": statements.exact(exact, unit, speaker), "points": tongue.number(one.points, unit.scale)}
    if isinstance(effect, effects.Multiply):
        extra = tongue.say("share.times", factor=tongue.ratio(effect.factor), exact=told["exact"])
        return extra if exact == one.points else tongue.say(_rounded(one, speaker), sum=extra, **told)
    full = _full(effect, one)
    line = _line(effect, one, speaker)
    if full is not None and full > exact:
        told["exact"] = statements.exact(full, unit, speaker)
        return tongue.say("share.capped", sum=line, **told)
    key = "share.equal" if exact == one.points else _rounded(one, speaker)
    return tongue.say(key, sum=line, **told)


def _rounded(one: decisions.Share, speaker: Speaker) -> str:
    """Whether the share looks rounded by itself, or shows that the whole was rounded once and shared out (LAW 3.3)."""
    exact = Fraction(one.exact)
    alone = earning.whole(exact.numerator, exact.denominator, speaker.programme.earning.rounding)
    return "share.rounded" if one.points == alone else "share.of_whole"


def _effect(one: decisions.Share, rule: rules.Rule | None, unit: str) -> effects.Effect | None:
    """The effect that gave the share: the only one, or the one whose arithmetic it is."""
    found = [effect for effect in rule.then if effect.unit == unit] if rule is not None else []
    fitting = [effect for effect in found if _full(effect, one) == Fraction(one.exact)]
    if fitting or len(found) < 2:
        return next(iter(fitting or found), None)
    counting = effects.Base | effects.Table
    return next((effect for effect in found if isinstance(effect, counting) is isinstance(one.on, int)), found[0])


def _full(effect: effects.Effect, one: decisions.Share) -> Fraction | None:
    """What the effect gives before any limit; None where the share does not say."""
    if isinstance(effect, effects.Fixed):
        return Fraction(effect.give)
    if one.on is None or isinstance(effect, effects.Multiply):
        return None
    if isinstance(effect, effects.Table):
        return Fraction(max((step.give for step in effect.steps if step.amount_min <= one.on), default=0))
    return effect.rate * one.on


def _line(effect: effects.Effect, one: decisions.Share, speaker: Speaker) -> str:
    tongue, unit = speaker.tongue, speaker.programme.units[effect.unit]
    on = one.on or 0
    if isinstance(effect, effects.PerAmount):
        points = tongue.points(effect.give, unit)
        return tongue.say("share.rate", points=points, per=speaker.money(effect.per), on=speaker.money(on))
    if isinstance(effect, effects.PerPiece):
        per, pieces = tongue.counted(effect.per, "piece"), tongue.counted(on, "piece")
        return tongue.say("share.pieces", points=tongue.points(effect.give, unit), per=per, pieces=pieces)
    if isinstance(effect, effects.Table):
        reached = [step for step in effect.steps if step.amount_min <= on] or list(effect.steps[:1])
        amount, points = speaker.money(reached[-1].amount_min), tongue.points(reached[-1].give, unit)
        return tongue.say("share.table", points=points, amount=amount, on=speaker.money(on))
    assert isinstance(effect, effects.Fixed)
    return tongue.say("share.fixed", points=tongue.points(effect.give, unit))
