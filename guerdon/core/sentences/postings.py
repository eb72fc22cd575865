"""Why a posting was written, in words: the reason for every loss, and what is to be said of a gain beside its rules."""

from datetime import date
from typing import Final

from guerdon.core.activities import Activity
from guerdon.core.adjustments import ByHand
from guerdon.core.decisions import Exchange
from guerdon.core.sentences import purposes, statements
from guerdon.core.sentences.purposes import Purpose
from guerdon.core.sentences.tongue import Tongue

# By language and kind of posting; {order} is the purchase, {told} the fact's own number.
WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "earn": "Earned by {told}.",
        "burn": "Spent on {told}.",
        "expire": "Expired: {day} was their last day.",
        "cancel": "What was promised for {told} was called off before it could be spent.",
        "claw_back": "Taken back, because {order} was returned ({told}).",
        "restore": "Given again, because {order} was opened again or what is kept of it earns more ({told}).",
        "reinstate": "Given back into the lots they were spent from ({told}).",
        "adjust_up": "Given by hand by {actor}: “{reason}”.",
        "adjust_down": "Taken by hand by {actor}: “{reason}”.",
        "lend": "Lent by the house for what was already spent when {order} was returned: a debt.",
        "repay": "Went to the debt as soon as they could be spent.",
        "transfer_out": "Passed to another member ({told}).",
        "transfer_in": "Came from another member ({told}), with the life they had there.",
        "pool_out": "Passed to {other}, with which this account shares points.",
        "pool_in": "Came from {other}, with which this account shares points, with the life they had there.",
        "merge_out": "Moved to {other}, into which this one was merged.",
        "merge_in": "Came from {other}, which was merged into this one, with the life they had there.",
        "fee": "Taken as a fee for {told}.",
        "donate": "Given to a good cause ({told}).",
    },
    "bg": {
        "earn": "Спечелени с {told}.",
        "burn": "Похарчени за {told}.",
        "expire": "Изтекли: последният им ден беше {day}.",
        "cancel": "Обещаното за {told} беше отменено, преди да може да се харчи.",
        "claw_back": "Отнети, защото {order} беше върната ({told}).",
        "restore": "Дадени отново, защото {order} е отворена отново или останалото печели повече ({told}).",
        "reinstate": "Върнати в партидите, от които бяха похарчени ({told}).",
        "adjust_up": "Дадени ръчно от {actor}: „{reason}“.",
        "adjust_down": "Отнети ръчно от {actor}: „{reason}“.",
        "lend": "Заети от програмата за вече похарченото при връщането на {order}: дълг.",
        "repay": "Отишли за дълга, щом можеше да се харчат.",
        "transfer_out": "Прехвърлени на друг член ({told}).",
        "transfer_in": "Дошли от друг член ({told}) със срока, който имаха там.",
        "pool_out": "Преминали в {other}, с която тази сметка споделя точки.",
        "pool_in": "Дошли от {other}, с която тази сметка споделя точки, със срока, който имаха там.",
        "merge_out": "Преместени в {other}, с която тази беше слята.",
        "merge_in": "Дошли от {other}, слята с тази, със срока, който имаха там.",
        "fee": "Взети като такса за {told}.",
        "donate": "Дарени за добра кауза ({told}).",
    },
    "tr": {
        "earn": "{told} ile kazanıldı.",
        "burn": "{told} için harcandı.",
        "expire": "Süresi doldu: son günü {day} idi.",
        "cancel": "{told} için söz verilenler harcanabilir olmadan iptal edildi.",
        "claw_back": "{order} iade edildiği için geri alındı ({told}).",
        "restore": "{order} yeniden açıldığı ya da kalanı daha çok kazandırdığı için yeniden verildi ({told}).",
        "reinstate": "Harcandıkları partilere geri verildi ({told}).",
        "adjust_up": "{actor} elle verdi: “{reason}”.",
        "adjust_down": "{actor} elle aldı: “{reason}”.",
        "lend": "{order} iade edildiğinde harcanmış olanlar için program borç verdi.",
        "repay": "Harcanabilir olunca borca gitti.",
        "transfer_out": "Başka bir üyeye aktarıldı ({told}).",
        "transfer_in": "Başka bir üyeden, oradaki ömrüyle geldi ({told}).",
        "pool_out": "Bu hesabın puan paylaştığı {other} hesabına geçti.",
        "pool_in": "Bu hesabın puan paylaştığı {other} hesabından, oradaki ömrüyle geldi.",
        "merge_out": "Bu hesabın birleştirildiği {other} hesabına taşındı.",
        "merge_in": "Bu hesapla birleştirilen {other} hesabından, oradaki ömrüyle geldi.",
        "fee": "{told} için ücret olarak alındı.",
        "donate": "Bir iyiliğe bağışlandı ({told}).",
    },
}

# Of points that a merge took along or brought, once it was undone; {other} is the other member.
UNMERGED: Final[dict[str, dict[str, str]]] = {
    "en": {
        "merge_out": "Went back to {other}, which is no longer merged into this one.",
        "merge_in": "Came back from {other}, into which this one had been merged, with the life they had there.",
    },
    "bg": {
        "merge_out": "Върнати на {other}, която вече не е слята с тази.",
        "merge_in": "Върнали се от {other}, с която тази беше слята, със срока, който имаха там.",
    },
    "tr": {
        "merge_out": "Artık bununla birleşik olmayan {other} hesabına geri gitti.",
        "merge_in": "Bunun birleştirilmiş olduğu {other} hesabından, oradaki ömrüyle geri geldi.",
    },
}

# Of what was counted in foreign money, and of what came after its month had been closed.
RATES: Final[dict[str, str]] = {
    "en": "Foreign money was counted at the rate since {day}: {foreign} = {home}.",
    "bg": "Чуждата валута е сметната по курса от {day}: {foreign} = {home}.",
    "tr": "Yabancı para {day} tarihinden beri geçerli kurla sayıldı: {foreign} = {home}.",
}
LATE: Final[dict[str, str]] = {
    "en": "Counts in {own}, which was closed before this came; it is accounted for in {month}.",
    "bg": "Важи за {own}, но месецът беше затворен, преди това да дойде; осчетоводява се през {month}.",
    "tr": "{own} ayına aittir, ama bu ay kapatıldıktan sonra geldi; {month} ayında muhasebeleştirilir.",
}


def rate(one: Exchange, home: str, tongue: Tongue) -> str:
    """By which rate foreign money became money of the programme's currency."""
    return RATES[tongue.code].format(
        day=tongue.day(date.fromisoformat(one.start)),
        foreign=tongue.money(one.units, one.currency),
        home=tongue.money(one.home, home),
    )


def late(own: date, month: date, tongue: Tongue) -> str:
    """In which month something is accounted for whose own had been closed; months by one of their days."""
    return LATE[tongue.code].format(own=_month(own, tongue), month=_month(month, tongue))


def _month(day: date, tongue: Tongue) -> str:
    return f"{tongue.months[day.month - 1]} {day.year}"


def reason(
    kind: str,
    activity: Activity | None,
    tongue: Tongue,
    *,
    last_day: date | None = None,
    purpose: Purpose | None = None,
    by_hand: ByHand | None = None,
) -> str:
    """Why a posting of the kind was written for the fact; `last_day` is that of what expired.

    A fact is None where the nightly run has not entered it yet; `purpose` is what points were spent on, where more is
    known of it than a number; `by_hand` names the reasons of adjustments.
    """
    known = purposes.told(kind, purpose, tongue) if purpose is not None else None
    if known is not None:
        return known
    facts = activity.facts if activity is not None else {}
    returns = activity.returns if activity is not None else None
    undone = activity is not None and activity.kind in ("unmerge", "unmerged")
    words = UNMERGED if undone and kind in UNMERGED[tongue.code] else WORDS
    told = words[tongue.code][kind].format(
        other=facts.get("other", "–"),
        told=activity.external_id if activity is not None else "",
        order=returns.external_id if returns is not None else "",
        day=tongue.day(last_day) if last_day is not None else "",
        actor=facts.get("actor", "–"),
        reason=by_hand_for(str(facts.get("reason", "–")), by_hand, tongue),
    )
    return statements.ended(tongue.nested(told))


def by_hand_for(reason: str, by_hand: ByHand | None, tongue: Tongue) -> str:
    """Why points are given or taken by hand: as the programme calls it where it lists it, else as somebody wrote it."""
    listed = None if by_hand is None else by_hand.reasons.get(reason)
    return reason if listed is None else tongue.named(listed.name)
