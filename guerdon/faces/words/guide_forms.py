"""What the style guide's forms and lists say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "errors": Words("Two things are missing", "Липсват две неща", "İki şey eksik"),
    "email_fault": Words("The e-mail has no @.", "В имейла липсва @.", "E-postada @ yok."),
    "price_fault": Words("The price is more than 1,000.", "Цената е над 1000.", "Fiyat 1.000’den fazla."),
    "text": Words("Text", "Текст", "Metin"),
    "choosing": Words("Choosing", "Избиране", "Seçme"),
    "time": Words("Times and figures", "Време и числа", "Zaman ve sayılar"),
    "files": Words("Files and codes", "Файлове и кодове", "Dosyalar ve kodlar"),
    "terms": Words("Terms", "Условия", "Koşullar"),
    "terms_text": Words("One for each member.", "По една на член.", "Üye başına bir tane."),
    "live": Words("The rule is on", "Правилото е включено", "Kural açık"),
    "live_about": Words(
        "It counts from the next purchase.", "Важи от следващата покупка.", "Sonraki alışverişten itibaren."
    ),
    "delivery": Words("How is it handed over?", "Как се предава?", "Nasıl teslim edilir?"),
    "delivery_till": Words("At the till", "На касата", "Kasada"),
    "delivery_till_about": Words("With a code, at once", "С код, веднага", "Kodla, hemen"),
    "delivery_post": Words("By post", "По пощата", "Postayla"),
    "delivery_post_about": Words("In two or three days", "До два-три дни", "İki üç günde"),
    "several": Words("Where it counts", "Къде важи", "Nerede geçerli"),
    "period": Words("Period", "Период", "Dönem"),
    "day": Words("Day", "Ден", "Gün"),
    "week": Words("Week", "Седмица", "Hafta"),
    "month": Words("Month", "Месец", "Ay"),
    "birthday": Words("Birthday", "Рожден ден", "Doğum günü"),
    "window": Words("When it counts", "Кога важи", "Ne zaman geçerli"),
    "window_about": Words(
        "In the time of the programme: Sofia.", "По времето на програмата: София.", "Programın saatiyle: Sofya."
    ),
    "points_each": Words("Points for each purchase", "Точки за всяка покупка", "Alışveriş başına puan"),
    "price": Words("Price", "Цена", "Fiyat"),
    "search": Words("Search members", "Търсене на членове", "Üye ara"),
    "picture": Words("Picture", "Снимка", "Resim"),
    "picture_hint": Words(
        "JPEG, PNG or WebP, at most 512 KB", "JPEG, PNG или WebP, до 512 KB", "JPEG, PNG ya da WebP, en çok 512 KB"
    ),
    "save": Words("Save", "Запази", "Kaydet"),
    "disabled": Words("Can’t be changed", "Не се променя", "Değiştirilemez"),
    # lists
    "lists": Words("Lists", "Списъци", "Listeler"),
    "facts": Words("Facts", "Данни", "Bilgiler"),
    "joined": Words("Joined", "Член от", "Üyelik"),
    "joined_when": Words("1 May 2026", "1 май 2026 г.", "1 Mayıs 2026"),
    "card_number": Words("Card number", "Номер на карта", "Kart numarası"),
    "tier": Words("Tier", "Ниво", "Seviye"),
    "shown": Words("1–3 of 2,469", "1–3 от 2469", "1–3 / 2.469"),
    "nobody": Words("Nobody found", "Никой не е намерен", "Kimse bulunamadı"),
    "nobody_about": Words("Try fewer letters.", "Опитайте с по-малко букви.", "Daha az harfle deneyin."),
    "receipt": Words("Receipt", "Бележка", "Fiş"),
    "coffee": Words("Coffee", "Кафе", "Kahve"),
    "cake": Words("Cake", "Торта", "Pasta"),
    "sum": Words("Sum", "Общо", "Toplam"),
    "thanks": Words("7 points earned. Thank you!", "Спечелени 7 точки. Благодарим!", "7 puan kazanıldı. Teşekkürler!"),
    "print": Words("Print", "Отпечатай", "Yazdır"),
    "filter": Words("What is looked at", "Какво се гледа", "Neye bakılıyor"),
    "period_week": Words("The last 7 days", "Последните 7 дни", "Son 7 gün"),
    "period_month": Words("The last 30 days", "Последните 30 дни", "Son 30 gün"),
    "compare": Words("With the time before", "С предишния период", "Önceki dönemle"),
    "stores": Words("All stores", "Всички магазини", "Tüm mağazalar"),
    "more": Words("More", "Още", "Daha fazla"),
    "copy": Words("Make a copy", "Направи копие", "Kopyasını yap"),
    "export": Words("Export", "Изнеси", "Dışa aktar"),
    "members": Words("Members", "Членове", "Üyeler"),
    "head_about": Words(
        "Everything about one member, and what can be done.",
        "Всичко за един член и какво може да се направи.",
        "Bir üye hakkında her şey ve yapılabilecekler.",
    ),
    "ask": Words("Ask first, then do it", "Първо питай, после направи", "Önce sor, sonra yap"),
    "ask_question": Words("Cancel this voucher?", "Да откажем ли този ваучер?", "Bu kupon iptal edilsin mi?"),
    "asked_done": Words("Cancelled", "Отказан", "İptal edildi"),
    "asked_about": Words(
        "The answer came by htmx, with a notice that passes.",
        "Отговорът дойде с htmx, със съобщение, което отминава.",
        "Yanıt htmx ile, geçici bir bildirimle geldi.",
    ),
}
