"""How rules meet, as sentences: one for each thing that is certain or possible."""

from typing import Final

from guerdon.core.conflicts import Alone, Pair
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue

TEXTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "alone.over": "“{rule}” fires no more: its window is over.",
        "alone.window": "“{rule}” can never fire: its window ends before it begins.",
        "alone.condition": "“{rule}” can never fire: what it asks can't hold together.",
        "alone.lines": "“{rule}” can never give anything: no line passes its filter.",
        "alone.shadowed": "“{rule}” never counts: “{by}” of the same group always gives as much.",
        "alone.cap": "“{rule}” is always cut: it gives more at once than its limit {window} allows.",
        "alone.budget": "“{rule}” is always cut: it gives more at once than its whole budget.",
        "alone.idle_cap": "The limit {window} of “{rule}” changes nothing: the one {wider} is always as tight.",
        "alone.idle_uses": "How often {window} “{rule}” fires changes nothing: how often {wider} is always as tight.",
        "pair.group": "Of “{first}” and “{second}” only the better one counts: they share a group.",
        "pair.window": "“{first}” and “{second}” never meet: their windows share no moment.",
        "pair.condition": "“{first}” and “{second}” never meet: what they ask can't hold together.",
        "pair.lines": "“{first}” and “{second}” may meet in a basket, but never on the same line.",
        "pair.always": "Whenever “{first}” fires, “{second}” fires, too.",
        "pair.together": "“{first}” and “{second}” may fire together.",
        "pair.adds": " Their points add up.",
        "pair.multiplies": " One of them multiplies points.",
        "in.order": "per order",
        "in.day": "per day",
        "in.week": "per week",
        "in.month": "per month",
        "in.quarter": "per quarter",
        "in.year": "per year",
        "in.lifetime": "for ever",
    },
    "bg": {
        "alone.over": "„{rule}“ вече не се задейства: срокът му е минал.",
        "alone.window": "„{rule}“ никога не може да се задейства: срокът му свършва, преди да започне.",
        "alone.condition": "„{rule}“ никога не може да се задейства: условията му не могат да важат заедно.",
        "alone.lines": "„{rule}“ никога не може да даде нещо: никой ред не минава през филтъра му.",
        "alone.shadowed": "„{rule}“ никога не се брои: „{by}“ от същата група винаги дава поне толкова.",
        "alone.cap": "„{rule}“ винаги се орязва: дава наведнъж повече, отколкото позволява ограничението {window}.",
        "alone.budget": "„{rule}“ винаги се орязва: дава наведнъж повече от целия си бюджет.",
        "alone.idle_cap": "Ограничението {window} на „{rule}“ не променя нищо: това {wider} е поне толкова тясно.",
        "alone.idle_uses": "Броят пъти {window} за „{rule}“ не променя нищо: този {wider} винаги е поне толкова малък.",
        "pair.group": "От „{first}“ и „{second}“ се брои само по-доброто: те са в една група.",
        "pair.window": "„{first}“ и „{second}“ никога не се срещат: сроковете им нямат общ момент.",
        "pair.condition": "„{first}“ и „{second}“ никога не се срещат: условията им не могат да важат заедно.",
        "pair.lines": "„{first}“ и „{second}“ може да се срещнат в една кошница, но никога на един ред.",
        "pair.always": "Когато се задейства „{first}“, винаги се задейства и „{second}“.",
        "pair.together": "„{first}“ и „{second}“ може да се задействат заедно.",
        "pair.adds": " Точките им се събират.",
        "pair.multiplies": " Едното от тях умножава точки.",
        "in.order": "за поръчка",
        "in.day": "на ден",
        "in.week": "на седмица",
        "in.month": "на месец",
        "in.quarter": "на тримесечие",
        "in.year": "на година",
        "in.lifetime": "завинаги",
    },
    "tr": {
        "alone.over": "“{rule}” artık çalışmaz: süresi bitti.",
        "alone.window": "“{rule}” hiç çalışamaz: süresi başlamadan bitiyor.",
        "alone.condition": "“{rule}” hiç çalışamaz: istedikleri bir arada olamaz.",
        "alone.lines": "“{rule}” hiçbir şey veremez: süzgecinden geçebilecek satır yok.",
        "alone.shadowed": "“{rule}” hiç sayılmaz: aynı gruptaki “{by}” her zaman en az o kadar verir.",
        "alone.cap": "“{rule}” her zaman kesilir: bir kerede {window} sınırından fazlasını verir.",
        "alone.budget": "“{rule}” her zaman kesilir: bir kerede bütün bütçesinden fazlasını verir.",
        "alone.idle_cap": "“{rule}” için {window} sınır bir şey değiştirmez: {wider} sınır en az o kadar dardır.",
        "alone.idle_uses": "“{rule}” için {window} sayı bir şey değiştirmez: {wider} sınır en az o kadar dardır.",
        "pair.group": "“{first}” ile “{second}” arasından yalnızca iyi olan sayılır: aynı gruptalar.",
        "pair.window": "“{first}” ile “{second}” hiç karşılaşmaz: sürelerinin ortak bir anı yok.",
        "pair.condition": "“{first}” ile “{second}” hiç karşılaşmaz: istedikleri bir arada olamaz.",
        "pair.lines": "“{first}” ile “{second}” bir sepette buluşabilir, ama hiçbir zaman aynı satırda değil.",
        "pair.always": "“{first}” çalıştığında “{second}” de her zaman çalışır.",
        "pair.together": "“{first}” ile “{second}” birlikte çalışabilir.",
        "pair.adds": " Puanları toplanır.",
        "pair.multiplies": " Biri puanları çarpar.",
        "in.order": "sipariş başına",
        "in.day": "günlük",
        "in.week": "haftalık",
        "in.month": "aylık",
        "in.quarter": "üç aylık",
        "in.year": "yıllık",
        "in.lifetime": "ömürlük",
    },
}
_MEETING: Final = frozenset({"lines", "always", "together"})


def alone(one: Alone, programme: Programme, tongue: Tongue) -> str:
    """What is to be said of one rule."""
    texts, names = TEXTS[tongue.code], _names(programme, tongue)
    facts = {
        "rule": names[one.rule],
        "by": names.get(one.by or "", ""),
        "window": texts.get(f"in.{one.window}", ""),
        "wider": texts.get(f"in.{one.wider}", ""),
    }
    return tongue.nested(texts[f"alone.{one.kind}"].format(**facts))


def pair(one: Pair, programme: Programme, tongue: Tongue) -> str:
    """How two rules meet, and what becomes of their points where they do."""
    texts, names = TEXTS[tongue.code], _names(programme, tongue)
    told = texts[f"pair.{one.kind}"].format(first=names[one.first], second=names[one.second])
    if one.units and one.kind in _MEETING:
        told += texts["pair.multiplies" if one.multiplied else "pair.adds"]
    return tongue.nested(told)


def _names(programme: Programme, tongue: Tongue) -> dict[str, str]:
    return {rule.key: tongue.named(rule.name) or rule.key for rule in programme.rules}
