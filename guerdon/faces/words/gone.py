"""What is said where something that an address names is not there."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "alert": Words("There is no such alert", "Няма такъв сигнал", "Böyle bir uyarı yok"),
    "member": Words("There is no such member", "Няма такъв член", "Böyle bir üye yok"),
    "request": Words("There is no such request", "Няма такова искане", "Böyle bir istek yok"),
    "card": Words("There is no such gift card", "Няма такава карта за подарък", "Böyle bir hediye kartı yok"),
    "claim": Words("There is no such claim", "Няма такава заявка", "Böyle bir talep yok"),
    "photo": Words("There is no such photo", "Няма такава снимка", "Böyle bir fotoğraf yok"),
    "month": Words("This month is not closed", "Този месец не е приключен", "Bu ay kapatılmamış"),
    "draft": Words("There is no such draft", "Няма такава чернова", "Böyle bir taslak yok"),
    "figure": Words("There is no such figure", "Няма такъв показател", "Böyle bir gösterge yok"),
    "redemption": Words("There is no such redeemed reward", "Няма такава взета награда", "Böyle alınmış bir ödül yok"),
    "key": Words("There is no such API key", "Няма такъв API ключ", "Böyle bir API anahtarı yok"),
    "membership": Words("There is no such membership", "Няма такова членство", "Böyle bir üyelik yok"),
    "plan": Words("There is no such plan", "Няма такъв план", "Böyle bir plan yok"),
    "ladder": Words("There is no such ladder", "Няма такава стълбица", "Böyle bir merdiven yok"),
    "reward": Words("There is no such reward", "Няма такава награда", "Böyle bir ödül yok"),
    "rule": Words("There is no such rule", "Няма такова правило", "Böyle bir kural yok"),
    "segment": Words("There is no such segment", "Няма такъв сегмент", "Böyle bir segment yok"),
    "setting": Words("There are no such settings", "Няма такива настройки", "Böyle ayarlar yok"),
    "person": Words("There is no such person here", "Няма такъв човек тук", "Burada böyle biri yok"),
    "invitation": Words("There is no such invitation", "Няма такава покана", "Böyle bir davet yok"),
    "grant": Words("No such tier was given", "Няма такова дадено ниво", "Böyle bir seviye verilmedi"),
    "version": Words("There is no such version", "Няма такава версия", "Böyle bir sürüm yok"),
    "voucher": Words("There is no such voucher", "Няма такъв ваучер", "Böyle bir kupon yok"),
    "job": Words("There is no such work", "Няма такава работа", "Böyle bir iş yok"),
    "letter": Words("There is no such letter", "Няма такова писмо", "Böyle bir mektup yok"),
    "cost": Words("There is no such entry", "Няма такъв запис", "Böyle bir kayıt yok"),
    "objective": Words("There is no such objective", "Няма такава цел", "Böyle bir hedef yok"),
    "what_if": Words("Nobody asked this", "Никой не е питал това", "Bunu kimse sormadı"),
    "purchase": Words("There is no such purchase", "Няма такава покупка", "Böyle bir alışveriş yok"),
    "activity": Words("There is no such entry", "Няма такъв запис", "Böyle bir kayıt yok"),
    "transfer": Words(
        "There are no such points on their way", "Няма такива изпратени точки", "Böyle gönderilmiş puan yok"
    ),
    "sought": Words("You looked for “{told}”.", "Търсихте „{told}“.", "“{told}” aradınız."),
    "about": Words(
        "It may be gone, or the address is not quite right. Look for it in the list.",
        "Може вече да го няма или адресът да не е съвсем верен. Потърсете в списъка.",
        "Artık olmayabilir ya da adres tam doğru değildir. Listede arayın.",
    ),
    "to_list": Words("To the list", "Към списъка", "Listeye"),
}
