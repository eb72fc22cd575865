"""What stands on every page."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "missing": Words("Nothing is here", "Тук няма нищо", "Burada bir şey yok"),
    "missing_about": Words(
        "The address is wrong, or what was here is gone. Look at how it is spelled, or begin at the start page.",
        "Адресът е грешен или това, което беше тук, го няма. Проверете го или започнете от началната страница.",
        "Adres yanlış ya da buradaki şey artık yok. Yazımına bakın ya da başlangıç sayfasından devam edin.",
    ),
    "forbidden": Words("Not yours to open", "Това не е за вас", "Bunu açamazsınız"),
    "forbidden_about": Words(
        "This page is not open to you. Begin at the start page, or sign in as somebody else.",
        "Тази страница не е достъпна за вас. Започнете от началната страница или влезте с друг профил.",
        "Bu sayfa size açık değil. Başlangıç sayfasından devam edin ya da başka biri olarak giriş yapın.",
    ),
    "stale": Words("This form is too old", "Формулярът е твърде стар", "Bu form çok eski"),
    "stale_about": Words(
        "Nothing was done. Go back, load the page again and send the form once more; cookies must be allowed.",
        "Нищо не беше направено. Върнете се, презаредете страницата и изпратете пак; позволете бисквитките.",
        "Hiçbir şey yapılmadı. Geri dönün, sayfayı yenileyip formu yeniden gönderin; çerezlere izin verilmelidir.",
    ),
    "bad": Words("That was not understood", "Това не беше разбрано", "Bu anlaşılmadı"),
    "bad_about": Words(
        "What the browser sent can't be read, so nothing was done. Begin again at the start page.",
        "Изпратеното от браузъра не се чете и нищо не беше направено. Започнете пак от началната страница.",
        "Tarayıcının gönderdiği okunamadı, bu yüzden hiçbir şey yapılmadı. Başlangıç sayfasından yeniden başlayın.",
    ),
    "broken": Words("Something broke on our side", "Нещо се повреди при нас", "Bizde bir şey bozuldu"),
    "broken_about": Words(
        "It is not your fault, and it is written down. Try again in a minute.",
        "Вината не е ваша и случаят е записан. Опитайте пак след минута.",
        "Sizin hatanız değil ve kayda geçti. Bir dakika sonra yeniden deneyin.",
    ),
    "link_over": Words("This link is over", "Тази връзка вече не важи", "Bu bağlantı artık geçersiz"),
    "link_over_about": Words(
        "It opens once, within a day. Ask whoever gave it to you for a new one: guerdon staff link.",
        "Отваря веднъж, в рамките на един ден. Поискайте нова от този, който ви я даде: guerdon staff link.",
        "Bir gün içinde bir kez açar. Size verenden yenisini isteyin: guerdon staff link.",
    ),
    "to_start": Words("To the start page", "Към началната страница", "Başlangıç sayfasına"),
    "skip": Words("Skip to the content", "Към съдържанието", "İçeriğe geç"),
    "mode": Words("Light or dark", "Светло или тъмно", "Açık ya da koyu"),
    "not_saved": Words(
        "You had been signed out. What you had typed was not saved.",
        "Бяхте излезли от системата. Въведеното не е запазено.",
        "Oturumunuz kapanmıştı. Yazdıklarınız kaydedilmedi.",
    ),
    "sure_gone": Words(
        "This question no longer waits. If you still mean it, begin again here.",
        "Този въпрос вече не чака отговор. Ако още го желаете, започнете пак оттук.",
        "Bu soru artık yanıt beklemiyor. Hâlâ istiyorsanız buradan yeniden başlayın.",
    ),
    "sure_done": Words(
        "You have answered this already, and it is done. It is not done a second time.",
        "Вече отговорихте и това е направено. Няма да се направи втори път.",
        "Bunu zaten yanıtladınız ve yapıldı. İkinci kez yapılmaz.",
    ),
    "cancel": Words("Cancel", "Отказ", "Vazgeç"),
    "language": Words("Language", "Език", "Dil"),
    "menu": Words("Menu", "Меню", "Menü"),
    "path": Words("The way here", "Пътят дотук", "Buraya giden yol"),
    "paging": Words("Pages of this list", "Страници на списъка", "Listenin sayfaları"),
    "earlier": Words("Back", "Назад", "Geri"),
    "later": Words("Next", "Напред", "İleri"),
    "show": Words("Show", "Покажи", "Göster"),
    "from": Words("From", "От", "Başlangıç"),
    "until": Words("Until", "До", "Bitiş"),
    "clear": Words("Clear the search", "Изчисти търсенето", "Aramayı temizle"),
    "code": Words(
        "If you ask for help, name this:", "Ако търсите помощ, кажете това:", "Yardım isterken bunu söyleyin:"
    ),
    "remove_part": Words("Remove line {at}", "Премахни ред {at}", "{at}. satırı kaldır"),
    "remove": Words("Remove", "Премахни", "Kaldır"),
    "delete": Words("Delete the last digit", "Изтрий последната цифра", "Son haneyi sil"),
    "faults": Words("Please look at this again", "Моля, погледнете отново", "Lütfen yeniden bakın"),
    "figures": Words("The figures as a table", "Числата в таблица", "Sayılar tablo olarak"),
    "means": Words("What it means: {what}", "Какво значи: {what}", "Ne anlama gelir: {what}"),
    "csv": Words("Download as CSV", "Изтегли като CSV", "CSV olarak indir"),
    "changed": Words("Changed", "Променено", "Değişti"),
    "added": Words("Added", "Добавено", "Eklendi"),
    "removed": Words("Removed", "Премахнато", "Kaldırıldı"),
    "all_of": Words("all of these", "всички от тези", "bunların hepsi"),
    "any_of": Words("any of these", "някое от тези", "bunlardan biri"),
    "none_of": Words("none of these", "никое от тези", "bunların hiçbiri"),
    "new_condition": Words("What is asked", "Какво се пита", "Ne sorulur"),
    "add_condition": Words("Add a condition", "Добави условие", "Koşul ekle"),
    "add_group": Words("Add a group", "Добави група", "Grup ekle"),
    "remove_group": Words("Remove the group", "Премахни групата", "Grubu kaldır"),
    "offline": Words("You are offline.", "Няма връзка с мрежата.", "Çevrimdışısınız."),
    "failed": Words("That did not work", "Не се получи", "Olmadı"),
    "failed_about": Words(
        "No good answer came. Look at the page again before you try once more.",
        "Не дойде добър отговор. Презаредете страницата, преди да опитате пак.",
        "Düzgün bir yanıt gelmedi. Yeniden denemeden önce sayfayı yenileyin.",
    ),
    "sure": Words("Are you sure?", "Сигурни ли сте?", "Emin misiniz?"),
    "yes": Words("Yes, go on", "Да, продължи", "Evet, devam et"),
}
