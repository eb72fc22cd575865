"""What a forecast assumes, as plain sentences in the house's three languages: each with its prior and its source."""

from typing import Final

from guerdon.insight.simulate import priors
from guerdon.insight.simulate.measures import WHOLE, Earnings
from guerdon.insight.simulate.responses import Assumed

_LANGUAGES: Final = ("en", "bg", "tr")
_SENTENCES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "spend": "Members spend {mean}% more for each percentage point more that comes back in points"
        " (± {sd}, normal).",
        "goal": "Members spend up to {mean}% more, the nearer they are to a reward or the next tier (± {sd}, normal).",
        "redemption": "Twice as much balance for the price of a reward means {mean}% more redeemed (± {sd}, normal).",
        "source": "Source: {source}; that it holds here, as strongly as this, is an assumption.",
        "own": "This is an assumption, and no study's figure.",
        "low": "This is the low end of it, one standard deviation below the middle.",
        "high": "This is the high end of it, one standard deviation above the middle.",
        "asked": "This is an assumption of whoever asked.",
        "most": "No response more than doubles or halves what somebody did.",
        "none": "Everybody behaves as they did: no response is assumed.",
        "earnings": "Of each sale {margin}% remains, and {due}% of sales would not be there without the programme:"
        " both are assumptions of whoever asked.",
    },
    "bg": {
        "spend": "За всеки процентен пункт повече, който се връща в точки, членовете харчат с {mean}% повече"
        " (± {sd}, нормално разпределение).",
        "goal": "Колкото по-близо са до награда или следващо ниво, толкова повече харчат членовете – до {mean}% повече"
        " (± {sd}, нормално разпределение).",
        "redemption": "Двойно по-голям баланс спрямо цената на награда означава с {mean}% повече използвани точки"
        " (± {sd}, нормално разпределение).",
        "source": "Източник: {source}; че важи и тук, и то толкова силно, е допускане.",
        "own": "Това е допускане, а не резултат от изследване.",
        "low": "Това е долният край – едно стандартно отклонение под средата.",
        "high": "Това е горният край – едно стандартно отклонение над средата.",
        "asked": "Това е допускане на този, който пита.",
        "most": "Никоя реакция не променя поведението повече от два пъти нагоре или надолу.",
        "none": "Всички се държат както досега: не се допуска никаква реакция.",
        "earnings": "От всяка продажба остават {margin}%, а {due}% от продажбите не биха ги имало без програмата:"
        " и двете са допускания на този, който пита.",
    },
    "tr": {
        "spend": "Puan olarak geri dönen her ek yüzde puanı için üyeler %{mean} fazla harcar (± {sd}, normal dağılım).",
        "goal": "Üyeler bir ödüle ya da sonraki seviyeye yaklaştıkça en çok %{mean} fazla harcar"
        " (± {sd}, normal dağılım).",
        "redemption": "Bakiyenin ödül fiyatına oranı iki katına çıkınca %{mean} fazla puan kullanılır"
        " (± {sd}, normal dağılım).",
        "source": "Kaynak: {source}; burada da bu kadar güçlü geçerli olduğu bir varsayımdır.",
        "own": "Bu bir varsayımdır, bir araştırmanın sonucu değildir.",
        "low": "Bu, alt uçtur: ortanın bir standart sapma altı.",
        "high": "Bu, üst uçtur: ortanın bir standart sapma üstü.",
        "asked": "Bu, soranın varsayımıdır.",
        "most": "Hiçbir tepki, birinin yaptığını iki katından fazla artırmaz ya da yarısından aza indirmez.",
        "none": "Herkes bugüne kadarki gibi davranır: hiçbir tepki varsayılmaz.",
        "earnings": "Her satıştan %{margin} kalır ve program olmasa satışların %{due} kadarı olmazdı:"
        " ikisi de soranın varsayımıdır.",
    },
}


def sentences(assumed: Assumed, language: str = "en", earnings: Earnings | None = None) -> tuple[str, ...]:
    """What is assumed of how members answer, and of what is earned, each as a sentence or two."""
    said = _SENTENCES[language if language in _LANGUAGES else "en"]
    found = []
    for key, prior in assumed.priors.items():
        mean, sd = priors.percent(key, prior)
        told = [said[key].format(mean=_number(mean, language), sd=_number(sd, language))]
        if prior.chosen != "own":
            told.append(said["own"] if prior.source is None else said["source"].format(source=prior.source))
        if prior.chosen:
            told.append(said["asked" if prior.chosen == "own" else prior.chosen])
        found.append(" ".join(told))
    found.append(said["most"] if found else said["none"])
    if earnings is not None:
        margin, due = (_number(one * 100 / WHOLE, language) for one in earnings)
        found.append(said["earnings"].format(margin=margin, due=due))
    return tuple(found)


def _number(value: float, language: str) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if language == "en" else text.replace(".", ",")
