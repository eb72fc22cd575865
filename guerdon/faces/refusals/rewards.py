"""The refusals of rewards and redemptions in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "reward_unknown": (
            "Unknown reward",
            "The programme has no reward “{reward}”.",
            "Look the rewards up in the catalogue.",
        ),
        "price_unknown": (
            "Unknown price",
            "The reward has no price {price}; it has {most}.",
            "Name one of its prices by its number, from 1.",
        ),
        "top_up_invalid": (
            "Not so many points",
            "This price takes {least} to {most} {unit}; {points} were offered.",
            "Offer as many, or leave “points” out.",
        ),
        "picture_invalid": (
            "Not such a picture",
            "{pointer} can't be kept: {reason}.",
            "Send a PNG, JPEG or WebP picture that is small enough.",
        ),
        "picture_unknown": ("Unknown picture", "There is no picture {id}.", "Read its address in the catalogue."),
        "choice_invalid": (
            "Something is missing or not right",
            "{pointer} is not right: {reason}.",
            "Send what the reward asks for; the catalogue says what can be chosen.",
        ),
        "redemption_unknown": ("Unknown redemption", "There is no redemption {id}.", "Check the id."),
        "redemption_ended": (
            "No longer possible",
            "This redemption is {state}, so this is not possible any more.",
            "Redeem the reward anew.",
        ),
        "redemption_unconfirmed": (
            "Not confirmed yet",
            "This redemption is only reserved: its points are held, but not taken.",
            "Confirm it first, then hand it over.",
        ),
        "redemption_used": (
            "Already used",
            "What the reward “{reward}” gave has been used, or its time is over, so it can't be taken back.",
            "Give the use of the voucher, or the money of the gift card, back first; what is over stays over.",
        ),
        "reward_not_yet": (
            "Not yet",
            "The reward “{reward}” can be had from {begins} on.",
            "Come back then.",
        ),
        "reward_over": (
            "No longer offered",
            "The reward “{reward}” was offered until {ended}.",
            "Choose another reward.",
        ),
        "not_eligible": (
            "Not for everybody",
            "The reward “{reward}” asks for something that does not hold: {condition}.",
            "The catalogue says for whom it is.",
        ),
        "reward_limit": (
            "Limit reached",
            "A member can have the reward “{reward}” {most} times per {window}, and this one has.",
            "Wait for the next {window}, or choose another reward.",
        ),
        "out_of_stock": (
            "Out of stock",
            "There is nothing left of the reward “{reward}”{variant}.",
            "Choose another one; nothing was taken.",
        ),
        "reward_gone": (
            "All gone",
            "All {most} of the reward “{reward}” have been taken.",
            "Choose another reward; nothing was taken.",
        ),
        "reward_budget_spent": (
            "Budget spent",
            "What the reward “{reward}” may cost has been spent.",
            "Choose another reward; nothing was taken.",
        ),
        "supply_invalid": (
            "Supply not accepted",
            "{pointer} is not right: {reason}.",
            "Say how many pieces came in or were lost, and of which of the `variants` that the catalogue tells.",
        ),
        "reward_uncounted": (
            "Nothing to count",
            "The pieces of the reward “{reward}” are not counted: there are always more.",
            "Write `stocked: whole` or `stocked: per_choice` in the programme file first, if they shall be counted.",
        ),
        "picture_changed": (
            "Changed meanwhile",
            "By now the reward “{reward}” has another picture than was looked at.",
            "Look at its picture again, and decide on what there is now.",
        ),
        "stock_changed": (
            "Changed meanwhile",
            "By now {expected} of the reward have come in, not {got}.",
            "Look at the supplies again, and decide on what there is now.",
        ),
        "stock_too_low": (
            "Not so many there",
            "{asked} pieces of the reward “{reward}”{variant} were to be taken out; {left} are free.",
            "Take fewer out, or cancel redemptions first.",
        ),
        "of_redemption": (
            "Part of a redemption",
            "These points belong to the redemption {redemption}, which would go on without them.",
            "Cancel the redemption; that gives the points back.",
        ),
    },
    "bg": {
        "reward_unknown": (
            "Непозната награда",
            "Програмата няма награда „{reward}“.",
            "Потърсете наградите в каталога.",
        ),
        "price_unknown": (
            "Непозната цена",
            "Наградата няма цена {price}; цените ѝ са {most}.",
            "Посочете някоя от цените с номера ѝ, от 1 нататък.",
        ),
        "top_up_invalid": (
            "Не толкова точки",
            "Тази цена приема от {least} до {most} {unit}, а бяха предложени {points}.",
            "Предложете толкова или пропуснете „points“.",
        ),
        "picture_invalid": (
            "Неподходяща картинка",
            "{pointer} не може да се запази: {reason}.",
            "Изпратете достатъчно малка картинка PNG, JPEG или WebP.",
        ),
        "picture_unknown": ("Непозната картинка", "Няма картинка {id}.", "Вижте адреса ѝ в каталога."),
        "choice_invalid": (
            "Нещо липсва или не е наред",
            "{pointer} не е наред: {reason}.",
            "Изпратете каквото иска наградата; каталогът казва какво може да се избере.",
        ),
        "redemption_unknown": ("Непозната замяна", "Няма замяна {id}.", "Проверете идентификатора."),
        "redemption_ended": (
            "Вече не може",
            "Състоянието на тази замяна е: {state}, затова това вече не е възможно.",
            "Заменете точки за наградата отново.",
        ),
        "redemption_unconfirmed": (
            "Още не е потвърдена",
            "Тази замяна е само запазена: точките ѝ са задържани, но не са взети.",
            "Първо я потвърдете и тогава предайте наградата.",
        ),
        "redemption_used": (
            "Вече използвана",
            "Даденото с наградата „{reward}“ е използвано или срокът му е изтекъл и не може да бъде взето обратно.",
            "Първо върнете използването на ваучера или парите по картата; изтеклото си остава изтекло.",
        ),
        "reward_not_yet": (
            "Още не",
            "Наградата „{reward}“ може да се вземе от {begins}.",
            "Опитайте тогава.",
        ),
        "reward_over": (
            "Вече не се предлага",
            "Наградата „{reward}“ се предлагаше до {ended}.",
            "Изберете друга награда.",
        ),
        "not_eligible": (
            "Не е за всеки",
            "Наградата „{reward}“ има условие, което не е изпълнено: {condition}.",
            "Каталогът казва за кого е.",
        ),
        "reward_limit": (
            "Лимитът е достигнат",
            "Един член може да има наградата „{reward}“ {most} пъти за периода ({window}) и този вече я има толкова.",
            "Изчакайте следващия период или изберете друга награда.",
        ),
        "out_of_stock": (
            "Няма наличност",
            "От наградата „{reward}“{variant} не е останало нищо.",
            "Изберете друга; нищо не беше взето.",
        ),
        "reward_gone": (
            "Свърши",
            "Всички {most} бройки от наградата „{reward}“ са взети.",
            "Изберете друга награда; нищо не беше взето.",
        ),
        "reward_budget_spent": (
            "Бюджетът е изчерпан",
            "Колкото може да струва наградата „{reward}“, вече е похарчено.",
            "Изберете друга награда; нищо не беше взето.",
        ),
        "supply_invalid": (
            "Доставката не е приета",
            "{pointer} не е наред: {reason}.",
            "Кажете колко бройки са дошли или са загубени и от кой от вариантите (`variants`) в каталога.",
        ),
        "reward_uncounted": (
            "Няма какво да се брои",
            "Бройките на наградата „{reward}“ не се броят: винаги има още.",
            "Ако трябва да се броят, напишете първо `stocked: whole` или `stocked: per_choice` във файла.",
        ),
        "picture_changed": (
            "Променено междувременно",
            "Вече наградата „{reward}“ има друга картинка, а не видяната.",
            "Вижте отново картинката и решете според това, което е сега.",
        ),
        "stock_changed": (
            "Променено междувременно",
            "Досега от наградата са постъпили {expected}, а не {got}.",
            "Вижте доставките отново и решете според сегашното.",
        ),
        "stock_too_low": (
            "Няма толкова",
            "Щяха да се извадят {asked} бройки от наградата „{reward}“{variant}, а свободни са {left}.",
            "Извадете по-малко или първо отменете замени.",
        ),
        "of_redemption": (
            "Част от замяна",
            "Тези точки са към замяната {redemption}, която би продължила без тях.",
            "Отменете замяната; така точките се връщат.",
        ),
    },
    "tr": {
        "reward_unknown": (
            "Bilinmeyen ödül",
            "Programda “{reward}” diye bir ödül yok.",
            "Ödülleri katalogda arayın.",
        ),
        "price_unknown": (
            "Bilinmeyen fiyat",
            "Ödülün {price} numaralı fiyatı yok; {most} fiyatı var.",
            "Fiyatlardan birini 1'den başlayan numarasıyla belirtin.",
        ),
        "top_up_invalid": (
            "Bu kadar puan olmaz",
            "Bu fiyat {least} ile {most} arası {unit} alır; {points} önerildi.",
            "O kadar önerin ya da “points” alanını yazmayın.",
        ),
        "picture_invalid": (
            "Uygun bir resim değil",
            "{pointer} saklanamıyor: {reason}.",
            "Yeterince küçük bir PNG, JPEG ya da WebP resmi gönderin.",
        ),
        "picture_unknown": ("Bilinmeyen resim", "{id} adlı bir resim yok.", "Adresine katalogdan bakın."),
        "choice_invalid": (
            "Bir şey eksik ya da doğru değil",
            "{pointer} doğru değil: {reason}.",
            "Ödülün istediğini gönderin; neyin seçilebileceğini katalog söyler.",
        ),
        "redemption_unknown": (
            "Bilinmeyen ödül kullanımı",
            "{id} diye bir ödül kullanımı yok.",
            "Kimliği denetleyin.",
        ),
        "redemption_ended": (
            "Artık mümkün değil",
            "Bu ödül kullanımının durumu: {state}; bu yüzden bu artık yapılamaz.",
            "Ödülü yeniden alın.",
        ),
        "redemption_unconfirmed": (
            "Henüz onaylanmadı",
            "Bu ödül kullanımı yalnızca ayrıldı: puanları ayrılmış, ama alınmamış.",
            "Önce onaylayın, sonra teslim edin.",
        ),
        "redemption_used": (
            "Kullanılmış",
            "“{reward}” ödülünün verdiği kullanılmış ya da süresi dolmuş; bu yüzden geri alınamaz.",
            "Önce kuponun kullanımını ya da hediye kartının parasını geri alın; süresi dolan geri gelmez.",
        ),
        "reward_not_yet": (
            "Henüz değil",
            "“{reward}” ödülü {begins} tarihinden itibaren alınabilir.",
            "O zaman yeniden deneyin.",
        ),
        "reward_over": (
            "Artık sunulmuyor",
            "“{reward}” ödülü {ended} tarihine kadar sunuldu.",
            "Başka bir ödül seçin.",
        ),
        "not_eligible": (
            "Herkes için değil",
            "“{reward}” ödülünün sağlanmayan bir koşulu var: {condition}.",
            "Kimin için olduğunu katalog söyler.",
        ),
        "reward_limit": (
            "Sınıra ulaşıldı",
            "Bir üye “{reward}” ödülünü dönemde ({window}) {most} kez alabilir; bu üye o kadar aldı.",
            "Sonraki dönemi bekleyin ya da başka bir ödül seçin.",
        ),
        "out_of_stock": (
            "Stokta yok",
            "“{reward}”{variant} ödülünden kalmadı.",
            "Başka birini seçin; hiçbir şey alınmadı.",
        ),
        "reward_gone": (
            "Hepsi bitti",
            "“{reward}” ödülünün {most} adedinin hepsi alındı.",
            "Başka bir ödül seçin; hiçbir şey alınmadı.",
        ),
        "reward_budget_spent": (
            "Bütçe bitti",
            "“{reward}” ödülünün mal olabileceği kadarı harcandı.",
            "Başka bir ödül seçin; hiçbir şey alınmadı.",
        ),
        "supply_invalid": (
            "Teslimat kabul edilmedi",
            "{pointer} doğru değil: {reason}.",
            "Kaç adet geldiğini ya da kaybolduğunu ve katalogdaki hangi çeşitten (`variants`) olduğunu söyleyin.",
        ),
        "reward_uncounted": (
            "Sayılacak bir şey yok",
            "“{reward}” ödülünün adetleri sayılmıyor: her zaman yenisi var.",
            "Sayılacaksa önce program dosyasına `stocked: whole` ya da `stocked: per_choice` yazın.",
        ),
        "picture_changed": (
            "Bu arada değişti",
            "“{reward}” ödülünün artık görülenden başka bir resmi var.",
            "Resmine yeniden bakın ve şimdi olana göre karar verin.",
        ),
        "stock_changed": (
            "Bu arada değişti",
            "Ödülden şimdiye dek {got} değil, {expected} adet girdi.",
            "Girişlere yeniden bakıp şimdiki duruma göre karar verin.",
        ),
        "stock_too_low": (
            "O kadar yok",
            "“{reward}”{variant} ödülünden {asked} adet çıkarılacaktı; boşta {left} adet var.",
            "Daha azını çıkarın ya da önce kullanımları iptal edin.",
        ),
        "of_redemption": (
            "Bir ödül kullanımının parçası",
            "Bu puanlar {redemption} kullanımına ait; o, bunlar olmadan sürüp giderdi.",
            "Ödül kullanımını iptal edin; böylece puanlar geri gelir.",
        ),
    },
}  # fmt: skip
