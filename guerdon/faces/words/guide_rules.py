"""What the style guide's rules and charts say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "sentence": Words("A rule as a sentence", "Правило като изречение", "Cümle gibi bir kural"),
    "when": Words("When", "Когато има", "Şu olduğunda:"),
    "if": Words("and the store is", "и магазинът е", "ve mağaza şuysa:"),
    "give": Words("give", "дай", "ver:"),
    "points_per": Words("points per", "точки на всеки", "puan, her"),
    "up_to": Words("EUR, up to", "EUR, най-много", "EUR için, en çok"),
    "a_day": Words("points a day.", "точки на ден.", "puan günde."),
    "trigger": Words("What happens", "Какво се случва", "Ne olur"),
    "purchase": Words("a purchase", "покупка", "alışveriş"),
    "review": Words("a review", "отзив", "yorum"),
    "birthday": Words("a birthday", "рожден ден", "doğum günü"),
    "store": Words("Store", "Магазин", "Mağaza"),
    "amount": Words("Points", "Точки", "Puan"),
    "each": Words("For each", "На всеки", "Her"),
    "most": Words("At most", "Най-много", "En çok"),
    "tree": Words("Conditions", "Условия", "Koşullar"),
    "matches": Words("It counts for", "Важи за", "Geçerli olduğu:"),
    "leaf_tier": Words("the tier is", "нивото е", "seviye:"),
    "leaf_spend": Words("the purchase is over", "покупката е над", "alışveriş şundan fazla:"),
    "leaf_first": Words("it is the first purchase", "това е първата покупка", "ilk alışveriş"),
    "diff": Words("What changes", "Какво се променя", "Ne değişiyor"),
    "line_same": Words("When there is a purchase,", "Когато има покупка,", "Alışveriş olduğunda"),
    "line_removed": Words("give 1 point per 1 EUR.", "дай 1 точка на 1 EUR.", "her 1 EUR için 1 puan ver."),
    "line_added": Words(
        "give 2 points per 1 EUR, up to 100 a day.",
        "дай 2 точки на 1 EUR, най-много 100 на ден.",
        "her 1 EUR için 2 puan ver, günde en çok 100.",
    ),
    "done": Words("Done: {what}", "Направено: {what}", "Yapıldı: {what}"),
    "earned_chart": Words("Points earned a day", "Спечелени точки на ден", "Günlük kazanılan puan"),
    "earned": Words("Earned", "Спечелени", "Kazanılan"),
    "before": Words("Four weeks before", "Четири седмици по-рано", "Dört hafta önce"),
    "burned": Words("Spent", "Похарчени", "Harcanan"),
    "ended": Words("Ended", "Изтекли", "Süresi dolan"),
    "vouchers_chart": Words("Vouchers used a week", "Използвани ваучери на седмица", "Haftalık kullanılan kupon"),
    "vouchers": Words("Vouchers", "Ваучери", "Kuponlar"),
    "out_chart": Words(
        "How points left, by week", "Как си отиват точките, по седмици", "Puanlar nasıl gitti, haftalık"
    ),
    "beside_chart": Words("The same, side by side", "Същото, едно до друго", "Aynısı, yan yana"),
    "choices_plot": Words("What can be chosen", "Между какво може да се избира", "Neler seçilebilir"),
    "day": Words("Day", "Ден", "Gün"),
    "week": Words("Week", "Седмица", "Hafta"),
    "may": Words("{day} May", "{day} май", "{day} Mayıs"),
    "week_number": Words("Week {number}", "Седмица {number}", "{number}. hafta"),
}
