"""What the console says where something is done with a member."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "try": Words("See what it comes to", "Виж какво ще стане", "Ne olacağına bak"),
    "reason": Words("Reason", "Причина", "Gerekçe"),
    "reason_hint": Words(
        "It stands in the book of who did what.",
        "Записва се в книгата кой какво е направил.",
        "Kimin ne yaptığını gösteren deftere yazılır.",
    ),
    # points by hand
    "way": Words("Give or take", "Даване или отнемане", "Ver ya da al"),
    "way_give": Words("Give", "Дай", "Ver"),
    "way_take": Words("Take", "Вземи", "Al"),
    "points": Words("How many", "Колко", "Kaç"),
    "unit": Words("Of which unit", "От коя единица", "Hangi birimden"),
    "note": Words("Note", "Бележка", "Not"),
    "note_hint": Words(
        "Kept for ever with the adjustment; write no personal data.",
        "Остава завинаги с промяната; не пишете лични данни.",
        "Düzeltmeyle birlikte hep kalır; kişisel bilgi yazmayın.",
    ),
    "alone": Words(
        "One person may change up to {points} of a member a day; more needs a second person.",
        "Един човек може да промени до {points} на член на ден; за повече трябва втори човек.",
        "Bir kişi bir üyede günde en çok {points} değiştirebilir; fazlası ikinci bir kişi ister.",
    ),
    "change": Words("Change", "Промяна", "Değişiklik"),
    "before": Words("Can spend now", "Може да харчи сега", "Şimdi harcanabilir"),
    "after": Words("Can spend then", "Ще може да харчи", "Sonra harcanabilir"),
    "repaid": Words("Repays debt", "Погасява дълг", "Borcu öder"),
    "second": Words(
        "That needs a second person. Nothing moves before somebody else approves it.",
        "Трябва втори човек. Нищо не се променя, докато друг не одобри.",
        "Bunun için ikinci bir kişi gerekir. Başkası onaylamadan hiçbir şey değişmez.",
    ),
    "because": Words("Reason: {reason}", "Причина: {reason}", "Gerekçe: {reason}"),
    "adjust_sure": Words(
        "Adjust the points of {name}?", "Да променим ли точките на {name}?", "{name} puanları düzeltilsin mi?"
    ),
    "adjust_yes": Words("Adjust", "Промени", "Düzelt"),
    "adjusted": Words("The points are adjusted.", "Точките са променени.", "Puanlar düzeltildi."),
    "adjust_waits": Words("It waits for a second person.", "Чака втори човек.", "İkinci bir kişiyi bekliyor."),
    # merging
    "goes": Words("Who is merged into this member", "Кой се влива в този член", "Bu üyeye kim katılıyor"),
    "goes_hint": Words(
        "An e-mail, a card number, a number of your shop, or an id like mem_…",
        "Имейл, номер на карта, номер от магазина ви или идентификатор като mem_…",
        "E-posta, kart numarası, mağazanızdaki numara ya da mem_… gibi bir kimlik",
    ),
    "merge_into": Words("{name} stays.", "{name} остава.", "{name} kalır."),
    "passes": Words("Passes", "Преминават", "Geçen"),
    "debt": Words("Debt", "Дълг", "Borç"),
    "identifiers": Words(
        "What leads to this member from now on", "Какво води към този член отсега", "Artık bu üyeye götürenler"
    ),
    "identifier_card": Words("Cards", "Карти", "Kartlar"),
    "identifier_email": Words("E-mails", "Имейли", "E-postalar"),
    "identifier_phone": Words("Phones", "Телефони", "Telefonlar"),
    "identifier_external_id": Words("Shop numbers", "Номера в магазина", "Mağaza numaraları"),
    "filled": Words("What this member had not", "Какво не е имал този член", "Bu üyede olmayanlar"),
    "conflicts": Words(
        "What both have (this one's stays)", "Какво имат и двамата (остава на този)", "İkisinde de olan (bununki kalır)"
    ),
    "merge_sure": Words(
        "Merge {other} into {name}?", "Да влеем ли {other} в {name}?", "{other}, {name} ile birleştirilsin mi?"
    ),
    "merge_yes": Words("Merge", "Обедини", "Birleştir"),
    "merge_about": Words(
        "A merge can be undone: what is not spent goes back.",
        "Обединяването може да се отмени: неизхарченото се връща.",
        "Birleştirme geri alınabilir: harcanmayan geri döner.",
    ),
    "merge_done": Words("They are one member now.", "Вече са един член.", "Artık tek üyeler."),
    "unmerge": Words("Undo", "Отмени", "Geri al"),
    "unmerge_sure": Words(
        "Take {other} out of {name} again?",
        "Да отделим ли {other} от {name}?",
        "{other}, {name} üyesinden ayrılsın mı?",
    ),
    "unmerge_yes": Words("Undo the merge", "Отмени обединяването", "Birleştirmeyi geri al"),
    "unmerge_about": Words(
        "What it brought and has not been spent goes back; what happened since stays here.",
        "Донесеното и неизхарчено се връща; случилото се оттогава остава тук.",
        "Getirdiği ve harcanmayan geri döner; o zamandan beri olanlar burada kalır.",
    ),
    "unmerge_done": Words("They are two members again.", "Отново са двама членове.", "Yeniden iki üyeler."),
    "merged_list": Words("Merged into this member", "Влети в този член", "Bu üyeye katılanlar"),
    # one step
    "block_about": Words(
        "A blocked member earns and spends nothing. What there is stays.",
        "Блокиран член не печели и не харчи. Каквото има, остава.",
        "Engelli üye puan kazanmaz ve harcamaz. Olan durur.",
    ),
    "block_done": Words("The member is blocked.", "Членът е блокиран.", "Üye engellendi."),
    "unblock_about": Words(
        "The member earns and spends again.", "Членът отново печели и харчи.", "Üye yeniden kazanır ve harcar."
    ),
    "unblock_done": Words("The member is active again.", "Членът отново е активен.", "Üye yeniden etkin."),
    "revoke_about": Words(
        "For a lost phone: its codes are not taken any more. The member's app shows new ones.",
        "При изгубен телефон: кодовете му вече не се приемат. Приложението на члена показва нови.",
        "Kayıp telefon için: kodları artık geçmez. Üyenin uygulaması yenilerini gösterir.",
    ),
    "revoke_done": Words(
        "The codes up to now have ended.", "Досегашните кодове са спрени.", "Şimdiye kadarki kodlar bitti."
    ),
    "lift_about": Words(
        "Only if you are sure that the new e-mail or phone is the member's: you know the voice, or saw a document.",
        "Само ако сте сигурни, че новият имейл или телефон е на члена: познавате гласа или сте видели документ.",
        "Yalnızca yeni e-posta ya da telefonun üyenin olduğundan eminseniz: sesini tanıyor ya da belge gördüyseniz.",
    ),
    "lift_done": Words(
        "The member need not wait any longer.", "Членът вече не чака.", "Üyenin artık beklemesi gerekmiyor."
    ),
    "view_about": Words(
        "You see the member's own pages and can change nothing there. The member can see that you looked.",
        "Виждате страниците на члена и не можете да променяте нищо. Членът може да види, че сте гледали.",
        "Üyenin sayfalarını görür, hiçbir şeyi değiştiremezsiniz. Üye baktığınızı görebilir.",
    ),
    "view_done": Words(
        "You no longer see the member's pages.",
        "Вече не виждате страниците на члена.",
        "Artık üyenin sayfalarını görmüyorsunuz.",
    ),
    # notes
    "new_note": Words("New note", "Нова бележка", "Yeni not"),
    "new_note_hint": Words(
        "For the staff; sealed, and erased with the member. Whoever asks for all that is known reads it.",
        "За персонала; запечатана и изтрита с члена. Който поиска всичко за себе си, я чете.",
        "Çalışanlar için; mühürlüdür, üyeyle silinir. Hakkındaki her şeyi isteyen onu da okur.",
    ),
    "write_note": Words("Write it down", "Запиши", "Not et"),
    "noted": Words("It is written down.", "Записано е.", "Not edildi."),
    "no_notes": Words("No notes yet", "Още няма бележки", "Henüz not yok"),
    "no_notes_about": Words(
        "What the next colleague should know about this member.",
        "Каквото следващият колега трябва да знае за този член.",
        "Sıradaki çalışanın bu üye hakkında bilmesi gerekenler.",
    ),
}
