"""What somebody looked at personal data for, as the console and the portal tell it."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "alerts": Words("Looking into an alert", "Проверка на сигнал", "Bir uyarıyı inceleme"),
    "approvals": Words(
        "Points given or taken by hand", "Точки, дадени или отнети ръчно", "Elle verilen ya da alınan puanlar"
    ),
    "audit": Words("Reading who did what", "Преглед на дневника", "Kim ne yaptı, okuma"),
    "claims": Words("Answering claims", "Отговор на заявки", "Talepleri yanıtlama"),
    "figures": Words("Figures of the programme", "Показатели на програмата", "Programın göstergeleri"),
    "members": Words("Looking at the profile", "Преглед на профила", "Profile bakma"),
    "memberships": Words("Paid memberships", "Платени членства", "Ücretli üyelikler"),
    "merges": Words("Merging members", "Обединяване на членове", "Üyeleri birleştirme"),
    "notes": Words("Notes of the staff", "Бележки на персонала", "Personelin notları"),
    "other": Words("Something else", "Друго", "Başka bir şey"),
    "parked": Words("Purchases that wait", "Чакащи покупки", "Bekleyen alışverişler"),
    "privacy": Words(
        "Consents, copies of data, deletion", "Съгласия, копия на данни, изтриване", "Onaylar, veri kopyaları, silme"
    ),
    "redemptions": Words("Handing over rewards", "Предаване на награди", "Ödül teslimi"),
    "segments": Words("Lists of members", "Списъци на членове", "Üye listeleri"),
    "tiers": Words("Tiers", "Нива", "Seviyeler"),
    "tills": Words("Serving at a till", "Обслужване на каса", "Kasada hizmet"),
    "vouchers": Words("Vouchers", "Ваучери", "Kuponlar"),
}
# Pages and commands by which somebody looks, where they are not called as the routes are.
_ALSO: Final = {
    "figure": "figures", "grant": "tiers", "member": "members", "member download": "privacy",
    "member show": "members", "membership": "memberships", "plans": "memberships", "queue": "redemptions",
    "redemption": "redemptions", "redemption queue": "redemptions", "segment export": "segments",
    "simulation": "figures", "voucher": "vouchers",
}  # fmt: skip


def area(purpose: str) -> str:
    """The key of the words for a purpose as it is noted: a route (`members.read`), a page or a command."""
    name = purpose.removeprefix("console.")
    name = _ALSO.get(name, name.partition(".")[0])
    return name if name in WORDS else "other"
