"""What the pages of rules, drafts and versions say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "programme": Words("Programme", "Програма", "Program"),
    "rules": Words("Rules", "Правила", "Kurallar"),
    "drafts": Words("Drafts", "Чернови", "Taslaklar"),
    "versions": Words("Versions", "Версии", "Sürümler"),
    # the list
    "rules_about": Words(
        "When something happens, and if it fits, members are given points. Every rule reads as a sentence.",
        "Когато нещо се случи и условията са спазени, членовете получават точки. Всяко правило е изречение.",
        "Bir şey olduğunda ve koşullar uyduğunda üyeler puan alır. Her kural bir cümle gibi okunur.",
    ),
    "new": Words("New rule", "Ново правило", "Yeni kural"),
    "filter": Words("Which rules", "Кои правила", "Hangi kurallar"),
    "search": Words("Search the rules", "Търси в правилата", "Kurallarda ara"),
    "trigger": Words("Triggered by", "При", "Tetikleyen"),
    "trigger_more": Words("Also triggered by", "Също при", "Ayrıca tetikleyen"),
    "any_trigger": Words("anything", "всичко", "herhangi biri"),
    "state": Words("State", "Състояние", "Durum"),
    "state_any": Words("any", "всяко", "hepsi"),
    "state_on": Words("In force", "Действа", "Yürürlükte"),
    "state_coming": Words("To come", "Предстои", "Gelecek"),
    "state_over": Words("Over", "Изтекло", "Sona erdi"),
    "begins": Words(
        "It comes with the version that comes into force on {when}.",
        "Идва с версията, която влиза в сила на {when}.",
        "Bir sonraki sürümle gelir; yürürlüğe giriş: {when}.",
    ),
    "then_says": Words("From {when}: {sentence}", "От {when}: {sentence}", "{when} itibarıyla: {sentence}"),
    "gone_then": Words("this rule is no longer there.", "правилото вече го няма.", "bu kural artık yok."),
    "has_caps": Words("points capped", "таван на точките", "puanı sınırlı"),
    "has_uses": Words("limited uses", "ограничен брой пъти", "sınırlı kez"),
    "has_budget": Words("with a budget", "с бюджет", "bütçeli"),
    "has_group": Words("only the best of its group", "само най-доброто от групата", "yalnız grubunun en iyisi"),
    "warns": Words("Look at this", "Погледнете", "Göz atın"),
    "meets": Words("Meets {count}", "Засяга {count}", "{count} ile kesişir"),
    "none_found": Words("No rule is like that", "Няма такова правило", "Böyle bir kural yok"),
    "none_found_about": Words("Ask for less.", "Търсете с по-малко условия.", "Daha az koşulla arayın."),
    "none": Words("No rules yet", "Още няма правила", "Henüz kural yok"),
    "none_about": Words(
        "Without a rule nothing gives points. Begin with a point for every euro of a purchase.",
        "Без правило нищо не дава точки. Започнете с точка за всяко евро от покупка.",
        "Kural olmadan hiçbir şey puan vermez. Alışverişin her avrosuna bir puanla başlayın.",
    ),
    "in_draft": Words("You are in the draft “{title}”", "Вие сте в черновата „{title}“", "“{title}” taslağındasınız"),
    "in_draft_about": Words(
        "Nothing of it counts before it is published.",
        "Нищо от нея не важи, преди да се публикува.",
        "Yayımlanmadan hiçbiri geçerli değildir.",
    ),
    "to_draft": Words("To the draft", "Към черновата", "Taslağa git"),
    # one rule
    "edit": Words("Edit", "Промени", "Düzenle"),
    "copy": Words("Make another like it", "Направи подобно", "Benzerini yap"),
    "unseen": Words(
        "Not seen so far: “{word}”. That is fine for what is yet to come.",
        "Досега не е срещано: „{word}“. За нещо предстоящо това е наред.",
        "Şimdiye dek görülmedi: “{word}”. Henüz gelecek olan için sorun değil.",
    ),
    "unseen_meant": Words("Did you mean “{word}”?", "„{word}“ ли имахте предвид?", "“{word}” mi demek istediniz?"),
    "reads": Words("How it reads", "Как се чете", "Nasıl okunur"),
    "reads_not": Words(
        "It is not a whole rule yet. Press “Read it” to see what is missing.",
        "Още не е цяло правило. Натиснете „Прочети“, за да видите какво липсва.",
        "Henüz tam bir kural değil. Eksikleri görmek için “Oku” düğmesine basın.",
    ),
    "meeting": Words("How it meets other rules", "Как засяга другите правила", "Öteki kurallarla nasıl kesişir"),
    "meets_none": Words("It meets no other rule.", "Не засяга друго правило.", "Başka kuralla kesişmez."),
    "certain": Words("certain", "сигурно", "kesin"),
    "possible": Words("possible", "възможно", "olası"),
    "removing": Words("Remove the rule “{name}”", "Премахване на правилото „{name}“", "Kuralı kaldır: “{name}”"),
    "removed": Words(
        "The rule is out of the draft.", "Правилото е премахнато от черновата.", "Kural taslaktan çıkarıldı."
    ),
    "writing": Words("Rule: {name}", "Правило: {name}", "Kural: {name}"),
    "saved": Words("Saved in the draft.", "Запазено в черновата.", "Taslağa kaydedildi."),
    # the editor
    "editing": Words("Edit the rule", "Промяна на правилото", "Kuralı düzenle"),
    "editing_about": Words(
        "What you write goes into a draft. Nothing changes for members before it is published.",
        "Написаното влиза в чернова. За членовете нищо не се променя, преди да се публикува.",
        "Yazdıklarınız bir taslağa girer. Yayımlanmadan üyeler için hiçbir şey değişmez.",
    ),
    "when": Words("When", "Кога", "Ne zaman"),
    "happens": Words("When a member", "Когато член", "Bir üye"),
    "or": Words("or", "или", "ya da"),
    "no_more": Words("…", "…", "…"),
    "if": Words("If", "Ако", "Eğer"),
    "if_none": Words(
        "Nothing is asked: it holds every time.",
        "Нищо не се пита: важи всеки път.",
        "Hiçbir şey sorulmuyor: her seferinde geçerli.",
    ),
    "holds": Words("It holds if", "Важи, ако са верни", "Şunlar doğruysa geçerli:"),
    "then": Words("Then give", "Тогава дай", "O zaman ver"),
    "new_effect": Words("What is given", "Какво се дава", "Ne verilir"),
    "add_effect": Words("Give that, too", "Дай и това", "Bunu da ver"),
    "lines": Words("Only for certain goods", "Само за определени стоки", "Yalnız belirli ürünler için"),
    "lines_about": Words(
        "Which lines of the basket count; all that earn where nothing is said.",
        "Кои редове от кошницата се броят; без условие – всички, които носят точки.",
        "Sepetin hangi satırları sayılır; bir şey denmezse puan getiren hepsi.",
    ),
    "limits": Words("Limits and time", "Граници и време", "Sınırlar ve zaman"),
    "caps": Words(
        "At most so many points for a member", "Най-много толкова точки за един член", "Bir üyeye en çok şu kadar puan"
    ),
    "uses": Words(
        "At most so often for a member", "Най-много толкова пъти за един член", "Bir üye için en çok şu kadar kez"
    ),
    "campaign": Words("A campaign", "Кампания", "Kampanya"),
    "campaign_about": Words(
        "Members who are held out go without it.",
        "Контролната група не я получава.",
        "Kontrol grubu bunu almaz.",
    ),
    "window": Words("In force", "Действа", "Yürürlükte"),
    "window_about": Words(
        "In the programme’s zone; blank is always.",
        "В часовата зона на програмата; празно означава винаги.",
        "Programın saat diliminde; boşsa her zaman.",
    ),
    "further": Words(
        "Budget, group, waiting and more", "Бюджет, група, изчакване и още", "Bütçe, grup, bekleme ve daha fazlası"
    ),
    "field_budget": Words("Budget", "Бюджет", "Bütçe"),
    "hint_budget": Words(
        "The most points for all members together.",
        "Най-много точки за всички членове заедно.",
        "Tüm üyelere toplam en çok puan.",
    ),
    "field_group": Words("Group", "Група", "Grup"),
    "hint_group": Words(
        "Of a group only the best rule counts.",
        "От една група важи само най-доброто правило.",
        "Bir grubun yalnız en iyi kuralı geçerlidir.",
    ),
    "field_priority": Words("Order of multipliers", "Ред на умноженията", "Katların sırası"),
    "hint_priority": Words("The smallest comes first.", "Най-малкото е първо.", "En küçük önce gelir."),
    "field_funder": Words("Who pays", "Кой плаща", "Kim öder"),
    "hint_funder": Words(
        "The partner who pays for the points.", "Партньорът, който плаща точките.", "Puanları ödeyen iş ortağı."
    ),
    "field_vesting": Words("Spendable when", "Кога са налични", "Ne zaman harcanır"),
    "hint_vesting": Words(
        "After so many days, like 14; blank is as the unit says. More is said as {until: 2026-12-01}.",
        "След толкова дни, например 14; празно е според единицата. Друго се пише като {until: 2026-12-01}.",
        "Şu kadar gün sonra, örneğin 14; boşsa birimin dediği gibi. Başkası {until: 2026-12-01} gibi yazılır.",
    ),
    "field_expires": Words("Until when they last", "До кога са валидни", "Ne zamana dek geçerli"),
    "hint_expires": Words(
        "For so many days, like 90, or never. More is said as {rolling: {months: 12}}.",
        "Толкова дни, например 90, или never. Друго се пише като {rolling: {months: 12}}.",
        "Şu kadar gün, örneğin 90, ya da never. Başkası {rolling: {months: 12}} gibi yazılır.",
    ),
    "names": Words("Its name", "Името му", "Adı"),
    "name_en": Words("In English", "На английски", "İngilizce"),
    "name_bg": Words("In Bulgarian", "На български", "Bulgarca"),
    "name_tr": Words("In Turkish", "На турски", "Türkçe"),
    "key": Words("Short name for other systems", "Кратко име за други системи", "Öteki sistemler için kısa ad"),
    "key_about": Words(
        "Small letters, digits and underscores; made of the name where it is blank.",
        "Малки латински букви, цифри и долни черти; ако е празно, прави се от името.",
        "Küçük harf, rakam ve alt çizgi; boşsa addan yapılır.",
    ),
    "key_taken": Words(
        "Another rule has this short name.", "Друго правило има това кратко име.", "Bu kısa ad başka bir kuralda var."
    ),
    "save": Words("Save in the draft", "Запази в черновата", "Taslağa kaydet"),
    "look": Words("Read it", "Прочети", "Oku"),
}
