"""What the style guide's pages for members and cashiers say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "members": Words("For members", "За членове", "Üyeler için"),
    "portal": Words("A page of the portal", "Страница на портала", "Portalın bir sayfası"),
    "till": Words("A page of the till", "Страница на касата", "Kasanın bir sayfası"),
    "rewards": Words("Rewards", "Награди", "Ödüller"),
    "home": Words("Home", "Начало", "Ana sayfa"),
    "card": Words("Card", "Карта", "Kart"),
    "history": Words("History", "История", "Geçmiş"),
    "me": Words("Me", "Аз", "Ben"),
    "hello": Words("Good morning, Ann", "Добро утро, Ан", "Günaydın Ann"),
    "code": Words("Your code at the till", "Вашият код на касата", "Kasadaki kodunuz"),
    "short": Words("660 more to go", "Още 660", "660 daha"),
    "gone": Words("None left", "Няма повече", "Kalmadı"),
    "espresso": Words("A free espresso", "Безплатно еспресо", "Ücretsiz espresso"),
    "beans": Words("A bag of beans", "Пакет кафе на зърна", "Bir paket çekirdek"),
    "to_gold": Words("280 points to gold", "280 точки до злато", "Altına 280 puan"),
    "silver": Words("Silver", "Сребро", "Gümüş"),
    "counted": Words("Keys and figures", "Клавиши и числа", "Tuşlar ve sayılar"),
    "amount": Words("Amount of the purchase", "Сума на покупката", "Alışveriş tutarı"),
    "record": Words("Give the points", "Дай точките", "Puanları ver"),
    "cashier": Words("Dora · Centre", "Дора · Център", "Dora · Merkez"),
    "share": Words("{share}% of the way to gold", "{share}% от пътя до злато", "Altına giden yolun %{share}’i"),
    "shells": Words("Whole pages", "Цели страници", "Tam sayfalar"),
    "pieces": Words("Pieces", "Части", "Parçalar"),
}
