"""What the console says of tiers."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Tiers", "Нива", "Seviyeler"),
    "about": Words(
        "Who is where, how that went, and what other thresholds would do.",
        "Кой на кое ниво е, как се е променяло и какво биха направили други прагове.",
        "Kim nerede, nasıl değişti ve başka eşikler ne yapardı.",
    ),
    "none": Words("No tiers yet", "Още няма нива", "Henüz seviye yok"),
    "none_about": Words(
        "A ladder says what lifts members, and what each tier gives.",
        "Стълбицата казва какво издига членовете и какво дава всяко ниво.",
        "Merdiven, üyeleri neyin yükselttiğini ve her seviyenin ne verdiğini söyler.",
    ),
    "tier": Words("Tier", "Ниво", "Seviye"),
    "asks": Words("From", "От", "Eşik"),
    "members": Words("Members", "Членове", "Üyeler"),
    "new": Words("New", "Нов", "Yeni"),
    "invited": Words("by invitation", "с покана", "davetle"),
    "not_ascending": Words(
        "Type more than the tier below asks for.",
        "Въведете повече, отколкото иска нивото под него.",
        "Alttaki seviyenin istediğinden fazlasını yazın.",
    ),
    "no_threshold": Words("Type a number, like 500.", "Въведете число, например 500.", "Bir sayı yazın, örneğin 500."),
    "preview": Words("Who would move?", "Кой ще се премести?", "Kim yer değiştirir?"),
    "preview_about": Words(
        "It tries these thresholds on every member, and changes nothing.",
        "Пробва праговете върху всеки член и нищо не променя.",
        "Bu eşikleri her üyede dener, hiçbir şeyi değiştirmez.",
    ),
    "moves": Words(
        "Who would move (members looked at: {looked})",
        "Кой ще се премести (прегледани членове: {looked})",
        "{looked} üyeden kimler yer değiştirir",
    ),
    "nobody": Words("Nobody would move.", "Никой няма да се премести.", "Kimse yer değiştirmez."),
    "uncounted": Words(
        "What “{ladder}” counts was not counted so far: everybody begins with nothing.",
        "Каквото брои „{ladder}“, не е броено досега: всички започват от нула.",
        "“{ladder}” şimdiye kadar sayılmadı: herkes sıfırdan başlar.",
    ),
    "ladder": Words("Ladder", "Стълбица", "Merdiven"),
    "when": Words("When", "Кога", "Ne zaman"),
    "before": Words("From", "От", "Eski"),
    "after": Words("To", "До", "Yeni"),
    "first": Words("The first of them", "Първите от тях", "İlk üyeler"),
    "at_once": Words("at once", "веднага", "hemen"),
    "review": Words("at the next review", "при следващия преглед", "sonraki gözden geçirmede"),
    "below": Words("no tier", "без ниво", "seviyesiz"),
    "movement": Words(
        "Members of each tier, month by month", "Членове по нива, по месеци", "Aylara göre seviyelerdeki üyeler"
    ),
    "month": Words("Month", "Месец", "Ay"),
    "give": Words("Give a tier by hand", "Дай ниво ръчно", "Elle seviye ver"),
    "kind": Words("As", "Като", "Türü"),
    "kind_manual": Words("By hand", "Ръчно", "Elle"),
    "kind_status_match": Words("Status match", "Равностойно ниво другаде", "Statü eşleme"),
    "kind_invitation": Words("Invitation", "Покана", "Davet"),
    "last_day": Words("Last day", "Последен ден", "Son gün"),
    "since": Words("Since", "От", "Başlangıç"),
    "reason": Words("Reason", "Причина", "Neden"),
    "actor": Words("By", "От кого", "Veren"),
    "granted": Words("The tier is given.", "Нивото е дадено.", "Seviye verildi."),
    "grant": Words("A tier given by hand", "Ръчно дадено ниво", "Elle verilen seviye"),
}
