"""What the portal says of a member's data: what is agreed to, kept, seen, taken away and deleted."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Your data", "Вашите данни", "Verileriniz"),
    "about": Words(
        "What we know of you, who sees it, and how you end it.",
        "Какво знаем за вас, кой го вижда и как да го прекратите.",
        "Sizin hakkınızda ne bildiğimiz, kimin gördüğü ve nasıl sona erdirileceği.",
    ),
    "consents": Words("What you agreed to", "С какво сте съгласни", "Onayladıklarınız"),
    "consents_none": Words("Nothing is asked of you.", "Нищо не се иска от вас.", "Sizden bir onay istenmiyor."),
    "given_on": Words(
        "Given on {day}, wording {version}", "Дадено на {day}, текст {version}", "{day} günü verildi, metin {version}"
    ),
    "rules": Words(
        "You joined on {day} under version {version} of the rules.",
        "Включихте се на {day} по версия {version} на правилата.",
        "{day} günü kuralların {version}. sürümüyle katıldınız.",
    ),
    "withdrawn_on": Words("Withdrawn on {day}", "Оттеглено на {day}", "{day} günü geri alındı"),
    "never": Words("Not given", "Не е дадено", "Verilmedi"),
    "reworded": Words(
        "The wording has changed since.", "Текстът е променен оттогава.", "Metin o zamandan beri değişti."
    ),
    "required": Words("Needed to be a member", "Нужно за членство", "Üyelik için gerekli"),
    "give": Words("Agree", "Съгласие", "Onayla"),
    "withdraw": Words("Withdraw", "Оттегли", "Geri al"),
    "saved": Words("It is noted.", "Отбелязано е.", "Kaydedildi."),
    "recipients": Words("Also gets data: {names}", "Данни получава и: {names}", "Veri alan başkaları: {names}"),
    "letters": Words("Letters you want", "Писма, които искате", "İstediğiniz mektuplar"),
    "letter_expiring": Words("When points end soon", "Когато точки скоро изтичат", "Puanlar yakında bitecekse"),
    "letter_tier": Words("News of your tier", "Новини за нивото ви", "Seviye haberleri"),
    "letter_news": Words(
        "Gifts, invitations and answers to claims",
        "Подаръци, покани и отговори на заявки",
        "Hediyeler, davetler ve taleplerin yanıtları",
    ),
    "letter_statement": Words("A statement every month", "Извлечение всеки месец", "Her ay hesap özeti"),
    "language": Words("Language of letters", "Език на писмата", "Mektupların dili"),
    "save": Words("Save", "Запази", "Kaydet"),
    "sign_in": Words("Signing in", "Влизане", "Giriş"),
    "devices": Words("Where you are signed in", "Къде сте влезли", "Nerelerde giriş yaptınız"),
    "keys": Words("Passkeys", "Ключове за достъп", "Geçiş anahtarları"),
    "looks": Words("Who looked at your data", "Кой е гледал данните ви", "Verilerinize kim baktı"),
    "looks_none": Words("Nobody has looked.", "Никой не е гледал.", "Kimse bakmadı."),
    "looked": Words("{what} · {when} · {times}", "{what} · {when} · {times}", "{what} · {when} · {times}"),
    "kept": Words("What is kept how long", "Какво колко време се пази", "Ne kadar süre saklanır"),
    "download": Words("Take your data along", "Вземете данните си", "Verilerinizi alın"),
    "download_about": Words(
        "Everything we know of you, as tables (CSV) with your photos, or for a program (JSON).",
        "Всичко, което знаем за вас: таблици (CSV) със снимките ви или за програма (JSON).",
        "Hakkınızda bildiğimiz her şey: fotoğraflarınızla tablolar (CSV) ya da bir program için (JSON).",
    ),
    "file_comes": Words("Your file comes now.", "Файлът ви идва сега.", "Dosyanız şimdi geliyor."),
    "file_again": Words("Load it, if it does not come", "Изтеглете го, ако не дойде", "Gelmezse indirin"),
    "delete": Words("Delete me", "Изтрий ме", "Beni sil"),
    "delete_about": Words(
        "You have {days} to take it back; after that you are no member any more, nobody can tell who you were, and it "
        "can't be undone.",
        "Имате {days}, за да се откажете; след това вече не сте член, никой не може да каже кои сте били и това е "
        "необратимо.",
        "Vazgeçmek için {days} süreniz var; sonra üyeliğiniz biter, kim olduğunuzu artık kimse bilemez ve bu geri "
        "alınamaz.",
    ),
    "delete_at_once": Words(
        "You stop being a member at once, nobody can tell any more who you were, and this can't be undone.",
        "Веднага преставате да сте член, никой повече не може да каже кои сте били и това е необратимо.",
        "Üyeliğiniz hemen biter, kim olduğunuzu artık kimse bilemez ve bu geri alınamaz.",
    ),
    "lost": Words("You would lose:", "Ще загубите:", "Kaybedecekleriniz:"),
    "lost_nothing": Words("You have nothing to lose.", "Нямате какво да загубите.", "Kaybedecek bir şeyiniz yok."),
    "lost_worth": Words("{points}, worth {money}", "{points} на стойност {money}", "{money} değerinde {points}"),
    "lost_vouchers": Words("Vouchers: {count}", "Ваучери: {count}", "Kuponlar: {count}"),
    "lost_gift_cards": Words(
        "Gift cards of yours stay good for whoever has the code: {count}",
        "Подаръчните ви карти важат за който има кода: {count}",
        "Hediye kartlarınız kodu bilende geçerli kalır: {count}",
    ),
    "lost_memberships": Words("Memberships: {names}", "Членства: {names}", "Üyelikler: {names}"),
    "lost_redemptions": Words(
        "Rewards not picked up: {names}", "Невзети награди: {names}", "Alınmamış ödüller: {names}"
    ),
    "lost_tiers": Words("Your tier: {names}", "Нивото ви: {names}", "Seviyeniz: {names}"),
    "lost_household": Words("Your place in the household", "Мястото ви в домакинството", "Hanedeki yeriniz"),
    "lost_transfers": Words("Offers of points: {count}", "Предложени точки: {count}", "Puan teklifleri: {count}"),
    "erase": Words("Delete me for good", "Изтрий ме завинаги", "Beni kalıcı olarak sil"),
    "waits": Words(
        "Your account will be deleted. Last day to take it back: {day}.",
        "Профилът ви ще бъде изтрит. Последен ден за отказ: {day}.",
        "Hesabınız silinecek. Vazgeçmek için son gün: {day}.",
    ),
    "due": Words(
        "Your account is being deleted; it can't be taken back any more.",
        "Профилът ви се изтрива и това вече не може да се спре.",
        "Hesabınız siliniyor; artık vazgeçilemez.",
    ),
    "keep": Words("Keep my account", "Запази профила ми", "Hesabımı koru"),
    "asked": Words(
        "Noted. Every page says until when you can take it back.",
        "Отбелязано. Всяка страница казва докога може да се откажете.",
        "Kaydedildi. Ne zamana kadar vazgeçebileceğiniz her sayfada yazar.",
    ),
    "kept_done": Words("Your account stays.", "Профилът ви остава.", "Hesabınız kalıyor."),
    "erased": Words(
        "You have been deleted. Thank you for having been here.",
        "Изтрити сте. Благодарим, че бяхте с нас.",
        "Silindiniz. Burada olduğunuz için teşekkürler.",
    ),
    "by_key": Words("a machine of the programme", "машина на програмата", "programın bir makinesi"),
    "by_person": Words("staff", "служител", "personel"),
    "by_operator": Words("the operator", "операторът", "işletmen"),
}
