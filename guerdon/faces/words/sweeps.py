"""What the pages of sweeps say: what is varied, what is wanted, what is kept, and what came of it."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("Try many values at once", "Опитай много стойности наведнъж", "Birçok değeri birden dene"),
    "about": Words(
        "Every combination is replayed on your whole history, and the best one is chosen. Of: {of}. Nothing changes.",
        "Всяка комбинация се преиграва върху цялата ви история и се избира най-добрата. За: {of}. Нищо не се променя.",
        "Her birleşim geçmişinizin tamamında oynatılır ve en iyisi seçilir. Program: {of}. Hiçbir şey değişmez.",
    ),
    "counted": Words("{count} scenarios", "{count} варианта", "{count} senaryo"),
    "stage_replaying": Words("Replaying every scenario", "Преиграва се всеки вариант", "Her senaryo oynatılıyor"),
    # the form
    "what": Words("What is varied", "Какво се променя", "Ne değişsin"),
    "what_about": Words(
        "Pick a number of the programme, and from where to where it goes. Left empty, it is tried at about half, itself"
        " and twice.",
        "Изберете число от програмата и откъде докъде да върви. Ако е празно, опитва се около половината, самото то и"
        " двойно.",
        "Programdan bir sayı ve nereden nereye gideceğini seçin. Boş bırakılırsa yaklaşık yarısı, kendisi ve iki katı"
        " denenir.",
    ),
    "row": Words("Number {number} that is varied", "Променяно число {number}", "Değişen {number}. sayı"),
    "one_more": Words("Vary number {number}, too", "Променяй и число {number}", "{number}. sayıyı da değiştir"),
    "which": Words("Which number", "Кое число", "Hangi sayı"),
    "nothing": Words("None", "Никое", "Hiçbiri"),
    "option": Words("{title} – today {today}", "{title} – днес {today}", "{title} – bugün {today}"),
    "from": Words("From", "От", "Başlangıç"),
    "to": Words("To", "До", "Bitiş"),
    "step": Words("In steps of", "През", "Adım"),
    "values": Words("Or these values", "Или тези стойности", "Ya da şu değerler"),
    "values_about": Words(
        "With a blank between them, like 6 12 18",
        "С интервал помежду им, например 6 12 18",
        "Aralarında boşlukla, örneğin 6 12 18",
    ),
    "wanted": Words("What you want", "Какво искате", "Ne istiyorsunuz"),
    "goal": Words("Above all", "Преди всичко", "Her şeyden önce"),
    "against": Words("Weighed against", "Спрямо", "Şuna karşı"),
    "against_about": Words(
        "Both make the picture; this one decides where the first is equal.",
        "От двете е картината; това решава, когато първото е равно.",
        "Resim ikisinden oluşur; ilki eşitse bu karar verir.",
    ),
    "goal_kept": Words(
        "As much worth as can be for members",
        "Възможно най-много стойност за членовете",
        "Üyeler için olabildiğince çok değer",
    ),
    "goal_burden": Words(
        "As little cost of rewards and debt in points together as can be",
        "Възможно най-малко разход за награди и дълг в точки заедно",
        "Ödül maliyeti ve puan borcu birlikte olabildiğince az",
    ),
    "goal_liability": Words(
        "As little debt in points at the end as can be",
        "Възможно най-малък дълг в точки накрая",
        "Sonunda olabildiğince az puan borcu",
    ),
    "goal_cost": Words(
        "As little cost of rewards as can be", "Възможно най-малък разход за награди", "Olabildiğince az ödül maliyeti"
    ),
    "goal_issued": Words("As many points as can be", "Възможно най-много точки", "Olabildiğince çok puan"),
    "goal_expired": Words(
        "As few points that expire as can be", "Възможно най-малко изтичащи точки", "Süresi dolan puan olabildiğince az"
    ),
    "goal_worse_off": Words(
        "As few members who get less as can be",
        "Възможно най-малко членове с по-малко точки",
        "Daha az puan alan üye olabildiğince az",
    ),
    "goal_losing": Words(
        "As few members who end with less worth as can be",
        "Възможно най-малко членове, които завършват с по-малка стойност",
        "Daha az değerle bitiren üye olabildiğince az",
    ),
    "limits": Words("Limits", "Граници", "Sınırlar"),
    "limits_about": Words(
        "What the choice must keep; left empty there is no limit.",
        "Какво трябва да спазва изборът; ако е празно, няма граница.",
        "Seçimin uyması gerekenler; boş bırakılırsa sınır yoktur.",
    ),
    "limit_liability": Words(
        "Owed in points at the end, at most", "Дължимо в точки накрая, най-много", "Sonunda puan borcu, en çok"
    ),
    "limit_worse": Words(
        "Members who get fewer points, at most",
        "Членове с по-малко точки, най-много",
        "Daha az puan alan üyeler, en çok",
    ),
    "limit_nobody": Words(
        "Nobody ends with less worth than today",
        "Никой не завършва с по-малка стойност от днес",
        "Kimse bugünkünden az değerle bitirmez",
    ),
    "ask": Words("Try them all on my history", "Опитай всички върху моята история", "Hepsini geçmişimde dene"),
    "no_numbers": Words(
        "There is no number to vary in this programme",
        "В тази програма няма число за променяне",
        "Bu programda değiştirilecek sayı yok",
    ),
    "wrong_nothing": Words(
        "Pick a number to vary.", "Изберете число, което да се променя.", "Değişecek bir sayı seçin."
    ),
    "wrong_unknown": Words(
        "The programme has no such number any more.",
        "Програмата вече няма такова число.",
        "Programda artık böyle bir sayı yok.",
    ),
    "wrong_twice": Words(
        "This number is picked above already.", "Това число вече е избрано по-горе.", "Bu sayı yukarıda zaten seçildi."
    ),
    "wrong_ends": Words("Say both from and to.", "Посочете и от, и до.", "Hem başlangıcı hem bitişi yazın."),
    "wrong_step": Words(
        "From must not be above to, and the step above nothing.",
        "„От“ не може да е над „до“, а стъпката трябва да е над нула.",
        "Başlangıç bitişten büyük olamaz, adım sıfırdan büyük olmalı.",
    ),
    "wrong_many": Words(
        "At most {most} values of one number.",
        "Най-много {most} стойности на едно число.",
        "Bir sayının en çok {most} değeri.",
    ),
    "wrong_scenarios": Words(
        "All values together make more than {most} combinations: vary fewer numbers, or in larger steps.",
        "Всички стойности заедно правят над {most} комбинации: променяйте по-малко числа или с по-големи стъпки.",
        "Tüm değerler birlikte {most} birleşimi aşıyor: daha az sayı değiştirin ya da daha büyük adımlar seçin.",
    ),
    # how numbers of a programme are called
    "named": Words("{name}: {what}", "{name}: {what}", "{name}: {what}"),
    "of_points": Words(
        "{unit} for every {per} {currency}", "{unit} за всеки {per} {currency}", "her {per} {currency} için {unit}"
    ),
    "of_per_piece": Words("{unit} for every {per} pieces", "{unit} за всеки {per} бр.", "her {per} adet için {unit}"),
    "of_fixed": Words("{unit} at once", "{unit} наведнъж", "bir defada {unit}"),
    "of_multiply": Words("times so many {unit}", "по колко се умножават: {unit}", "{unit} kaç katı"),
    "of_table": Words(
        "{unit} from {least} {currency} on",
        "{unit} от {least} {currency} нагоре",
        "{least} {currency} ve üzeri için {unit}",
    ),
    "of_days": Words("live for so many days", "живот в дни", "kaç gün yaşar"),
    "of_months": Words("live for so many months", "живот в месеци", "kaç ay yaşar"),
    "of_years": Words("live for so many years", "живот в години", "kaç yıl yaşar"),
    "of_level": Words("{level} from", "{level} от", "{level} eşiği"),
    "of_cap_order": Words("at most for an order", "най-много за поръчка", "sipariş başına en çok"),
    "of_cap_day": Words("at most in a day", "най-много за ден", "günde en çok"),
    "of_cap_week": Words("at most in a week", "най-много за седмица", "haftada en çok"),
    "of_cap_month": Words("at most in a month", "най-много за месец", "ayda en çok"),
    "of_cap_quarter": Words("at most in a quarter", "най-много за тримесечие", "üç ayda en çok"),
    "of_cap_year": Words("at most in a year", "най-много за година", "yılda en çok"),
    "of_cap_lifetime": Words("at most in all", "най-много общо", "toplamda en çok"),
    # the answer
    "heading": Words(
        "{count} scenarios, replayed on your whole history",
        "{count} варианта, преиграни върху цялата ви история",
        "Geçmişinizin tamamında oynatılan {count} senaryo",
    ),
    "no_goal": Words(
        "Nothing was wanted of them, so none is chosen.",
        "Нищо не е търсено, затова няма избран.",
        "Bir hedef belirtilmedi, bu yüzden seçilen yok.",
    ),
    "no_best": Words(
        "No scenario keeps all limits.",
        "Никой вариант не спазва всички граници.",
        "Hiçbir senaryo tüm sınırlara uymuyor.",
    ),
    "best": Words("Best: {values}.", "Най-добър: {values}.", "En iyisi: {values}."),
    "best_between": Words(
        "Best, and found between your values: {values}.",
        "Най-добър, намерен между вашите стойности: {values}.",
        "En iyisi, değerlerinizin arasında bulundu: {values}.",
    ),
    "comes_to": Words(
        "Members would have {kept} of worth instead of {was_kept}; rewards and debt in points would come to {burden}"
        " instead of {was_burden}.",
        "Членовете щяха да имат стойност {kept} вместо {was_kept}; наградите и дългът в точки щяха да са {burden}"
        " вместо {was_burden}.",
        "Üyelerin değeri {was_kept} yerine {kept} olurdu; ödüller ve puan borcu {was_burden} yerine {burden} tutardı.",
    ),
    "touched": Words(
        "Members who would have got fewer points: {worse_off}; who would end with less worth: {losing}.",
        "Членове, които щяха да получат по-малко точки: {worse_off}; които щяха да завършат с по-малка стойност:"
        " {losing}.",
        "Daha az puan alacak üyeler: {worse_off}; daha az değerle bitirecek üyeler: {losing}.",
    ),
    "value": Words("{title}: {value}", "{title}: {value}", "{title}: {value}"),
    "wished": Words(
        "Without limits it would be {values}, which breaks them: {broken}.",
        "Без граници щеше да е {values}, но той ги нарушава: {broken}.",
        "Sınırlar olmasaydı {values} olurdu; sınırları aşan: {broken}.",
    ),
    "without": Words(
        "Without the limit of “{limit}”, which alone excludes {count} scenarios, it would be {values}.",
        "Без границата „{limit}“, която сама изключва {count} варианта, щеше да е {values}.",
        "Tek başına {count} senaryoyu dışarıda bırakan “{limit}” sınırı olmasaydı {values} olurdu.",
    ),
    "idle": Words(
        "“{title}” changed nothing that a replay counts, whatever else was chosen.",
        "„{title}“ не промени нищо, което преиграването брои, каквото и друго да е избрано.",
        "“{title}”, başka ne seçilirse seçilsin, oynatmanın saydığı hiçbir şeyi değiştirmedi.",
    ),
    "front": Words("The best choices", "Най-добрите избори", "En iyi seçenekler"),
    "front_about": Words(
        "Than these no other scenario is better in one of the two without being worse in the other.",
        "Няма друг вариант, който да е по-добър от тях по едното, без да е по-лош по другото.",
        "Bunlardan, birinde daha iyi olup ötekinde daha kötü olmayan başka senaryo yoktur.",
    ),
    "every": Words("All {count} scenarios", "Всички варианти: {count}", "Tüm senaryolar: {count}"),
    "scenario": Words("Scenario", "Вариант", "Senaryo"),
    "number": Words("Scenario {number}", "Вариант {number}", "{number}. senaryo"),
    "today": Words("Today", "Днес", "Bugün"),
    "values_of": Words("Values", "Стойности", "Değerler"),
    "order": Words(
        "Values stand in this order, each with what it is today:",
        "Стойностите са в този ред, всяка с днешната си:",
        "Değerler şu sırayla durur, her biri bugünküyle:",
    ),
    "column_issued": Words("Given", "Дадени", "Verilen"),
    "column_liability": Words("Owed", "Дължимо", "Borç"),
    "column_kept": Words("Worth", "Стойност", "Değer"),
    "column_worse_off": Words("Get less", "С по-малко", "Az alan"),
    "column_losing": Words("Left with less", "Губещи", "Kaybeden"),
    "mark": Words("What it is", "Какъв е", "Nedir"),
    "mark_best": Words("Best", "Най-добър", "En iyisi"),
    "mark_front": Words("On the front", "Сред най-добрите", "En iyiler arasında"),
    "mark_other": Words("Beaten by others", "Надминат от други", "Başkaları daha iyi"),
    "mark_today": Words("Today", "Днес", "Bugün"),
    "mark_breaks": Words("Breaks a limit", "Нарушава граница", "Sınırı aşıyor"),
    "breaks": Words("It breaks a limit: {metrics}.", "Нарушава граница: {metrics}.", "Sınırı aşıyor: {metrics}."),
    "make": Words("Make a draft of it", "Направи чернова от него", "Bundan taslak yap"),
    "draft_title": Words("How the draft is called", "Име на черновата", "Taslağın adı"),
    "drafted": Words(
        "This is a draft now. Nothing is in force yet.",
        "Това вече е чернова. Още нищо не е в сила.",
        "Bu artık bir taslak. Henüz hiçbir şey yürürlükte değil.",
    ),
    "unfit_title": Words(
        "These combinations are no programme", "Тези комбинации не са програма", "Bu birleşimler program değil"
    ),
    "unfit": Words("{values}: {reason}", "{values}: {reason}", "{values}: {reason}"),
    "metric_issued": Words("{unit}: given", "{unit}: дадени", "{unit}: verilen"),
    "metric_redeemed": Words("{unit}: redeemed", "{unit}: използвани", "{unit}: kullanılan"),
    "metric_expired": Words("{unit}: expired", "{unit}: изтекли", "{unit}: süresi dolan"),
    "metric_outstanding": Words("{unit}: owed at the end", "{unit}: дължими накрая", "{unit}: sonunda kalan"),
    "metric_cost": Words("Cost of rewards", "Разход за награди", "Ödül maliyeti"),
    "metric_liability": Words("Owed at the end", "Дължимо накрая", "Sonunda borç"),
    "metric_burden": Words("Rewards and debt together", "Награди и дълг заедно", "Ödüller ve borç birlikte"),
    "metric_kept": Words("Worth for members", "Стойност за членовете", "Üyeler için değer"),
    "metric_worse_off": Words("Members with fewer points", "Членове с по-малко точки", "Daha az puan alan üyeler"),
    "metric_better_off": Words("Members with more points", "Членове с повече точки", "Daha çok puan alan üyeler"),
    "metric_losing": Words("Members left with less", "Членове с по-малка стойност", "Daha az değerle kalan üyeler"),
    "metric_retained": Words("Points that did not expire", "Неизтекли точки", "Süresi dolmayan puan"),
    "metric_roi": Words("Return", "Възвръщаемост", "Getiri"),
}
