"""The refusals of households in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "households_off": (
            "No households here",
            "In this programme nobody can share a balance.",
            "Let the programme file say “households”, or leave every member the own account.",
        ),
        "household_unknown": ("Unknown household", "There is no household {id}.", "Check the id."),
        "household_closed": (
            "Household closed",
            "The household {household} was closed when the last person left.",
            "Found a new one.",
        ),
        "household_full": (
            "Household full",
            "No more than {most} persons can belong to it.",
            "Somebody leaves first, or the programme allows more.",
        ),
        "household_unnamed": (
            "Which person?",
            "{household} is a household; what is told for it must be one person's.",
            "Name the person who bought, burned or is concerned.",
        ),
        "in_household": (
            "In a household",
            "The member {member} belongs to the household {household}.",
            "Leave that household first.",
        ),
        "not_in_household": (
            "Not in this household",
            "The member {member} does not belong to the household {household}.",
            "Name somebody who does; the household lists its persons.",
        ),
        "no_person": (
            "Not a person",
            "{member} is a household, and only persons join one or are merged.",
            "Name a person.",
        ),
        "owner_only": (
            "Only the owner may",
            "The member {member} has another role here: {role}.",
            "Let the owner do it, or have the household handed over first.",
        ),
        "owner_stays": (
            "The owner can't leave yet",
            "{others} others belong to the household and would be without an owner.",
            "Hand the household over first, or let the others leave.",
        ),
        "owner_role": (
            "There is one owner",
            "The owner's role neither is given nor taken away alone.",
            "Hand the household over to another of its persons.",
        ),
        "role_may_not_spend": (
            "Earns only",
            "This person's role in the household is {role}; spending is for: {may}.",
            "Let somebody spend who may, or have the role changed by the owner.",
        ),
        "household_held": (
            "Points are held",
            "{held} of the unit {unit} that would pass are reserved by a hold.",
            "Capture or release the hold first.",
        ),
        "household_waiting": (
            "Facts are waiting",
            "{waiting} facts of this account wait, as a return for its purchase or an adjustment for a second person:"
            " first {fact}.",
            "Record what they wait for, or approve or reject the adjustment, first.",
        ),
        "household_debt": (
            "Too much debt together",
            "Together {owed} of the unit {unit} would be owed, and at most {most} may be.",
            "Lower one of the debts by an adjustment first.",
        ),
        "joined_since": (
            "The account is another one",
            "Since the offer was made, {member} has joined or left the household {household}.",
            "Put the offer away and make a new one.",
        ),
        "invitation_unknown": ("Unknown invitation", "There is no invitation {id} here.", "Check both ids."),
        "invited_already": (
            "Invited already",
            "This member has an invitation that is open: {invitation}.",
            "Wait for the answer, or withdraw it first.",
        ),
        "invitation_settled": (
            "Already settled",
            "This invitation can't be changed any more; it is {state}.",
            "Invite once more.",
        ),
        "invitation_lapsed": ("Invitation over", "It could be accepted until {until}.", "Invite once more."),
    },
    "bg": {
        "households_off": (
            "Тук няма домакинства",
            "В тази програма никой не може да споделя сметка.",
            "Нека файлът на програмата каже „households“, или всеки член остава със своята сметка.",
        ),
        "household_unknown": ("Непознато домакинство", "Няма домакинство {id}.", "Проверете идентификатора."),
        "household_closed": (
            "Домакинството е закрито",
            "Домакинството {household} беше закрито, когато го напусна последният човек.",
            "Основете ново.",
        ),
        "household_full": (
            "Домакинството е пълно",
            "В него могат да са най-много {most} души.",
            "Първо някой трябва да напусне или програмата да позволи повече.",
        ),
        "household_unnamed": (
            "Кой човек?",
            "{household} е домакинство; казаното за него трябва да е на един човек.",
            "Посочете човека, който е купил, похарчил или за когото се отнася.",
        ),
        "in_household": (
            "В домакинство",
            "Членът {member} е в домакинството {household}.",
            "Първо напуснете онова домакинство.",
        ),
        "not_in_household": (
            "Не е в това домакинство",
            "Членът {member} не е в домакинството {household}.",
            "Посочете някого, който е в него; домакинството изброява хората си.",
        ),
        "no_person": (
            "Не е човек",
            "{member} е домакинство, а само хора се присъединяват или обединяват.",
            "Посочете човек.",
        ),
        "owner_only": (
            "Само собственикът може",
            "Членът {member} има тук друга роля: {role}.",
            "Нека го направи собственикът, или първо домакинството да се предаде.",
        ),
        "owner_stays": (
            "Собственикът още не може да напусне",
            "В домакинството има още {others} души, които биха останали без собственик.",
            "Първо предайте домакинството или нека другите напуснат.",
        ),
        "owner_role": (
            "Собственикът е един",
            "Ролята на собственика нито се дава, нито се отнема сама.",
            "Предайте домакинството на друг от хората му.",
        ),
        "role_may_not_spend": (
            "Само събира",
            "Ролята на този човек в домакинството е: {role}; могат да харчат: {may}.",
            "Нека похарчи някой, който може, или собственикът да смени ролята.",
        ),
        "household_held": (
            "Има запазени точки",
            "{held} от единицата {unit}, които биха преминали, са запазени.",
            "Първо усвоете или освободете запазеното.",
        ),
        "household_waiting": (
            "Има чакащи факти",
            "{waiting} факта на тази сметка чакат, както връщане чака покупката си, а корекция – втори човек: първо"
            " {fact}.",
            "Първо запишете това, което чакат, или одобрете или отхвърлете корекцията.",
        ),
        "household_debt": (
            "Твърде голям общ дълг",
            "Заедно биха се дължали {owed} от единицата {unit}, а може най-много {most}.",
            "Първо намалете единия дълг с корекция.",
        ),
        "joined_since": (
            "Сметката вече е друга",
            "След предложението {member} се е присъединил към домакинството {household} или го е напуснал.",
            "Оттеглете предложението и направете ново.",
        ),
        "invitation_unknown": ("Непозната покана", "Тук няма покана {id}.", "Проверете двата идентификатора."),
        "invited_already": (
            "Вече е поканен",
            "Този член има отворена покана: {invitation}.",
            "Изчакайте отговора или първо я оттеглете.",
        ),
        "invitation_settled": (
            "Вече е приключена",
            "Тази покана не може повече да се променя; състоянието ѝ е: {state}.",
            "Поканете отново.",
        ),
        "invitation_lapsed": ("Поканата е изтекла", "Можеше да се приеме до {until}.", "Поканете отново."),
    },
    "tr": {
        "households_off": (
            "Burada hane yok",
            "Bu programda kimse bakiyesini paylaşamaz.",
            "Program dosyasına “households” yazın ya da her üye kendi hesabında kalsın.",
        ),
        "household_unknown": ("Bilinmeyen hane", "{id} diye bir hane yok.", "Kimliği denetleyin."),
        "household_closed": (
            "Hane kapandı",
            "{household} hanesi son kişi ayrılınca kapandı.",
            "Yeni bir hane kurun.",
        ),
        "household_full": (
            "Hane dolu",
            "Bir hanede en çok {most} kişi olabilir.",
            "Önce biri ayrılsın ya da program daha çoğuna izin versin.",
        ),
        "household_unnamed": (
            "Hangi kişi?",
            "{household} bir hane; onun için söylenen tek bir kişinin olmalı.",
            "Satın alan, harcayan ya da ilgili kişiyi yazın.",
        ),
        "in_household": (
            "Bir hanede",
            "{member} üyesi {household} hanesinde.",
            "Önce o haneden ayrılın.",
        ),
        "not_in_household": (
            "Bu hanede değil",
            "{member} üyesi {household} hanesinde değil.",
            "O haneden birini yazın; hane kişilerini listeler.",
        ),
        "no_person": (
            "Kişi değil",
            "{member} bir hane; yalnızca kişiler katılır ya da birleştirilir.",
            "Bir kişi yazın.",
        ),
        "owner_only": (
            "Yalnızca sahip yapabilir",
            "{member} üyesinin buradaki rolü başka: {role}.",
            "Sahip yapsın ya da önce hane devredilsin.",
        ),
        "owner_stays": (
            "Sahip henüz ayrılamaz",
            "Hanede {others} kişi daha var, sahipsiz kalırlar.",
            "Önce haneyi devredin ya da ötekiler ayrılsın.",
        ),
        "owner_role": (
            "Tek bir sahip olur",
            "Sahiplik tek başına ne verilir ne alınır.",
            "Haneyi içindeki başka bir kişiye devredin.",
        ),
        "role_may_not_spend": (
            "Yalnızca kazanır",
            "Bu kişinin hanedeki rolü: {role}; harcayabilenler: {may}.",
            "Harcayabilen biri harcasın ya da sahip rolü değiştirsin.",
        ),
        "household_held": (
            "Ayrılmış puan var",
            "Geçecek olan {unit} biriminden {held} ayrılmış durumda.",
            "Önce ayrılanı kullanın ya da serbest bırakın.",
        ),
        "household_waiting": (
            "Bekleyen olaylar var",
            "Bu hesabın {waiting} olayı bekliyor; bir iade alışverişini, bir düzeltme ikinci kişiyi bekler. İlki:"
            " {fact}.",
            "Önce bekleneni kaydedin ya da düzeltmeyi onaylayın veya reddedin.",
        ),
        "household_debt": (
            "Toplam borç çok fazla",
            "Birlikte {unit} biriminden {owed} borç olur, en çok {most} olabilir.",
            "Önce borçlardan birini düzeltmeyle azaltın.",
        ),
        "joined_since": (
            "Hesap artık başka",
            "Tekliften sonra {member}, {household} hanesine katıldı ya da ondan ayrıldı.",
            "Teklifi kaldırın ve yenisini yapın.",
        ),
        "invitation_unknown": ("Bilinmeyen davet", "Burada {id} diye bir davet yok.", "İki kimliği de denetleyin."),
        "invited_already": (
            "Zaten davetli",
            "Bu üyenin açık bir daveti var: {invitation}.",
            "Yanıtı bekleyin ya da önce onu geri alın.",
        ),
        "invitation_settled": (
            "Zaten sonuçlandı",
            "Bu davet artık değiştirilemez; durumu: {state}.",
            "Yeniden davet edin.",
        ),
        "invitation_lapsed": (
            "Davetin süresi doldu",
            "{until} tarihine kadar kabul edilebilirdi.",
            "Yeniden davet edin.",
        ),
    },
}  # fmt: skip
