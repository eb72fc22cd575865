"""What the console says where members are listed, found and enrolled."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "find": Words("Find a member", "Намери член", "Üye bul"),
    "bought": Words("Purchases with the number {number}", "Покупки с номер {number}", "{number} numaralı alışverişler"),
    "segment": Words("Segment", "Сегмент", "Segment"),
    "everybody": Words("Everybody", "Всички", "Herkes"),
    "searched_all": Words(
        "The search looks at all members, whatever segment they are in.",
        "Търсенето е сред всички членове, независимо от сегмента.",
        "Arama, segment ne olursa olsun bütün üyelere bakar.",
    ),
    "name": Words("Name", "Име", "Ad"),
    "tier": Words("Tier", "Ниво", "Seviye"),
    "balance": Words("Can spend", "За харчене", "Harcanabilir"),
    "seen": Words("Last seen", "Последно", "Son görülme"),
    "since": Words("Member since", "Член от", "Üyelik"),
    "never": Words("never", "никога", "hiç"),
    "none_found": Words("Nobody found", "Няма намерени", "Kimse bulunamadı"),
    "none_found_about": Words(
        "Look for a whole e-mail, phone, card or receipt number, or words of the name; the last may be a beginning.",
        "Търсете по цял имейл, телефон, номер на карта или бележка, или по думи от името; последната може да е начало.",
        "Tam e-posta, telefon, kart ya da fiş numarası veya adın sözcükleriyle arayın; sonuncusu yarım olabilir.",
    ),
    "none": Words("No members yet", "Още няма членове", "Henüz üye yok"),
    "none_about": Words(
        "Members come with their first purchase, on their own in the portal, or by your hand here.",
        "Членовете идват с първата покупка, сами през портала или ги записвате тук.",
        "Üyeler ilk alışverişle, portalda kendileri ya da burada sizin elinizle gelir.",
    ),
    "enrol": Words("Enrol a member", "Запиши член", "Üye kaydet"),
    "enrol_about": Words(
        "Everything may be left out. What you know of somebody is kept sealed.",
        "Всичко може да се пропусне. Личните данни се пазят запечатани.",
        "Hepsi boş bırakılabilir. Kişisel bilgiler mühürlü saklanır.",
    ),
    "enrolled": Words("{name} is a member now.", "{name} вече е член.", "{name} artık üye."),
    "enrolled_gift": Words(
        "{name} is a member now: {gift} for joining.",
        "{name} вече е член: {gift} за включването.",
        "{name} artık üye: katılım için {gift}.",
    ),
    "email": Words("E-mail", "Имейл", "E-posta"),
    "phone": Words("Phone", "Телефон", "Telefon"),
    "phone_hint": Words("With the country, like +359…", "С код на държавата, като +359…", "Ülke koduyla, +90… gibi"),
    "birthday": Words("Birthday", "Рожден ден", "Doğum günü"),
    "language": Words("Language of letters", "Език на писмата", "Mektup dili"),
    "card": Words("Card number", "Номер на картата", "Kart numarası"),
    "external_id": Words("Number in your shop", "Номер в магазина ви", "Mağazanızdaki numara"),
    "external_id_hint": Words(
        "By which another system knows the member.",
        "По който друга система познава члена.",
        "Başka bir sistemin üyeyi tanıdığı numara.",
    ),
    "status_active": Words("Active", "Активен", "Etkin"),
    "status_blocked": Words("Blocked", "Блокиран", "Engelli"),
    "status_closed": Words("Closed", "Закрит", "Kapalı"),
    "status_erased": Words("Erased", "Изтрит", "Silinmiş"),
    "status_merged": Words("Merged", "Слят", "Birleştirilmiş"),
}
