"""What the portal says around the rules of a programme, which tell themselves."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("How it works", "Как работи", "Nasıl çalışır"),
    "about": Words(
        "This page is written by the rules that count your points, so it is never out of date.",
        "Тази страница я пишат самите правила, които броят точките ви, затова винаги е вярна.",
        "Bu sayfayı puanlarınızı sayan kuralların kendisi yazar; bu yüzden hiç eskimez.",
    ),
    "examples": Words("For example", "Например", "Örneğin"),
    "example": Words("{money} gives {points}.", "{money} носят {points}.", "{money}: {points}."),
    "example_first": Words(
        "The first purchase of {money}: {points}.",
        "Първа покупка за {money}: {points}.",
        "{money} tutarındaki ilk alışveriş: {points}.",
    ),
    "example_of": Words(
        "{money} of {goods}: {points}.", "{money} за {goods}: {points}.", "{money} tutarında {goods}: {points}."
    ),
    "example_tier": Words(
        "{money} with the tier {tier}: {points}.",
        "{money} с ниво {tier}: {points}.",
        "{tier} seviyesiyle {money}: {points}.",
    ),
    "example_kind": Words("{kind}: {points}.", "{kind}: {points}.", "{kind}: {points}."),
    "brief": Words("In short", "Накратко", "Kısaca"),
    "worth": Words(
        "{points}: worth {money} as rewards.", "{points}: {money} като награди.", "{points}: ödül olarak {money}."
    ),
    "pays": Words(
        "{points}: pay {money} of a purchase.",
        "{points}: плащат {money} от покупка.",
        "{points}: bir alışverişin {money} kadarını öder.",
    ),
    "asked": Words(
        "Something is missing or unclear?", "Нещо липсва или не е ясно?", "Eksik ya da belirsiz bir şey mi var?"
    ),
}
