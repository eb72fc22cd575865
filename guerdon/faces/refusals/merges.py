"""The refusals of merges in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "member_merged": (
            "Merged already",
            "The member {member} has been merged into {into}.",
            "Use the member it leads to, or undo that merge first.",
        ),
        "merge_of_one": (
            "One and the same member",
            "Both lead to the member {member}; nobody can be merged into oneself.",
            "Name the other member by an identifier of its own.",
        ),
        "merge_held": (
            "Points are held",
            "{held} of the unit {unit} are reserved by a hold, which belongs to that account.",
            "Capture or release the hold first.",
        ),
        "merge_waiting": (
            "Facts are waiting",
            "Facts of the member wait, as a return for its purchase or an adjustment for a second person: {waiting}. "
            "The first of them is {fact}.",
            "Record the purchase, or approve or reject the adjustment, first.",
        ),
        "merge_debt": (
            "Too much debt together",
            "Together they would owe {owed} of the unit {unit}, and at most {most} may be owed.",
            "Lower one of the debts by an adjustment first.",
        ),
        "merge_too_much": (
            "Too much for one member",
            "Together they have more {what} than the {most} that one member can have.",
            "Remove some from one of them first.",
        ),
        "not_merged": (
            "Not merged",
            "The member {member} is not merged into {into}; if it was, that has been undone.",
            "Check both ids.",
        ),
    },
    "bg": {
        "member_merged": (
            "Вече е обединен",
            "Членът {member} е обединен с {into}.",
            "Използвайте члена, към когото води, или първо отменете онова обединяване.",
        ),
        "merge_of_one": (
            "Един и същ член",
            "И двете водят към члена {member}; никой не може да се обедини със себе си.",
            "Посочете другия член с негов собствен идентификатор.",
        ),
        "merge_held": (
            "Има запазени точки",
            "{held} от единицата {unit} са запазени и принадлежат на тази сметка.",
            "Първо усвоете или освободете запазеното.",
        ),
        "merge_waiting": (
            "Има чакащи факти",
            "Чакащи факти на члена, както връщане чака покупката си, а корекция – втори човек: {waiting}. "
            "Първият от тях е {fact}.",
            "Първо запишете покупката, или одобрете или отхвърлете корекцията.",
        ),
        "merge_debt": (
            "Твърде голям общ дълг",
            "Заедно биха дължали {owed} от единицата {unit}, а може да се дължат най-много {most}.",
            "Първо намалете единия дълг с корекция.",
        ),
        "merge_too_much": (
            "Твърде много за един член",
            "Заедно имат повече от позволените за един член {most} ({what}).",
            "Първо премахнете някои от единия.",
        ),
        "not_merged": (
            "Не е обединен",
            "Членът {member} не е обединен с {into}; ако е бил, това е отменено.",
            "Проверете двата идентификатора.",
        ),
    },
    "tr": {
        "member_merged": (
            "Zaten birleştirildi",
            "{member} üyesi {into} ile birleştirildi.",
            "Yönlendirdiği üyeyi kullanın ya da önce o birleştirmeyi geri alın.",
        ),
        "merge_of_one": (
            "Aynı üye",
            "İkisi de {member} üyesine çıkıyor; kimse kendisiyle birleştirilemez.",
            "Öteki üyeyi kendi tanıtıcısıyla belirtin.",
        ),
        "merge_held": (
            "Ayrılmış puan var",
            "{unit} biriminden {held} ayrılmış durumda ve bu hesaba ait.",
            "Önce ayrılanı kullanın ya da serbest bırakın.",
        ),
        "merge_waiting": (
            "Bekleyen olaylar var",
            "Üyenin {waiting} olayı bekliyor; bir iade alışverişini, bir düzeltme ikinci kişiyi bekler. İlki: {fact}.",
            "Önce alışverişi kaydedin ya da düzeltmeyi onaylayın veya reddedin.",
        ),
        "merge_debt": (
            "Toplam borç çok fazla",
            "Birlikte {unit} biriminden {owed} borçlu olurlar, en çok {most} olabilir.",
            "Önce borçlardan birini düzeltmeyle azaltın.",
        ),
        "merge_too_much": (
            "Bir üye için çok fazla",
            "Birlikte bir üyenin sahip olabileceği {most} sınırını aşıyorlar ({what}).",
            "Önce birinden birkaçını kaldırın.",
        ),
        "not_merged": (
            "Birleştirilmemiş",
            "{member} üyesi {into} ile birleştirilmiş değil; birleştirildiyse geri alındı.",
            "İki kimliği de denetleyin.",
        ),
    },
}  # fmt: skip
