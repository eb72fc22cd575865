"""What stands on every page."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "skip": Words("Skip to the content", "Към съдържанието", "İçeriğe geç"),
    "mode": Words("Light or dark", "Светло или тъмно", "Açık ya da koyu"),
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
