"""The refusals of paid memberships and payments in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "worth_of_what": (
            "A plan or a tier",
            "It is not said whether a plan or a tier is meant, or both are.",
            "Name one: ?plan=… or ?tier=….",
        ),
        "plan_unknown": ("Unknown plan", "The programme has no plan “{plan}”.", "Use one of these: {known}."),
        "plan_not_sold_in": (
            "No price in this currency",
            "The plan “{plan}” is not sold in {currency}.",
            "Use one of these: {known}.",
        ),
        "membership_exists": (
            "There is a membership already",
            "The member has the membership {membership} ({plan}): {state}.",
            "Change or cancel that one.",
        ),
        "membership_shared": (
            "Shared already",
            "{member} shares the membership “{plan}” with the whole household.",
            "It needs no second one.",
        ),
        "membership_state": (
            "Not possible now",
            "The membership is in the state: {state}.",
            "It is possible in these states: {may}.",
        ),
        "refund_pending": (
            "Earlier money is still on its way back",
            "A payment of this membership is being given back; what is left of it is known when that has arrived.",
            "Try again in some minutes.",
        ),
        "membership_endless": (
            "The membership never ends",
            "“{plan}” goes on by itself, so no part of it is left over.",
            "Cancel it with “when: now”, or leave it as it is.",
        ),
        "membership_pauseless": (
            "No pauses",
            "The plan “{plan}” can't be paused.",
            "Cancel it with the end of what is paid, or let it go on.",
        ),
        "same_plan": ("The same plan", "The membership is “{plan}” already.", "Name another plan."),
        "nothing_to_refund": (
            "Nothing to give back",
            "There is no paid period {number} that can be given back.",
            "Look at the payments of the membership.",
        ),
        "refund_too_late": (
            "Too late to give back",
            "The period could be given back until {until}.",
            "Cancel it instead.",
        ),
        "payment_settled": (
            "The payment is settled",
            "The payment is in the state: {state}.",
            "Look at the membership for the payment that is asked now.",
        ),
        "payment_late": (
            "There is nothing left to pay",
            "The membership has moved on since: {state}.",
            "Give the money back, or let the member join again.",
        ),
        "membership_unknown": ("Unknown membership", "There is no membership {id}.", "Check the id."),
        "payment_unknown": ("Unknown payment", "There is no payment {id}.", "Check the id."),
        "merge_memberships": (
            "Two memberships",
            "Both members have a membership that runs: {membership} and {other}.",
            "Cancel one of them first.",
        ),
        "provider_off": (
            "Payments are not set up",
            "Payments by {provider} are not set up on this server.",
            "Set its keys in the environment, or use another method.",
        ),
        "signature_invalid": (
            "The signature is not right",
            "The news are not signed with a secret of this server, or too long ago.",
            "Check the signing secret of the endpoint.",
        ),
    },
    "bg": {
        "worth_of_what": (
            "План или ниво",
            "Не е казано дали се има предвид план или ниво, или са казани и двете.",
            "Посочете едно: ?plan=… или ?tier=….",
        ),
        "plan_unknown": ("Непознат план", "Програмата няма план „{plan}“.", "Използвайте някой от тези: {known}."),
        "plan_not_sold_in": (
            "Няма цена в тази валута",
            "Планът „{plan}“ не се продава в {currency}.",
            "Използвайте някоя от тези: {known}.",
        ),
        "membership_exists": (
            "Вече има членство",
            "Членът има членството {membership} ({plan}): {state}.",
            "Променете или прекратете него.",
        ),
        "membership_shared": (
            "Вече е споделено",
            "{member} споделя членството „{plan}“ с цялото домакинство.",
            "Второ не е нужно.",
        ),
        "membership_state": (
            "Сега не може",
            "Членството е в състояние: {state}.",
            "Възможно е в тези състояния: {may}.",
        ),
        "refund_pending": (
            "Предишни пари още се връщат",
            "Плащане по това членство се връща; какво остава от него, се знае, когато пристигне.",
            "Опитайте пак след няколко минути.",
        ),
        "membership_endless": (
            "Членството няма край",
            "„{plan}“ продължава от само себе си, така че няма оставаща част.",
            "Прекратете го с „when: now“ или го оставете както е.",
        ),
        "membership_pauseless": (
            "Без спиране",
            "Планът „{plan}“ не може да се спира за известно време.",
            "Прекратете го в края на платеното или го оставете да продължи.",
        ),
        "same_plan": ("Същият план", "Членството вече е „{plan}“.", "Посочете друг план."),
        "nothing_to_refund": (
            "Няма какво да се върне",
            "Няма платен период {number}, който може да се върне.",
            "Вижте плащанията на членството.",
        ),
        "refund_too_late": (
            "Твърде късно за връщане",
            "Периодът можеше да се върне до {until}.",
            "Вместо това го прекратете.",
        ),
        "payment_settled": (
            "Плащането е уредено",
            "Плащането е в състояние: {state}.",
            "Вижте в членството кое плащане се иска сега.",
        ),
        "payment_late": (
            "Няма какво да се плаща",
            "Междувременно членството е в друго състояние: {state}.",
            "Върнете парите или нека членът се присъедини отново.",
        ),
        "membership_unknown": ("Непознато членство", "Няма членство {id}.", "Проверете идентификатора."),
        "payment_unknown": ("Непознато плащане", "Няма плащане {id}.", "Проверете идентификатора."),
        "merge_memberships": (
            "Две членства",
            "И двамата имат действащо членство: {membership} и {other}.",
            "Първо прекратете едното.",
        ),
        "provider_off": (
            "Плащанията не са настроени",
            "Плащанията чрез {provider} не са настроени на този сървър.",
            "Задайте ключовете в средата или използвайте друг начин.",
        ),
        "signature_invalid": (
            "Подписът не е верен",
            "Новината не е подписана с тайна на този сървър или е твърде стара.",
            "Проверете тайната за подписване на адреса.",
        ),
    },
    "tr": {
        "worth_of_what": (
            "Plan ya da seviye",
            "Planın mı seviyenin mi sorulduğu söylenmemiş ya da ikisi birden söylenmiş.",
            "Birini belirtin: ?plan=… veya ?tier=….",
        ),
        "plan_unknown": ("Bilinmeyen plan", "Programda “{plan}” planı yok.", "Şunlardan birini kullanın: {known}."),
        "plan_not_sold_in": (
            "Bu para biriminde fiyat yok",
            "“{plan}” planı {currency} ile satılmıyor.",
            "Şunlardan birini kullanın: {known}.",
        ),
        "membership_exists": (
            "Zaten bir üyelik var",
            "Üyenin {membership} ({plan}) üyeliği var: {state}.",
            "Onu değiştirin veya iptal edin.",
        ),
        "membership_shared": (
            "Zaten paylaşılıyor",
            "{member}, “{plan}” üyeliğini tüm haneyle paylaşıyor.",
            "İkincisine gerek yok.",
        ),
        "membership_state": (
            "Şu anda olmaz",
            "Üyeliğin durumu: {state}.",
            "Şu durumlarda olur: {may}.",
        ),
        "refund_pending": (
            "Önceki para hâlâ geri yolda",
            "Bu üyeliğin bir ödemesi geri veriliyor; ondan ne kaldığı o varınca belli olur.",
            "Birkaç dakika sonra yeniden deneyin.",
        ),
        "membership_endless": (
            "Üyelik hiç bitmez",
            "“{plan}” kendiliğinden sürer, bu yüzden geriye kalan bir bölümü yoktur.",
            "“when: now” ile iptal edin veya olduğu gibi bırakın.",
        ),
        "membership_pauseless": (
            "Duraklatma yok",
            "“{plan}” planı duraklatılamaz.",
            "Ödenmiş sürenin sonunda iptal edin veya sürmesine izin verin.",
        ),
        "same_plan": ("Aynı plan", "Üyelik zaten “{plan}”.", "Başka bir plan belirtin."),
        "nothing_to_refund": (
            "İade edilecek bir şey yok",
            "İade edilebilecek ödenmiş {number} numaralı dönem yok.",
            "Üyeliğin ödemelerine bakın.",
        ),
        "refund_too_late": (
            "İade için geç",
            "Dönem {until} tarihine kadar iade edilebilirdi.",
            "Bunun yerine iptal edin.",
        ),
        "payment_settled": (
            "Ödeme sonuçlanmış",
            "Ödemenin durumu: {state}.",
            "Şimdi istenen ödeme için üyeliğe bakın.",
        ),
        "payment_late": (
            "Ödenecek bir şey kalmadı",
            "Üyeliğin durumu bu arada değişti: {state}.",
            "Parayı geri verin veya üyenin yeniden katılmasını sağlayın.",
        ),
        "membership_unknown": ("Bilinmeyen üyelik", "{id} diye bir üyelik yok.", "Kimliği denetleyin."),
        "payment_unknown": ("Bilinmeyen ödeme", "{id} diye bir ödeme yok.", "Kimliği denetleyin."),
        "merge_memberships": (
            "İki üyelik",
            "İki üyenin de süren bir üyeliği var: {membership} ve {other}.",
            "Önce birini iptal edin.",
        ),
        "provider_off": (
            "Ödemeler ayarlanmamış",
            "{provider} ile ödemeler bu sunucuda ayarlanmamış.",
            "Anahtarlarını ortamda tanımlayın veya başka bir yöntem kullanın.",
        ),
        "signature_invalid": (
            "İmza doğru değil",
            "Haber bu sunucunun gizli anahtarıyla imzalanmamış veya çok eski.",
            "Adresin imza anahtarını denetleyin.",
        ),
    },
}
