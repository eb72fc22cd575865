"""The refusals of the test clock in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "clock_is_real": (
            "This clock is the real one",
            "The programme is live, so nobody moves its clock.",
            "Found a sandbox for trying things out: guerdon programme publish FILE --sandbox.",
        ),
        "clock_backwards": (
            "Time does not go back",
            "It is {now} in the programme, and {asked} is before that.",
            "Put the clock to a later instant.",
        ),
        "clock_step_too_large": (
            "Too far at once",
            "The clock moves by at most {most} days at a time.",
            "Go there in several steps.",
        ),
        "clock_unclear": (
            "Where to?",
            "Either an instant with its offset or a number of days is needed, not both.",
            "Send “now” or “advance”.",
        ),
    },
    "bg": {
        "clock_is_real": (
            "Този часовник е истинският",
            "Програмата е истинска и никой не мести часовника ѝ.",
            "Създайте пробна програма: guerdon programme publish FILE --sandbox.",
        ),
        "clock_backwards": (
            "Времето не се връща",
            "В програмата е {now}, а {asked} е преди това.",
            "Преместете часовника на по-късен момент.",
        ),
        "clock_step_too_large": (
            "Твърде далеч наведнъж",
            "Часовникът се мести с най-много {most} дни наведнъж.",
            "Стигнете дотам на няколко стъпки.",
        ),
        "clock_unclear": (
            "Накъде?",
            "Нужен е или момент с отместване, или брой дни, но не и двете.",
            "Изпратете „now“ или „advance“.",
        ),
    },
    "tr": {
        "clock_is_real": (
            "Bu saat gerçek saat",
            "Program canlıdır, saatini kimse ilerletemez.",
            "Denemek için bir deneme programı kurun: guerdon programme publish FILE --sandbox.",
        ),
        "clock_backwards": (
            "Zaman geri gitmez",
            "Programda saat {now}; {asked} bundan önce.",
            "Saati daha sonraki bir ana getirin.",
        ),
        "clock_step_too_large": (
            "Bir kerede çok uzak",
            "Saat bir kerede en fazla {most} gün ilerler.",
            "Oraya birkaç adımda gidin.",
        ),
        "clock_unclear": (
            "Nereye?",
            "Ya farkıyla birlikte bir an ya da gün sayısı gerekir, ikisi birden değil.",
            "“now” ya da “advance” gönderin.",
        ),
    },
}  # fmt: skip
