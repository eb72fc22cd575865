"""What is said of claims: to the member who opens one, and to whoever answers it."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Points missing?", "Липсват точки?", "Puanınız mı eksik?"),
    "about": Words(
        "Tell us what is missing, ask, or complain. Everything said stays here.",
        "Кажете какво липсва, попитайте или се оплачете. Всичко казано остава тук.",
        "Eksik olanı söyleyin, sorun ya da şikâyet edin. Söylenen her şey burada kalır.",
    ),
    "new": Words("Tell us", "Пишете ни", "Bize yazın"),
    "none": Words("Nothing to settle", "Няма нищо за уреждане", "Çözülecek bir şey yok"),
    "none_about": Words(
        "If a purchase is missing, keep the receipt: with a photo of it we can add the points.",
        "Ако липсва покупка, запазете бележката: със снимка от нея можем да добавим точките.",
        "Bir alışveriş eksikse fişi saklayın: fotoğrafıyla puanları ekleyebiliriz.",
    ),
    "we_answer": Words("We answer within {hours}.", "Отговаряме до {hours}.", "{hours} içinde yanıt veririz."),
    "promise": Words("We answer until {until}", "Ще отговорим до {until}", "{until} tarihine kadar yanıtlarız"),
    "late": Words(
        "We promised an answer until {until}. Sorry, it is on its way.",
        "Обещахме отговор до {until}. Извинете, идва скоро.",
        "{until} tarihine kadar yanıt sözü verdik. Özür dileriz, yolda.",
    ),
    "given": Words("Given: {what}.", "Дадени са: {what}.", "Verilen: {what}."),
    "given_purchase": Words(
        "The purchase of {money} was added: {what}.",
        "Покупката за {money} е добавена: {what}.",
        "{money} tutarındaki alışveriş eklendi: {what}.",
    ),
    "given_nothing": Words("it earns no points", "не носи точки", "puan kazandırmıyor"),
    "settled_on": Words("Settled on {day}", "Уредено на {day}", "{day} günü sonuçlandı"),
    "about_waiting_for_member": Words("We wait for your answer", "Чакаме вашия отговор", "Yanıtınızı bekliyoruz"),
    "about_waiting_for_approval": Words(
        "A second person looks at it", "Втори човек го преглежда", "İkinci bir kişi bakıyor"
    ),
    # kinds
    "kind": Words("What is it about?", "За какво става дума?", "Konu nedir?"),
    "kind_missing_points": Words("Missing points", "Липсващи точки", "Eksik puan"),
    "kind_question": Words("A question", "Въпрос", "Soru"),
    "kind_complaint": Words("A complaint", "Оплакване", "Şikâyet"),
    # states
    "open": Words("New", "Ново", "Yeni"),
    "waiting_for_us": Words("With us", "При нас", "Bizde"),
    "waiting_for_member": Words("Waits for the member", "Чака члена", "Üyeyi bekliyor"),
    "waiting_for_you": Words("Waits for you", "Чака вас", "Sizi bekliyor"),
    "waiting_for_approval": Words("Waits for approval", "Чака одобрение", "Onay bekliyor"),
    "granted": Words("Granted", "Уважено", "Kabul edildi"),
    "refused": Words("Refused", "Отказано", "Reddedildi"),
    "closed": Words("Closed", "Приключено", "Kapatıldı"),
    "withdrawn": Words("Withdrawn", "Оттеглено", "Geri çekildi"),
    # what is told
    "store": Words("Store", "Магазин", "Mağaza"),
    "day": Words("Day", "Ден", "Gün"),
    "amount": Words("Amount", "Сума", "Tutar"),
    "receipt": Words("Receipt number", "Номер на бележката", "Fiş numarası"),
    "receipt_hint": Words("It stands at the foot of the receipt.", "Стои в края на бележката.", "Fişin altında yazar."),
    "missing_about": Words(
        "For missing points we need these four; a question needs only words.",
        "За липсващи точки ни трябват тези четири неща; за въпрос стигат думи.",
        "Eksik puan için bu dördü gerekir; soru için sözler yeter.",
    ),
    "text": Words("In your words", "С ваши думи", "Kendi sözlerinizle"),
    "photo": Words("Photo", "Снимка", "Fotoğraf"),
    "photos": Words("Photos of the receipt", "Снимки на бележката", "Fişin fotoğrafları"),
    "photos_hint": Words(
        "Up to {most}: PNG, JPEG or WebP, {size} MB each, {whole} MB together.",
        "До {most}: PNG, JPEG или WebP, по {size} MB, заедно {whole} MB.",
        "En fazla {most}: PNG, JPEG ya da WebP, her biri {size} MB, toplam {whole} MB.",
    ),
    "send": Words("Send", "Изпрати", "Gönder"),
    "opened": Words("We have it, and will answer.", "Получихме го и ще отговорим.", "Aldık, yanıtlayacağız."),
    "thread": Words("What was said", "Какво беше казано", "Konuşulanlar"),
    "reply": Words("Your reply", "Вашият отговор", "Yanıtınız"),
    "replied": Words("Your words were added.", "Думите ви са добавени.", "Sözleriniz eklendi."),
    "day_before": Words(
        "The programme began on {day}, so points can be missing from then on.",
        "Програмата започна на {day}, така че точки може да липсват от тогава.",
        "Program {day} tarihinde başladı; eksik puan ancak o günden sonra olabilir.",
    ),
    "lacking": Words("Please fill this in.", "Моля, попълнете.", "Lütfen doldurun."),
    "words_needed": Words("Please write something.", "Моля, напишете нещо.", "Lütfen bir şey yazın."),
    "withdraw": Words("Withdraw", "Оттегли", "Geri çek"),
    "withdraw_sure": Words("Withdraw this?", "Да се оттегли ли?", "Geri çekilsin mi?"),
    "withdraw_about": Words(
        "Nobody will look into it any more.", "Никой няма да го разглежда повече.", "Artık kimse ilgilenmez."
    ),
    "withdrawn_done": Words("It was withdrawn.", "Оттеглено е.", "Geri çekildi."),
    "reopen": Words("Open again", "Отвори отново", "Yeniden aç"),
    "reopen_about": Words(
        "Not settled for you? You can open it again once.",
        "Не е уредено за вас? Може да го отворите още веднъж.",
        "Sizin için çözülmedi mi? Bir kez yeniden açabilirsiniz.",
    ),
    "why": Words("What is still wrong?", "Какво още не е наред?", "Hâlâ ne yanlış?"),
    "reopened_done": Words("It is open again.", "Отворено е отново.", "Yeniden açıldı."),
    # what answers call it
    "called_member": Words("member", "скъпи приятелю", "üyemiz"),
    "called_receipt": Words("receipt {receipt}", "бележка {receipt}", "{receipt} numaralı fiş"),
    "called_question": Words("your question", "вашия въпрос", "sorunuz"),
    "called_complaint": Words("your complaint", "вашето оплакване", "şikâyetiniz"),
    "called_missing_points": Words("the missing points", "липсващите точки", "eksik puanlarınız"),
    # steps
    "step_open": Words("Opened", "Открито", "Açıldı"),
    "step_reply": Words("Reply of the member", "Отговор на члена", "Üyenin yanıtı"),
    "step_ask": Words("Our answer", "Нашият отговор", "Yanıtımız"),
    "step_note": Words("Note, for us alone", "Бележка, само за нас", "Not, yalnızca bizim için"),
    "step_assign": Words("Assigned", "Възложено", "Atandı"),
    "step_grant": Words("Granted", "Уважено", "Kabul edildi"),
    "step_request": Words("Approval was asked for", "Поискано е одобрение", "Onay istendi"),
    "step_approve": Words("Granted", "Уважено", "Kabul edildi"),
    "step_reject": Words("Looked at again", "Разглежда се отново", "Yeniden bakılıyor"),
    "step_refuse": Words("Refused", "Отказано", "Reddedildi"),
    "step_close": Words("Closed", "Приключено", "Kapatıldı"),
    "step_withdraw": Words("Withdrawn", "Оттеглено", "Geri çekildi"),
    "step_reopen": Words("Opened again", "Отворено отново", "Yeniden açıldı"),
}
