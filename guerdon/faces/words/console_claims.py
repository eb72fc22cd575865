"""What the support desk says around claims."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Claims", "Запитвания", "Talepler"),
    "about": Words(
        "What is due first stands first.", "Най-спешното е най-отгоре.", "Önce süresi dolacak olan en üsttedir."
    ),
    "desk": Words("Support", "Поддръжка", "Destek"),
    "none": Words("Nothing waits", "Нищо не чака", "Bekleyen yok"),
    "none_about": Words(
        "What members claim in the portal stands here, with the time by which we answer.",
        "Тук стои каквото членовете питат в портала, с времето за отговор.",
        "Üyelerin portaldan ilettikleri, yanıt süresiyle burada durur.",
    ),
    "ours": Words("Waiting for us ({count})", "Чакат нас ({count})", "Bizi bekleyenler ({count})"),
    "every": Words("All kinds", "Всички видове", "Tüm türler"),
    "state": Words("State", "Състояние", "Durum"),
    "mine": Words("Mine alone", "Само моите", "Yalnızca benimkiler"),
    "due": Words("Answer until {until}", "Отговор до {until}", "{until} tarihine kadar yanıt"),
    "overdue": Words("Overdue", "Просрочено", "Gecikti"),
    "priority": Words("priority {number}", "приоритет {number}", "öncelik {number}"),
    "nobody": Words("nobody’s yet", "още на никого", "henüz kimsede değil"),
    "name": Words("Name", "Име", "Ad"),
    "has": Words("Has", "Има", "Puanı"),
    "tier": Words("Tier", "Ниво", "Seviye"),
    "since": Words("Member since", "Член от", "Üyelik başlangıcı"),
    "member": Words("The member", "Членът", "Üye"),
    "told": Words("What was told", "Какво е казано", "Anlatılan"),
    "twins": Words(
        "The same receipt was shown before", "Същата бележка е показвана и преди", "Aynı fiş daha önce gösterildi"
    ),
    "photo": Words("Photo", "Снимка", "Fotoğraf"),
    "take": Words("Assign to me", "Поемам го", "Bana ata"),
    "give_back": Words("Give back", "Връщам го", "Geri bırak"),
    "assigned": Words("It is noted who works on it.", "Отбелязано е кой работи.", "Kimin ilgilendiği kaydedildi."),
    "write": Words("Write to the member", "Пишете на члена", "Üyeye yazın"),
    "note": Words("A note, for us alone", "Бележка, само за нас", "Not, yalnızca bizim için"),
    "insert": Words("Send this", "Изпрати това", "Bunu gönder"),
    "ready": Words("Answers that are ready", "Готови отговори", "Hazır yanıtlar"),
    "edit": Words("Edit first", "Първо промени", "Önce düzenle"),
    "bought": Words("Last purchases", "Последни покупки", "Son alışverişler"),
    "meant": Words("the receipt of this claim", "бележката от оплакването", "bu talebin fişi"),
    "said": Words("It is noted.", "Отбелязано е.", "Kaydedildi."),
    "settle": Words("Settle", "Уреждане", "Sonuçlandır"),
    "purchase": Words("Add the missing purchase", "Добави липсващата покупка", "Eksik alışverişi ekle"),
    "external_id": Words("Number at the till", "Номер на касата", "Kasadaki numara"),
    "source": Words("Till or shop system", "Каса или система", "Kasa ya da sistem"),
    "goodwill": Words("Give points as goodwill", "Дай точки като жест", "İyi niyet puanı ver"),
    "unit": Words("What", "Какво", "Ne"),
    "points": Words("How many", "Колко", "Kaç"),
    "reason": Words("Reason", "Причина", "Neden"),
    "limit": Words(
        "One person may give {points} a day; more waits for a second one.",
        "Един човек може да даде {points} на ден; повече чака втори.",
        "Bir kişi günde {points} verebilir; fazlası ikinci kişiyi bekler.",
    ),
    "refuse": Words("Refuse, with the reason for the member", "Откажи, с причина за члена", "Reddet, üyeye nedenle"),
    "close": Words("Close, nothing more to do", "Приключи, няма какво повече", "Kapat, yapılacak bir şey yok"),
    "waits": Words("It waits for a second person.", "Чака втори човек.", "İkinci bir kişiyi bekliyor."),
    "settled": Words("It is settled.", "Уредено е.", "Sonuçlandı."),
}
