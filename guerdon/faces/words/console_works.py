"""What the console says about the work of the house and the book of who did what."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "works": Words("Work", "Работа", "İşler"),
    "works_about": Words(
        "What the worker does, what waits, and what failed.",
        "Какво прави работникът, какво чака и какво не е успяло.",
        "İşçinin yaptıkları, bekleyenler ve başarısız olanlar.",
    ),
    "night": Words("Last night", "Последна нощ", "Son gece işi"),
    "news": Words("News waiting", "Чакащи новини", "Bekleyen haberler"),
    "news_since": Words("since {when}", "от {when}", "{when} tarihinden beri"),
    "jobs": Words("Jobs", "Задачи", "İşler"),
    "letters": Words("Letters", "Писма", "Mektuplar"),
    "letters_off": Words("switched off", "изключени", "kapalı"),
    "counts": Words(
        "{waiting} waiting, {failed} failed",
        "{waiting} чакат, {failed} неуспешни",
        "{waiting} bekliyor, {failed} başarısız",
    ),
    "seal": Words("Last seal", "Последен печат", "Son mühür"),
    "seal_number": Words("number {number}", "номер {number}", "{number} numara"),
    "head": Words("Head to publish", "Начало за публикуване", "Yayımlanacak baş"),
    "verify": Words(
        "“guerdon verify” proves from the journal that nothing was changed; whoever has a head can check it anywhere.",
        "„guerdon verify“ доказва по журнала, че нищо не е променено; с публикуваното начало може да провери всеки.",
        "“guerdon verify” hiçbir şeyin değişmediğini defterden kanıtlar; yayımlanan başla herkes denetleyebilir.",
    ),
    "failed_jobs": Words("Jobs that failed", "Неуспешни задачи", "Başarısız işler"),
    "waiting_jobs": Words("Jobs that wait", "Чакащи задачи", "Bekleyen işler"),
    "failed_letters": Words("Letters that failed", "Неуспешни писма", "Başarısız mektuplar"),
    "waiting_letters": Words("Letters that wait", "Чакащи писма", "Bekleyen mektuplar"),
    "all_well": Words("All is well", "Всичко е наред", "Her şey yolunda"),
    "all_well_about": Words(
        "No job and no letter failed.", "Няма неуспешни задачи и писма.", "Başarısız iş ya da mektup yok."
    ),
    "attempts": Words("Tries", "Опити", "Deneme"),
    "now": Words("now", "сега", "şimdi"),
    "retry": Words("Try again", "Опитай пак", "Yeniden dene"),
    "retried": Words("It is tried anew.", "Опитва се отново.", "Yeniden deneniyor."),
    "job_run_night": Words("Night", "Нощна обработка", "Gece işi"),
    "job_run_seal": Words("Sealing the journal", "Запечатване на журнала", "Defteri mühürleme"),
    "job_count_figures": Words("Counting figures", "Броене на показатели", "Rakamları sayma"),
    "job_count_month": Words("Counting a month", "Броене на месец", "Ayı sayma"),
    "job_release_rates": Words("What waited for rates", "Чакащите курс", "Kur bekleyenler"),
    "job_post": Words("Sending letters", "Изпращане на писма", "Mektup gönderme"),
    "job_prune": Words("Forgetting old letters", "Забравяне на стари писма", "Eski mektupları unutma"),
    "job_write_statements": Words("Monthly statements", "Месечни извлечения", "Aylık özetler"),
    "letter_sign_in": Words("Sign-in code", "Код за вход", "Giriş kodu"),
    "letter_invitation": Words("Invitation", "Покана", "Davet"),
    "letter_redemption": Words("Reward", "Награда", "Ödül"),
    "letter_expiring": Words("Points that end", "Изтичащи точки", "Süresi dolan puanlar"),
    "letter_tier": Words("Tier", "Ниво", "Seviye"),
    "letter_statement": Words("Statement", "Извлечение", "Özet"),
    "fault_no_address": Words("no address", "няма адрес", "adres yok"),
    "fault_stopped": Words("not wanted", "нежелано", "istenmiyor"),
    "fault_too_late": Words("too late", "твърде късно", "çok geç"),
    "fault_refused": Words("the mail server refused it", "пощенският сървър го отказа", "posta sunucusu reddetti"),
    "fault_unreachable": Words("the mail server is not there", "няма пощенски сървър", "posta sunucusuna ulaşılamıyor"),
    # the book
    "audit": Words("Who did what", "Кой какво е направил", "Kim ne yaptı"),
    "audit_about": Words(
        "Nothing leaves this book, and nothing changes in it.",
        "Нищо не излиза от този дневник и нищо не се променя в него.",
        "Bu defterden hiçbir şey çıkmaz, hiçbir şey değişmez.",
    ),
    "audit_none": Words("No such line", "Няма такъв запис", "Böyle bir kayıt yok"),
    "audit_none_about": Words(
        "Acts of people and keys stand here: sign-ins, roles, keys, approvals, published rules.",
        "Тук стоят действията на хора и ключове: входове, роли, ключове, одобрения, публикувани правила.",
        "Kişilerin ve anahtarların yaptıkları burada: girişler, roller, anahtarlar, onaylar, yayımlanan kurallar.",
    ),
    "action": Words("Action", "Действие", "Eylem"),
    "anything": Words("Anything", "Всички", "Tümü"),
    "actor": Words("Who", "Кой", "Kim"),
    "anybody": Words("Anybody", "Всеки", "Herkes"),
    "about": Words("About", "За какво", "Hakkında"),
    "about_hint": Words(
        "An id, like key_… or usr_…", "Идентификатор като key_… или usr_…", "key_… ya da usr_… gibi bir kimlik"
    ),
    "operator": Words("operator {name}", "оператор {name}", "işletmeci {name}"),
    "house": Words("the house", "системата", "sistem"),
    "reason": Words("Reason: {reason}", "Причина: {reason}", "Neden: {reason}"),
    "act_staff.invited": Words("invited staff", "покани в персонала", "personel davet etti"),
    "act_staff.uninvited": Words("withdrew an invitation", "оттегли покана", "daveti geri aldı"),
    "act_staff.appointed": Words("appointed staff", "назначи в персонала", "personel atadı"),
    "act_staff.changed": Words("changed a role", "смени роля", "rol değiştirdi"),
    "act_staff.ended": Words("let staff go", "освободи от персонала", "personeli ayırdı"),
    "act_staff.signed_in": Words("signed in", "влезе", "giriş yaptı"),
    "act_member.active": Words("let a member in again", "отблокира член", "üyenin engelini kaldırdı"),
    "act_member.blocked": Words("blocked a member", "блокира член", "üyeyi engelledi"),
    "act_member.viewed": Words(
        "began to see what a member sees", "започна да гледа като член", "üyenin gördüğüne bakmaya başladı"
    ),
    "act_member.left": Words(
        "stopped seeing what a member sees", "спря да гледа като член", "üye olarak bakmayı bıraktı"
    ),
    "act_month.closed": Words("closed a month", "приключи месец", "ayı kapattı"),
    "act_segment.exported": Words("took a segment as a file", "изтегли сегмент", "segmenti dışa aktardı"),
    "act_staff.sign_in_failed": Words("refused somebody’s sign-in", "отказа вход", "bir girişi reddetti"),
    "act_staff.step_up_failed": Words(
        "refused proof of who somebody is", "отказа потвърждение на самоличност", "kimlik doğrulamasını reddetti"
    ),
    "act_staff.sign_in_blocked": Words(
        "blocked sign-ins after too many tries",
        "спря входа след твърде много опити",
        "çok fazla denemeden sonra girişi durdurdu",
    ),
    "act_key.made": Words("made an API key", "направи API ключ", "API anahtarı yaptı"),
    "act_key.revoked": Words("revoked an API key", "прекрати API ключ", "API anahtarını iptal etti"),
    "act_programme.published": Words("published the programme", "публикува програмата", "programı yayımladı"),
    "act_adjustment.approved": Words("approved an adjustment", "одобри корекция", "düzeltmeyi onayladı"),
    "act_adjustment.rejected": Words("refused an adjustment", "отказа корекция", "düzeltmeyi reddetti"),
    "act_draft.publish": Words("published a draft", "публикува чернова", "taslağı yayımladı"),
    "act_draft.submit": Words("asked for approval of a draft", "поиска одобрение на чернова", "taslak onayı istedi"),
    "act_draft.approve": Words("approved a draft", "одобри чернова", "taslağı onayladı"),
    "act_draft.send_back": Words("returned a draft", "върна чернова", "taslağı geri verdi"),
    "act_draft.edit": Words("changed a draft", "промени чернова", "taslağı değiştirdi"),
    "act_draft.rebase": Words("brought a draft up to date", "осъвремени чернова", "taslağı güncelledi"),
    "act_draft.discard": Words("discarded a draft", "отхвърли чернова", "taslağı attı"),
    "act_job.retried": Words("tried a job anew", "пусна задача отново", "işi yeniden denedi"),
    "act_letter.retried": Words("tried a letter anew", "пусна писмо отново", "mektubu yeniden denedi"),
}
