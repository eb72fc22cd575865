"""The refusals of the what-if simulator in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "what_if_unknown": (
            "This can't be forecast to the point",
            "The simulator does not know how to replay: {found}.",
            "Nothing is estimated in its place. Take it out of the draft.",
        ),
        "what_if_too_large": (
            "The rates of “{unit}” are too fine to be replayed exactly",
            "Its rules multiply so many different fractions that the numbers no longer fit.",
            "Use rates and multipliers with smaller denominators, or put multipliers into one group.",
        ),
        "what_if_differs": (
            "The replay is not what the ledger says",
            "For {members} members today’s programme comes to something else; the first is {member} in {month}: {of} in"
            " {unit} is {ledger} by the ledger and {replay} by the replay.",
            "Nothing is forecast from it. Run guerdon verify; if it finds nothing, report this: one of both is wrong.",
        ),
        "what_if_tier_differs": (
            "The replay is not what the history of tiers says",
            "For {members} members today’s programme comes to another tier; the first is {member} on {ladder}: it was"
            " {ledger}, and is {replay} by the replay.",
            "Nothing is forecast from it. Run guerdon verify; if it finds nothing, report this: one of both is wrong.",
        ),
        "what_if_period": (
            "No day lies in this period",
            "The draft would be in force from {since}, and what happened is told until {until}.",
            "Name a first day that lies before the end of the history.",
        ),
        "nothing_to_replay": (
            "There is no history yet",
            "Nothing has happened in “{programme}” so far.",
            "Import a history, or wait for the first purchases.",
        ),
    },
    "bg": {
        "what_if_unknown": (
            "Това не може да се предвиди до точка",
            "Симулаторът не може да възпроизведе: {found}.",
            "Нищо не се прави на око вместо това. Махнете го от черновата.",
        ),
        "what_if_too_large": (
            "Ставките на „{unit}“ са твърде дребни, за да се възпроизведат точно",
            "Правилата му умножават толкова различни дроби, че числата вече не се побират.",
            "Използвайте ставки и множители с по-малки знаменатели или сложете множителите в една група.",
        ),
        "what_if_differs": (
            "Възпроизведеното не е това, което казва книгата",
            "При {members} членове днешната програма дава друго; първият е {member} през {month}: {of} в {unit} е"
            " {ledger} по книгата и {replay} при възпроизвеждането.",
            "От това не се прави прогноза. Пуснете guerdon verify; ако не намери нищо, съобщете ни: едното е сгрешено.",
        ),
        "what_if_tier_differs": (
            "Възпроизведеното не е това, което казва историята на нивата",
            "При {members} членове днешната програма води до друго ниво; първият е {member} в {ladder}: било е"
            " {ledger}, а при възпроизвеждането е {replay}.",
            "От това не се прави прогноза. Пуснете guerdon verify; ако не намери нищо, съобщете ни: едното е сгрешено.",
        ),
        "what_if_period": (
            "В този период няма нито един ден",
            "Черновата би била в сила от {since}, а случилото се се показва до {until}.",
            "Посочете първи ден, който е преди края на историята.",
        ),
        "nothing_to_replay": (
            "Още няма история",
            "Досега в „{programme}“ нищо не се е случило.",
            "Внесете история или изчакайте първите покупки.",
        ),
    },
    "tr": {
        "what_if_unknown": (
            "Bu, puanı puanına öngörülemez",
            "Simülatör şunları yeniden oynatamıyor: {found}.",
            "Yerine tahmin konmaz. Bunu taslaktan çıkarın.",
        ),
        "what_if_too_large": (
            "“{unit}” oranları tam olarak oynatılamayacak kadar ince",
            "Kuralları o kadar çok farklı kesri çarpıyor ki sayılar artık sığmıyor.",
            "Daha küçük paydalı oranlar ve çarpanlar kullanın ya da çarpanları tek bir gruba koyun.",
        ),
        "what_if_differs": (
            "Yeniden oynatılan, defterdekiyle aynı değil",
            "{members} üyede bugünkü program başka bir sonuç veriyor; ilki {month} ayında {member}: {unit} biriminde"
            " {of} defterde {ledger}, yeniden oynatmada {replay}.",
            "Bundan öngörü çıkarılmaz. guerdon verify çalıştırın; bir şey bulmazsa bildirin: ikisinden biri yanlış.",
        ),
        "what_if_tier_differs": (
            "Yeniden oynatılan, seviye geçmişindekiyle aynı değil",
            "{members} üyede bugünkü program başka bir seviyeye varıyor; ilki {ladder} içinde {member}: kayıtta"
            " {ledger}, yeniden oynatmada {replay}.",
            "Bundan öngörü çıkarılmaz. guerdon verify çalıştırın; bir şey bulmazsa bildirin: ikisinden biri yanlış.",
        ),
        "what_if_period": (
            "Bu dönemde hiç gün yok",
            "Taslak {since} gününden itibaren geçerli olurdu, olanlar ise {until} gününe kadar gösteriliyor.",
            "Geçmişin bitişinden önceki bir ilk gün yazın.",
        ),
        "nothing_to_replay": (
            "Henüz bir geçmiş yok",
            "“{programme}” programında şimdiye kadar hiçbir şey olmadı.",
            "Bir geçmiş aktarın ya da ilk alışverişleri bekleyin.",
        ),
    },
}
