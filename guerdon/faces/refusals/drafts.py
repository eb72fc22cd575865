"""The refusals of drafts in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "template_unknown": ("Unknown template", "There is no template “{key}”.", "Use one of these: {known}."),
        "question_unknown": ("Unknown question", "The template doesn’t ask “{key}”.", "It asks: {known}."),
        "draft_unknown": ("Unknown draft", "There is no draft {id}.", "List the drafts to see those there are."),
        "draft_state_wrong": (
            "Not possible now",
            "The draft is {state}; this needs one of: {known}.",
            "Read the draft to see what became of it.",
        ),
        "own_draft": (
            "Second person needed",
            "Nobody approves a draft they had a hand in.",
            "Let somebody else look at it.",
        ),
        "draft_not_approved": (
            "Not approved",
            "The draft is {state}, and this programme asks a second person before anything is published.",
            "Submit it, and let somebody else approve it.",
        ),
        "draft_words_missing": ("Words missing", "A draft is returned with words.", "Say in “why” what should change."),
        "draft_begun": (
            "Somebody began a draft",
            "The draft {draft}, which was begun meanwhile, changes the same: {pointers}.",
            "Read that draft, and change it there.",
        ),
        "draft_changed": (
            "Changed meanwhile",
            "The draft is at revision {expected}, not {got}.",
            "Read it again, and decide on what it says now.",
        ),
        "draft_outdated": (
            "Not the newest any more",
            "The draft changes version {base}, but version {newest} is out.",
            "Rebase it, and look at it again.",
        ),
        "draft_clashes": (
            "Both changed the same",
            "The draft and a newer version both changed: {pointers}.",
            "Say in “take”, part by part, whether “mine” or “theirs” counts.",
        ),
        "draft_unchanged": (
            "Nothing changes",
            "The draft says what version {number} says already.",
            "Change something first, or discard it.",
        ),
        "draft_in_past": (
            "In the past",
            "A draft comes into force now or later; it is {now}.",
            "Leave “effective_at” out for at once.",
        ),
        "drafts_too_many": (
            "Too many drafts",
            "There are {most} drafts already that are neither published nor discarded.",
            "Discard those that nobody needs.",
        ),
        "steps_too_many": ("Too many steps", "The draft has {most} steps already.", "Begin another one."),
        "part_unknown": (
            "Unknown part",
            "Nothing stands at “{pointer}”.",
            "Write a JSON pointer to a part that is there, or to a new key of one.",
        ),
    },
    "bg": {
        "template_unknown": ("Непознат шаблон", "Няма шаблон „{key}“.", "Използвайте един от тези: {known}."),
        "question_unknown": ("Непознат въпрос", "Шаблонът не пита „{key}“.", "Той пита: {known}."),
        "draft_unknown": ("Непозната чернова", "Няма чернова {id}.", "Вижте списъка на черновите."),
        "draft_state_wrong": (
            "Сега не е възможно",
            "Състоянието на черновата е {state}; нужно е едно от: {known}.",
            "Прочетете черновата, за да видите какво е станало с нея.",
        ),
        "own_draft": (
            "Нужен е втори човек",
            "Никой не одобрява чернова, в която има участие.",
            "Нека друг я погледне.",
        ),
        "draft_not_approved": (
            "Не е одобрена",
            "Състоянието на черновата е {state}, а тази програма пита втори човек преди всяко публикуване.",
            "Изпратете я за преглед и нека друг я одобри.",
        ),
        "draft_words_missing": ("Липсват думи", "Чернова се връща с думи.", "Кажете в „why“ какво да се промени."),
        "draft_begun": (
            "Някой започна чернова",
            "Черновата {draft}, започната междувременно, променя същото: {pointers}.",
            "Прочетете тази чернова и променете в нея.",
        ),
        "draft_changed": (
            "Променена междувременно",
            "Черновата е на ревизия {expected}, не {got}.",
            "Прочетете я отново и решете по това, което казва сега.",
        ),
        "draft_outdated": (
            "Вече не е върху най-новата",
            "Черновата променя версия {base}, но вече има версия {newest}.",
            "Пренесете я върху нея и я погледнете отново.",
        ),
        "draft_clashes": (
            "Двете променят едно и също",
            "Черновата и по-нова версия променят: {pointers}.",
            "Кажете в „take“ за всяка част дали важи „mine“ или „theirs“.",
        ),
        "draft_unchanged": (
            "Нищо не се променя",
            "Черновата казва същото като версия {number}.",
            "Първо променете нещо или я изхвърлете.",
        ),
        "draft_in_past": (
            "В миналото",
            "Чернова влиза в сила сега или по-късно; сега е {now}.",
            "Пропуснете „effective_at“, за да е веднага.",
        ),
        "drafts_too_many": (
            "Твърде много чернови",
            "Вече има {most} чернови, които не са нито публикувани, нито изхвърлени.",
            "Изхвърлете ненужните.",
        ),
        "steps_too_many": ("Твърде много стъпки", "Черновата вече има {most} стъпки.", "Започнете друга."),
        "part_unknown": (
            "Непозната част",
            "На „{pointer}“ няма нищо.",
            "Напишете JSON указател към част, която я има, или към неин нов ключ.",
        ),
    },
    "tr": {
        "template_unknown": ("Bilinmeyen şablon", "“{key}” şablonu yok.", "Şunlardan birini kullanın: {known}."),
        "question_unknown": ("Bilinmeyen soru", "Şablon “{key}” diye sormaz.", "Sordukları: {known}."),
        "draft_unknown": ("Bilinmeyen taslak", "{id} taslağı yok.", "Olanları görmek için taslakları listeleyin."),
        "draft_state_wrong": (
            "Şimdi mümkün değil",
            "Taslağın durumu {state}; bunun için gerekenler: {known}.",
            "Ne olduğunu görmek için taslağı okuyun.",
        ),
        "own_draft": (
            "İkinci kişi gerekli",
            "Kimse emeği geçen bir taslağı onaylayamaz.",
            "Başka biri baksın.",
        ),
        "draft_not_approved": (
            "Onaylanmadı",
            "Taslağın durumu {state}; bu program yayımlamadan önce ikinci bir kişiye sorar.",
            "İncelemeye gönderin, başka biri onaylasın.",
        ),
        "draft_words_missing": (
            "Söz eksik",
            "Taslak bir sözle geri verilir.",
            "Neyin değişmesi gerektiğini “why” içinde söyleyin.",
        ),
        "draft_begun": (
            "Biri taslak başlattı",
            "Bu arada başlatılan {draft} taslağı da aynı yeri değiştiriyor: {pointers}.",
            "O taslağı okuyun ve değişikliği orada yapın.",
        ),
        "draft_changed": (
            "Bu arada değişti",
            "Taslak {got} değil, {expected} numaralı düzeltmede.",
            "Yeniden okuyun ve şimdiki hâline göre karar verin.",
        ),
        "draft_outdated": (
            "Artık en yenisi değil",
            "Taslak {base} numaralı sürümü değiştiriyor, ama {newest} numaralı sürüm yayımlandı.",
            "Onun üzerine taşıyın ve yeniden bakın.",
        ),
        "draft_clashes": (
            "İkisi de aynı yeri değiştirdi",
            "Taslak da daha yeni bir sürüm de şunları değiştirdi: {pointers}.",
            "“take” içinde her parça için “mine” ya da “theirs” deyin.",
        ),
        "draft_unchanged": (
            "Hiçbir şey değişmiyor",
            "Taslak {number} numaralı sürümün zaten dediğini diyor.",
            "Önce bir şey değiştirin ya da taslağı atın.",
        ),
        "draft_in_past": (
            "Geçmişte",
            "Taslak şimdi ya da sonra yürürlüğe girer; şimdi {now}.",
            "Hemen olsun diye “effective_at” alanını boş bırakın.",
        ),
        "drafts_too_many": (
            "Çok fazla taslak",
            "Ne yayımlanmış ne atılmış {most} taslak zaten var.",
            "Gerekmeyenleri atın.",
        ),
        "steps_too_many": ("Çok fazla adım", "Taslağın zaten {most} adımı var.", "Başka bir taslağa başlayın."),
        "part_unknown": (
            "Bilinmeyen parça",
            "“{pointer}” yerinde bir şey yok.",
            "Var olan bir parçaya ya da onun yeni bir anahtarına JSON işaretçisi yazın.",
        ),
    },
}
