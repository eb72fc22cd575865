"""The refusals of transfers and donations in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "transfers_off": (
            "Not passed on",
            "In this programme members can't pass {unit} on to each other.",
            "Name a unit that can be sent; the programme says which.",
        ),
        "transfer_to_self": (
            "Sender and receiver are the same",
            "Nobody can send points to themselves.",
            "Name another member in “to”.",
        ),
        "transfer_too_small": (
            "Too few points",
            "{points} {unit} were to be sent; at least {minimum} go at once.",
            "Send more at once.",
        ),
        "transfer_limit": (
            "Limit of sending reached",
            "{asked} {unit} were to be sent, but of {most} per {window} only {left} are left.",
            "Send less, or wait for the next {window}.",
        ),
        "transfer_pair_limit": (
            "Limit between two members reached",
            "{asked} {unit} were to be sent, but of {most} per {window} for one receiver only {left} are left.",
            "Send less, or wait for the next {window}.",
        ),
        "transfer_unknown": ("Unknown transfer", "There is no transfer {id}.", "Check the id."),
        "transfer_settled": (
            "Already settled",
            "This transfer can't be changed any more; it is {state}.",
            "Make a new transfer.",
        ),
        "offer_lapsed": ("Offer over", "This offer could be taken until {until}.", "Make a new transfer."),
        "cause_unknown": (
            "Unknown cause",
            "The programme has no cause “{cause}”.",
            "Use one of these: {known}.",
        ),
        "donation_unknown": ("Unknown donation", "There is no donation {id}.", "Check the id."),
    },
    "bg": {
        "transfers_off": (
            "Не се прехвърля",
            "В тази програма членовете не могат да си прехвърлят {unit}.",
            "Посочете единица, която може да се изпраща; програмата казва коя.",
        ),
        "transfer_to_self": (
            "Изпращачът и получателят са един и същ",
            "Никой не може да изпраща точки на себе си.",
            "Посочете друг член в „to“.",
        ),
        "transfer_too_small": (
            "Твърде малко точки",
            "Щяха да се изпратят {points} {unit}, а наведнъж минават поне {minimum}.",
            "Изпратете повече наведнъж.",
        ),
        "transfer_limit": (
            "Лимитът за изпращане е достигнат",
            "Щяха да се изпратят {asked} {unit}, но от {most} за периода ({window}) остават само {left}.",
            "Изпратете по-малко или изчакайте следващия период.",
        ),
        "transfer_pair_limit": (
            "Лимитът между двама членове е достигнат",
            "Щяха да се изпратят {asked} {unit}, но от {most} за един получател за периода ({window}) остават само"
            " {left}.",
            "Изпратете по-малко или изчакайте следващия период.",
        ),
        "transfer_unknown": ("Непознато прехвърляне", "Няма прехвърляне {id}.", "Проверете идентификатора."),
        "transfer_settled": (
            "Вече е приключено",
            "Това прехвърляне не може повече да се променя; състоянието му е: {state}.",
            "Направете ново прехвърляне.",
        ),
        "offer_lapsed": (
            "Предложението е изтекло",
            "Това предложение можеше да се приеме до {until}.",
            "Направете ново прехвърляне.",
        ),
        "cause_unknown": (
            "Непозната кауза",
            "Програмата няма кауза „{cause}“.",
            "Използвайте една от тези: {known}.",
        ),
        "donation_unknown": ("Непознато дарение", "Няма дарение {id}.", "Проверете идентификатора."),
    },
    "tr": {
        "transfers_off": (
            "Gönderilemez",
            "Bu programda üyeler birbirine {unit} gönderemez.",
            "Gönderilebilen bir birim yazın; hangisi olduğunu program söyler.",
        ),
        "transfer_to_self": (
            "Gönderen ve alıcı aynı",
            "Kimse kendine puan gönderemez.",
            "“to” alanına başka bir üye yazın.",
        ),
        "transfer_too_small": (
            "Puan çok az",
            "{points} {unit} gönderilecekti; bir kerede en az {minimum} gönderilir.",
            "Bir kerede daha çok gönderin.",
        ),
        "transfer_limit": (
            "Gönderme sınırına ulaşıldı",
            "{asked} {unit} gönderilecekti, ama dönemlik ({window}) {most} sınırından yalnızca {left} kaldı.",
            "Daha azını gönderin ya da sonraki dönemi bekleyin.",
        ),
        "transfer_pair_limit": (
            "İki üye arasındaki sınıra ulaşıldı",
            "{asked} {unit} gönderilecekti, ama bir alıcı için dönemlik ({window}) {most} sınırından yalnızca {left}"
            " kaldı.",
            "Daha azını gönderin ya da sonraki dönemi bekleyin.",
        ),
        "transfer_unknown": ("Bilinmeyen gönderim", "{id} diye bir gönderim yok.", "Kimliği denetleyin."),
        "transfer_settled": (
            "Zaten sonuçlandı",
            "Bu gönderim artık değiştirilemez; durumu: {state}.",
            "Yeni bir gönderim yapın.",
        ),
        "offer_lapsed": (
            "Teklifin süresi doldu",
            "Bu teklif {until} tarihine kadar alınabilirdi.",
            "Yeni bir gönderim yapın.",
        ),
        "cause_unknown": (
            "Bilinmeyen amaç",
            "Programda “{cause}” diye bir amaç yok.",
            "Şunlardan birini kullanın: {known}.",
        ),
        "donation_unknown": ("Bilinmeyen bağış", "{id} diye bir bağış yok.", "Kimliği denetleyin."),
    },
}  # fmt: skip
