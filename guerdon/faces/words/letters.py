"""What letters say, and the page on which they are stopped."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "hello": Words("Hello {name},", "Здравейте, {name},", "Merhaba {name},"),
    "hello_you": Words("Hello,", "Здравейте,", "Merhaba,"),
    # --- the sign-in code ---
    "sign_in_subject": Words(
        "Your sign-in code for {programme}: {code}",
        "Вашият код за вход в {programme}: {code}",
        "{programme} giriş kodunuz: {code}",
    ),
    "sign_in": Words("Your sign-in code", "Вашият код за вход", "Giriş kodunuz"),
    "sign_in_preheader": Words(
        "It is good for {minutes} minutes.", "Валиден е {minutes} минути.", "{minutes} dakika geçerlidir."
    ),
    "sign_in_about": Words(
        "Write this code on the page where you are signing in. It is good for {minutes} minutes, and once.",
        "Напишете този код на страницата, на която влизате. Валиден е {minutes} минути и само веднъж.",
        "Bu kodu giriş yaptığınız sayfaya yazın. {minutes} dakika ve bir kez geçerlidir.",
    ),
    "sign_in_foot": Words(
        "Somebody asked for a code for this address. If it was not you, do nothing: without the code nobody gets in. "
        "Never tell it to anybody; we do not ask for it.",
        "Някой поиска код за този адрес. Ако не сте били вие, не правете нищо: без кода никой не влиза. "
        "Не го казвайте на никого; ние не питаме за него.",
        "Birisi bu adres için kod istedi. Siz değilseniz bir şey yapmayın: kod olmadan kimse giremez. "
        "Kodu kimseye söylemeyin; biz sormayız.",
    ),
    # --- the invitation of staff ---
    "invitation_subject": Words(
        "You are invited to work with {programme}", "Поканени сте да работите с {programme}",
        "{programme} ile çalışmaya davet edildiniz",
    ),
    "invitation": Words("You are invited", "Поканени сте", "Davet edildiniz"),
    "invitation_preheader": Words("{by} invites you.", "{by} ви кани.", "{by} sizi davet ediyor."),
    "invitation_about": Words(
        "{by} invites you to work with the loyalty programme {programme}.",
        "{by} ви кани да работите с програмата за лоялност {programme}.",
        "{by} sizi {programme} sadakat programıyla çalışmaya davet ediyor.",
    ),
    "invitation_until": Words(
        "The invitation is good until {until}.", "Поканата важи до {until}.", "Davet {until} tarihine kadar geçerlidir."
    ),
    "invitation_go": Words("Accept the invitation", "Приемете поканата", "Daveti kabul et"),
    "invitation_foot": Words(
        "If you do not know who invites you, do nothing.",
        "Ако не знаете кой ви кани, не правете нищо.",
        "Sizi kimin davet ettiğini bilmiyorsanız bir şey yapmayın.",
    ),
    # --- a change by which an account could be taken over ---
    "notice_subject": Words(
        "Your account with {programme} has changed", "Профилът ви в {programme} е променен",
        "{programme} hesabınızda değişiklik oldu",
    ),
    "notice": Words("Was it you?", "Вие ли бяхте?", "Siz miydiniz?"),
    "notice_email": Words(
        "Your account has another e-mail address now, or none. Letters do not come here any more.",
        "Профилът ви вече има друг имейл адрес или няма никакъв. Тук писма повече няма да идват.",
        "Hesabınızın e-posta adresi değişti ya da silindi. Bu adrese artık mektup gelmeyecek.",
    ),
    "notice_phone": Words(
        "Your account has another phone number now, or none.",
        "Профилът ви вече има друг телефонен номер или няма никакъв.",
        "Hesabınızın telefon numarası değişti ya da silindi.",
    ),
    "notice_both": Words(
        "Your account has another e-mail address and another phone number now, or none.",
        "Профилът ви вече има друг имейл адрес и друг телефонен номер или няма никакви.",
        "Hesabınızın e-posta adresi ve telefon numarası değişti ya da silindi.",
    ),
    "notice_password": Words(
        "A new password was set for your account.", "За профила ви е зададена нова парола.",
        "Hesabınız için yeni bir parola belirlendi.",
    ),
    "notice_factor_added": Words(
        "An app or a passkey was set up with which you can be let in.",
        "Настроено е приложение или ключ за достъп, с които се влиза във вашия профил.",
        "Hesabınıza girmek için bir uygulama ya da geçiş anahtarı kuruldu.",
    ),
    "notice_factor_removed": Words(
        "An app or a passkey of yours was taken away.",
        "Премахнато е ваше приложение или ключ за достъп.",
        "Bir uygulamanız ya da geçiş anahtarınız kaldırıldı.",
    ),
    "notice_codes": Words(
        "New recovery codes were made for your account; the old ones open nothing any more.",
        "За профила ви са направени нови кодове за възстановяване; старите вече не отварят нищо.",
        "Hesabınız için yeni kurtarma kodları oluşturuldu; eskileri artık hiçbir şey açmaz.",
    ),
    "notice_at": Words("When", "Кога", "Ne zaman"),
    "notice_other": Words(
        "If it was you, there is nothing to do. If not, tell us at once: in the shop, or wherever else you reach us.",
        "Ако сте били вие, не е нужно да правите нищо. Ако не, кажете ни веднага: в магазина или където ни намирате.",
        "Sizseniz yapılacak bir şey yok. Değilseniz hemen bize söyleyin: mağazada ya da bize nereden ulaşıyorsanız.",
    ),
    "notice_foot": Words(
        "Letters like this one guard your account and are always sent. We never ask for a code or a password.",
        "Такива писма пазят профила ви и не се спират. Никога не питаме за код или парола.",
        "Bu tür mektuplar hesabınızı korur ve durdurulamaz. Kod ya da parola hiçbir zaman sormayız.",
    ),
    # --- a redemption ---
    "redemption_subject": Words(
        "Your reward: {reward}", "Вашата награда: {reward}", "Ödülünüz: {reward}"
    ),
    "redemption": Words("Enjoy your reward", "Приятна награда", "Ödülünüzün tadını çıkarın"),
    "redemption_preheader": Words(
        "{reward} is yours.", "{reward} е за вас.", "{reward} artık sizin."
    ),
    "redemption_about": Words(
        "You have redeemed: {reward}.", "Заменихте точки за: {reward}.", "Kullandığınız ödül: {reward}."
    ),
    "redemption_won": Words(
        "You have won: {prize}. It comes from: {draw}.", "Спечелихте: {prize}. Идва от: {draw}.",
        "Kazandığınız ödül: {prize}. Nereden: {draw}.",
    ),
    "redemption_code": Words(
        "Show this code when you want to have it:", "Покажете този код, когато искате да я получите:",
        "Almak istediğinizde bu kodu gösterin:",
    ),
    "redemption_paid": Words("Paid", "Платено", "Ödenen"),
    "redemption_counter": Words("At the counter", "На касата", "Kasada"),
    "redemption_until": Words("Good until", "Важи до", "Geçerlilik sonu"),
    # --- points that end ---
    "expiring_subject": Words(
        "{points} end on {day}", "{points} изтичат на {day}", "{points}, {day} tarihinde bitiyor"
    ),
    "expiring": Words("Points that end soon", "Точки, които скоро изтичат", "Yakında biten puanlar"),
    "expiring_preheader": Words(
        "Until then you can still spend them.", "Дотогава още можете да ги похарчите.",
        "O zamana kadar harcayabilirsiniz.",
    ),
    "expiring_about": Words(
        "The last day on which you can spend them is {day}.",
        "Последният ден, в който можете да ги похарчите, е {day}.",
        "Harcayabileceğiniz son gün: {day}.",
    ),
    "expiring_worth": Words(
        "They are worth {worth} as rewards.", "Като награди струват {worth}.", "Ödül olarak değeri: {worth}."
    ),
    # --- a tier ---
    "tier_up_subject": Words("You are {level} now", "Вече сте {level}", "Artık {level} seviyesindesiniz"),
    "tier_up": Words("Welcome to {level}", "Добре дошли в {level}", "{level} seviyesine hoş geldiniz"),
    "tier_up_about": Words(
        "You have reached {level}. Thank you for your loyalty!",
        "Достигнахте {level}. Благодарим ви за верността!",
        "{level} seviyesine ulaştınız. Bağlılığınız için teşekkürler!",
    ),
    "tier_down_subject": Words(
        "Your tier has changed to {level}", "Нивото ви вече е {level}", "Seviyeniz değişti: {level}"
    ),
    "tier_down": Words("Your tier is {level}", "Нивото ви е {level}", "Seviyeniz: {level}"),
    "tier_down_about": Words(
        "It was {before} and is {level} now. What you earn from now on counts towards the way back up.",
        "Беше {before}, а вече е {level}. Каквото спечелите отсега нататък, се брои за пътя нагоре.",
        "{before} idi, artık {level}. Bundan sonra kazandıklarınız yukarı giden yolda sayılır.",
    ),
    "tier_none": Words("no tier", "без ниво", "seviyesiz"),
    "tier_until": Words("Good until", "Важи до", "Geçerlilik sonu"),
    "tier_benefits": Words("What it gives you", "Какво ви дава", "Size sağladıkları"),
    # --- the statement ---
    "statement_subject": Words(
        "Your points in {month}", "Вашите точки през {month}", "Puanlarınız: {month}"
    ),
    "statement": Words("Your month in points", "Вашият месец в точки", "Puanlarla ayınız"),
    "statement_preheader": Words(
        "At the end of the month: {closing}.", "В края на месеца: {closing}.", "Ay sonunda: {closing}."
    ),
    "statement_about": Words(
        "This is what happened in {month}.", "Ето какво се случи през {month}.", "{month} döneminde olanlar."
    ),
    "statement_opening": Words("At the beginning", "В началото", "Ay başında"),
    "statement_earned": Words("Earned", "Спечелени", "Kazanılan"),
    "statement_spent": Words("Spent", "Похарчени", "Harcanan"),
    "statement_expired": Words("Expired", "Изтекли", "Süresi dolan"),
    "statement_other": Words("Corrections and transfers", "Корекции и преводи", "Düzeltme ve aktarımlar"),
    "statement_closing": Words("At the end", "В края", "Ay sonunda"),
    "statement_ending": Words("End next, on {day}", "Изтичат следващи, на {day}", "Sıradaki bitiş, {day}"),
    # --- what others did for a member: in letters, and on the first page of the portal ---
    "news_gift": Words("{points} for you", "{points} за вас", "Size {points}"),
    "news_gift_about": Words(
        "Another member gave you {points}.", "Друг член ви подари {points}.", "Başka bir üye size {points} verdi."
    ),
    "news_offer": Words(
        "{points} wait for your answer", "{points} чакат отговора ви", "{points} yanıtınızı bekliyor"
    ),
    "news_offer_about": Words(
        "Another member wants to give you {points}. You can accept them until {until}.",
        "Друг член иска да ви подари {points}. Можете да ги приемете до {until}.",
        "Başka bir üye size {points} vermek istiyor. {until} tarihine kadar kabul edebilirsiniz.",
    ),
    "news_invited": Words(
        "You are invited into a household", "Поканени сте в домакинство", "Bir haneye davet edildiniz"
    ),
    "news_invited_about": Words(
        "Whoever belongs to a household shares one balance with the others. You can accept until {until}.",
        "Хората от едно домакинство имат общ баланс. Можете да приемете до {until}.",
        "Bir hanedekiler puanlarını birlikte kullanır. {until} tarihine kadar kabul edebilirsiniz.",
    ),
    "news_asked": Words(
        "We have a question about your claim", "Имаме въпрос по заявката ви", "Talebinizle ilgili bir sorumuz var"
    ),
    "news_asked_about": Words(
        "It stands on the page of the claim, and you can answer it there.",
        "Той е на страницата на заявката, където можете и да отговорите.",
        "Soru talebin sayfasında; orada yanıtlayabilirsiniz.",
    ),
    "news_granted": Words("Your claim was granted", "Заявката ви е уважена", "Talebiniz kabul edildi"),
    "news_granted_about": Words(
        "We looked into it, and you were right. What you were given for it stands on the page of the claim.",
        "Проверихме я и сте прави. Какво получавате, пише на страницата на заявката.",
        "İnceledik, haklıydınız. Karşılığında ne aldığınız talebin sayfasında yazıyor.",
    ),
    "news_refused": Words("Your claim was not granted", "Заявката ви не е уважена", "Talebiniz kabul edilmedi"),
    "news_refused_about": Words(
        "We looked into it. Why we could not grant it stands on the page of the claim.",
        "Проверихме я. Защо не можем да я уважим, пише на страницата на заявката.",
        "İnceledik. Neden kabul edemediğimiz talebin sayfasında yazıyor.",
    ),
    "news_closed": Words("We have answered you", "Отговорихме ви", "Size yanıt verdik"),
    "news_closed_about": Words(
        "What you told us is settled. Our answer stands on its page.",
        "Каквото ни казахте, е уредено. Отговорът ни е на неговата страница.",
        "Bize yazdıklarınız sonuçlandı. Yanıtımız kendi sayfasında.",
    ),
    # --- where they lead ---
    "go_news": Words("Have a look", "Вижте", "Göz atın"),
    "go_redemption": Words("See your rewards", "Вижте наградите си", "Ödüllerinizi görün"),
    "go_expiring": Words(
        "See what you can have for them", "Вижте какво можете да вземете", "Neler alabileceğinizi görün"
    ),
    "go_tier": Words("See your tier", "Вижте нивото си", "Seviyeinizi görün"),
    "go_statement": Words("See every point", "Вижте всяка точка", "Her puanı görün"),
    # --- at the foot ---
    "foot": Words(
        "You get this e-mail because you are a member of {programme}.",
        "Получавате този имейл, защото сте член на {programme}.",
        "Bu e-postayı {programme} üyesi olduğunuz için alıyorsunuz.",
    ),
    "stop": Words("No more e-mails of this kind", "Без повече такива имейли", "Bu tür e-postalar gelmesin"),
    # --- the page on which letters are stopped ---
    "kind_expiring": Words("Reminders of points that end", "Напомняния за изтичащи точки", "Biten puan hatırlatmaları"),
    "kind_tier": Words("News of your tier", "Новини за нивото ви", "Seviye haberleri"),
    "kind_news": Words(
        "News of gifts, invitations and claims", "Новини за подаръци, покани и заявки",
        "Hediye, davet ve talep haberleri",
    ),
    "kind_statement": Words("Monthly statements", "Месечни извлечения", "Aylık dökümler"),
    "stop_ask": Words("No more of these e-mails?", "Без повече такива имейли?", "Bu e-postalar gelmesin mi?"),
    "stop_about": Words(
        "{kind} of {programme} will not be sent to you any more. You can have them again at any time.",
        "{kind} от {programme} няма да ви се изпращат повече. Можете да ги получавате отново по всяко време.",
        "{programme}: {kind} artık gönderilmeyecek. İstediğiniz zaman yeniden açabilirsiniz.",
    ),
    "stop_go": Words("Stop them", "Спрете ги", "Durdur"),
    "stopped": Words("They are stopped", "Спрени са", "Durduruldu"),
    "stopped_about": Words(
        "{kind} of {programme} are not sent to you any more.",
        "{kind} от {programme} не ви се изпращат повече.",
        "{programme}: {kind} artık gönderilmiyor.",
    ),
    "again_go": Words("I want them again", "Искам ги отново", "Yeniden istiyorum"),
    "again": Words("They come again", "Отново се изпращат", "Yeniden gönderiliyor"),
    "again_about": Words(
        "{kind} of {programme} are sent to you again.",
        "{kind} от {programme} отново ви се изпращат.",
        "{programme}: {kind} yeniden gönderiliyor.",
    ),
    "stop_invalid": Words("This link leads nowhere", "Тази връзка не води никъде", "Bu bağlantı bir yere gitmiyor"),
    "stop_invalid_about": Words(
        "Open the link from the e-mail once more, whole. In the member's pages letters can be chosen, too.",
        "Отворете отново цялата връзка от имейла. Писмата се избират и в страниците за членове.",
        "E-postadaki bağlantıyı bütün olarak yeniden açın. Üye sayfalarında da seçilebilir.",
    ),
}  # fmt: skip
