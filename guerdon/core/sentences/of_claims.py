"""The texts of claims in each language, which their languages take in."""

from typing import Final

ENGLISH: Final = {
    "support": "Claims are answered within {hours}; settled ones can be reopened once within {days}.",
    "support.tier": "Claims of “{tier}” have priority {priority}.",
    "support.tier.hours": "Claims of “{tier}” have priority {priority} and are answered within {hours}.",
    "support.answers": "Clerks have these answers ready: {answers}.",
    "what.support": "Claims",
    "what.answers": "Ready answers",
}

BULGARIAN: Final = {
    "support": "На заявленията се отговаря до {hours}; приключените може да се отворят отново веднъж до {days}.",
    "support.tier": "Заявленията на „{tier}“ са с приоритет {priority}.",
    "support.tier.hours": "Заявленията на „{tier}“ са с приоритет {priority} и на тях се отговаря до {hours}.",
    "support.answers": "Служителите имат готови отговори: {answers}.",
    "what.support": "Заявления",
    "what.answers": "Готови отговори",
}

TURKISH: Final = {
    "support": "Başvurular {hours} içinde yanıtlanır; sonuçlananlar {days} içinde bir kez yeniden açılabilir.",
    "support.tier": "“{tier}” başvurularının önceliği {priority}.",
    "support.tier.hours": "“{tier}” başvurularının önceliği {priority}, yanıt süresi {hours}.",
    "support.answers": "Görevlilerin hazır yanıtları: {answers}.",
    "what.support": "Başvurular",
    "what.answers": "Hazır yanıtlar",
}
