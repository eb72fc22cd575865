"""What the console says about the house's own business: approvals, staff, keys, work, the account."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "house": Words("House", "Управление", "Yönetim"),
    "reason": Words("Why", "Защо", "Neden"),
    "reason_hint": Words(
        "It stands in the book for good.", "Остава завинаги в дневника.", "Defterde kalıcı olarak durur."
    ),
    "never": Words("never", "никога", "hiç"),
    "by": Words("by {name}, {when}", "от {name}, {when}", "{name}, {when}"),
    # approvals
    "approvals": Words("Approvals", "Одобрения", "Onaylar"),
    "approvals_about": Words(
        "What waits for a second person. Nobody decides on their own.",
        "Какво чака втори човек. Никой не решава по своето.",
        "İkinci bir kişiyi bekleyenler. Kimse kendi isteğine karar veremez.",
    ),
    "approvals_none": Words("Nothing waits", "Нищо не чака", "Bekleyen yok"),
    "approvals_none_about": Words(
        "Large adjustments, goodwill and changed rules come here when a second person must agree.",
        "Тук идват големите корекции, жестовете и промените на правилата, когато трябва втори човек.",
        "Büyük düzeltmeler, iyi niyet puanları ve kural değişiklikleri ikinci bir onay gerektiğinde buraya gelir.",
    ),
    "changed_rules": Words("Changed programme", "Промени в програмата", "Program değişikliği"),
    "more_changes": Words(
        "{count} more, and line by line", "Още {count}, и ред по ред", "{count} değişiklik daha, satır satır"
    ),
    "whole_draft": Words("The draft, line by line", "Черновата ред по ред", "Taslak, satır satır"),
    "mine_draft": Words(
        "You have written it, so somebody else must decide.",
        "Вие сте я писали, затова трябва да реши друг.",
        "Bunu siz yazdınız; kararı başka biri vermeli.",
    ),
    "goodwill": Words("For a claim", "По запитване", "Bir talep için"),
    "for_member": Words("for {member}", "за {member}", "{member} için"),
    "approve": Words("Approve", "Одобри", "Onayla"),
    "refuse": Words("Refuse", "Откажи", "Reddet"),
    "words": Words("Your words", "Вашите думи", "Sözünüz"),
    "mine": Words("Yours", "Ваше", "Sizin"),
    "mine_about": Words(
        "You asked for it yourself, so somebody else must decide.",
        "Вие сте го поискали, затова трябва да реши друг.",
        "Bunu siz istediniz; kararı başka biri vermeli.",
    ),
    "watch_only": Words(
        "Your role may look, not decide.", "Ролята ви може да гледа, не да решава.", "Rolünüz görebilir, karar veremez."
    ),
    "approved": Words("Approved.", "Одобрено.", "Onaylandı."),
    "refused": Words("Refused.", "Отказано.", "Reddedildi."),
    # parked
    "parked": Words("Waiting records", "Чакащи записи", "Bekleyen kayıtlar"),
    "parked_about": Words(
        "Purchases and other records that lack something, like an exchange rate. None is lost; each goes on by itself.",
        "Покупки и други записи, на които нещо липсва, например курс. Нищо не се губи; всеки продължава сам.",
        "Bir şeyi eksik alışverişler ve kayıtlar, örneğin kuru. Hiçbiri kaybolmaz; her biri kendiliğinden sürer.",
    ),
    "parked_none": Words("Nothing waits", "Нищо не чака", "Bekleyen kayıt yok"),
    "parked_none_about": Words(
        "Every record has been decided.",
        "За всичко казано е решено.",
        "Bildirilen her şey karara bağlandı.",
    ),
    "what": Words("What", "Какво", "Ne"),
    "member": Words("Member", "Член", "Üye"),
    "why_waits": Words("Why it waits", "Защо чака", "Neden bekliyor"),
    "what_to_do": Words("What to do", "Какво да се направи", "Ne yapmalı"),
    "when": Words("When", "Кога", "Ne zaman"),
    "why_rate_missing": Words("No exchange rate", "Няма валутен курс", "Döviz kuru yok"),
    "do_rate_missing": Words(
        "Enter the rate of {currency} for that day; the worker goes on within a minute.",
        "Въведете курса на {currency} за този ден; продължава до минута.",
        "O günün {currency} kurunu girin; bir dakika içinde devam eder.",
    ),
    "why_purchase_missing": Words("Its purchase is unknown", "Покупката не е известна", "Alışverişi bilinmiyor"),
    "do_purchase_missing": Words(
        "It goes on once the till has told the purchase. Ask the till to send it again.",
        "Продължава, щом касата изпрати покупката. Изпратете я отново от касата.",
        "Kasa alışverişi bildirince devam eder. Kasadan yeniden göndermesini isteyin.",
    ),
    "why_other": Words("It waits: {reason}", "Чака: {reason}", "Bekliyor: {reason}"),
    "do_other": Words(
        "It goes on by itself once that has come.", "Продължава само, щом това дойде.", "O gelince kendiliğinden sürer."
    ),
    # staff
    "staff": Words("Staff", "Персонал", "Personel"),
    "staff_about": Words(
        "Who works here, in which role.", "Кой работи тук и в каква роля.", "Kim hangi rolde çalışıyor."
    ),
    "invite": Words("Invite", "Покани", "Davet et"),
    "invite_title": Words("Invite somebody", "Поканете някого", "Birini davet edin"),
    "name": Words("Name", "Име", "Ad"),
    "email": Words("E-mail", "Имейл", "E-posta"),
    "role": Words("Role", "Роля", "Rol"),
    "you": Words("You", "Вие", "Siz"),
    "invited": Words("{name} is invited by e-mail.", "{name} е поканен(а) с имейл.", "{name} e-postayla davet edildi."),
    "invited_anew": Words(
        "The earlier invitation to this address is good no more.",
        "По-ранната покана до този адрес вече не важи.",
        "Bu adrese gönderilen önceki davet artık geçersiz.",
    ),
    "choose_role": Words("Choose a role", "Изберете роля", "Bir rol seçin"),
    "invited_link": Words("Hand over this link", "Предайте тази връзка", "Bu bağlantıyı iletin"),
    "invited_link_about": Words(
        "Letters are off, so nobody was written to. Whoever opens the link becomes staff: hand it over safely. It is "
        "shown this once and good until {until}.",
        "Писмата са изключени и никой не е уведомен. Който отвори връзката, става персонал: предайте я сигурно. "
        "Показва се само сега и важи до {until}.",
        "Mektuplar kapalı, kimseye yazılmadı. Bağlantıyı açan personel olur: güvenle iletin. Yalnızca şimdi görünür, "
        "{until} tarihine kadar geçerlidir.",
    ),
    "waiting_invitations": Words("Not answered yet", "Още без отговор", "Henüz yanıtlanmadı"),
    "until": Words("good until {when}", "важи до {when}", "{when} tarihine kadar"),
    "withdraw": Words("Withdraw", "Оттегли", "Geri al"),
    "works_here": Words(
        "{name} works here already. Role: {role}",
        "{name} вече работи тук. Роля: {role}",
        "{name} zaten burada çalışıyor. Rol: {role}",
    ),
    "works_here_go": Words("To give another role", "Към смяната на роля", "Rolü değiştirmeye git"),
    "withdrawn": Words("The invitation is withdrawn.", "Поканата е оттеглена.", "Davet geri alındı."),
    "change_role": Words("Change the role", "Смени ролята", "Rolü değiştir"),
    "role_changed": Words("The role is changed.", "Ролята е сменена.", "Rol değiştirildi."),
    "let_go": Words("Let go", "Освободи", "Ayır"),
    "let_go_about": Words(
        "From the next page on nothing opens to {name} any more. What they did stays in the book.",
        "От следващата страница нищо повече не се отваря за {name}. Стореното остава в дневника.",
        "Bir sonraki sayfadan itibaren {name} hiçbir şeyi açamaz. Yaptıkları defterde kalır.",
    ),
    "gone": Words("{name} is no longer staff.", "{name} вече не е от персонала.", "{name} artık personel değil."),
    "former": Words("Former", "Бивши", "Eskiler"),
    # keys
    "keys": Words("API keys", "API ключове", "API anahtarları"),
    "keys_about": Words(
        "What tills and shops sign in with. Each has only the rights it was given.",
        "С тях влизат каси и магазини. Всеки има само дадените му права.",
        "Kasalar ve mağazalar bunlarla girer. Her birinin yalnızca verilen hakları vardır.",
    ),
    "keys_none": Words("No key yet", "Още няма ключ", "Henüz anahtar yok"),
    "keys_none_about": Words(
        "Make one for each till or shop, so that one can be ended without the others.",
        "Направете по един за всяка каса или магазин, за да може да се прекрати само един.",
        "Her kasa ya da mağaza için ayrı bir tane yapın; böylece biri ötekilere dokunmadan kapatılabilir.",
    ),
    "make_key": Words("Make a key", "Направи ключ", "Anahtar yap"),
    "key_name": Words("What it is for", "За какво е", "Ne için"),
    "key_name_hint": Words(
        "Like till-1 or webshop.", "Например каса-1 или онлайн магазин.", "Örneğin kasa-1 ya da webshop."
    ),
    "key_role": Words("All that a role may", "Всичко, което може роля", "Bir rolün her hakkı"),
    "key_role_none": Words("Only what is ticked below", "Само отбелязаното долу", "Yalnızca aşağıda seçilenler"),
    "key_scopes": Words("Rights", "Права", "Haklar"),
    "may": Words("May", "Може", "Yetki"),
    "rights_count": Words("{count} rights", "{count} права", "{count} hak"),
    "last_used": Words("Last used", "Последно ползван", "Son kullanım"),
    "made": Words("Made", "Направен", "Yapıldı"),
    "key_rightless": Words(
        "Tick at least one right, or choose a role.",
        "Отбележете поне едно право или изберете роля.",
        "En az bir hak işaretleyin ya da bir rol seçin.",
    ),
    "key_made_before": Words(
        "This key is made already; nothing more was made.",
        "Този ключ вече е направен; нищо повече не е направено.",
        "Bu anahtar zaten yapıldı; başka bir şey yapılmadı.",
    ),
    "key_made": Words("Copy it now", "Копирайте го сега", "Şimdi kopyalayın"),
    "key_made_about": Words(
        "This is the key “{name}”. It is kept nowhere and never shown again.",
        "Това е ключът „{name}“. Не се пази никъде и няма да се покаже отново.",
        "Bu, “{name}” anahtarıdır. Hiçbir yerde saklanmaz, bir daha gösterilmez.",
    ),
    "revoke": Words("Revoke", "Прекрати", "İptal et"),
    "revoke_about": Words(
        "Servers stop taking it within two seconds. It can't be brought back.",
        "Сървърите спират да го приемат до две секунди. Не може да се върне.",
        "Sunucular iki saniye içinde kabul etmeyi bırakır. Geri getirilemez.",
    ),
    "revoked": Words("Revoked", "Прекратен", "İptal edildi"),
    "key_revoked": Words("The key is revoked.", "Ключът е прекратен.", "Anahtar iptal edildi."),
    # the account
    "account": Words("Your account", "Вашият профил", "Hesabınız"),
    "account_about": Words("{name}, {role}", "{name}, {role}", "{name}, {role}"),
    "deeds": Words("What you can do here", "Какво можете тук", "Burada yapabilecekleriniz"),
    "deeds_about": Words(
        "Your own till or shop does it, with an API key that an owner of the programme makes for you. Nothing more is "
        "needed here.",
        "Прави го вашата каса или магазин с API ключ, който ви дава собственик на програмата. Тук не е нужно друго.",
        "Bunu kendi kasanız veya mağazanız, programın bir sahibinin sizin için oluşturduğu API anahtarıyla yapar. "
        "Burada başka bir şey gerekmez.",
    ),
    "sign_in_title": Words("How you sign in", "Как влизате", "Nasıl giriş yaparsınız"),
    "factors": Words(
        "Second factor and passkeys", "Втори фактор и ключове за достъп", "İkinci doğrulama ve geçiş anahtarları"
    ),
    "factors_about": Words(
        "An app, a passkey, codes for when both are lost",
        "Приложение, ключ за достъп, кодове, ако се изгубят",
        "Uygulama, geçiş anahtarı, kaybolurlarsa kodlar",
    ),
    "password": Words("Password", "Парола", "Parola"),
    "password_about": Words("Choose a new one", "Изберете нова", "Yenisini seçin"),
    "sessions": Words("Where you are signed in", "Къде сте влезли", "Açık oturumlar"),
    "sessions_about": Words(
        "Look through them, and end what is not yours",
        "Прегледайте ги и прекратете, което не е ваше",
        "Gözden geçirin, sizin olmayanı sonlandırın",
    ),
    "places": Words("Other programmes", "Други програми", "Diğer programlar"),
}
