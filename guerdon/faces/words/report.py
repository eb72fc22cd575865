"""What reports of months say, besides the names of figures and of the columns of accountants."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "title": Words("{programme}: {month}", "{programme}: {month}", "{programme}: {month}"),
    "closed": Words(
        "The month was closed on {day}: these numbers of points never change.",
        "Месецът е приключен на {day}: тези числа на точките вече не се променят.",
        "Ay {day} tarihinde kapatıldı: puanlara ait bu sayılar artık değişmez.",
    ),
    "open": Words(
        "The month is over and not closed yet: what is told late can still change its numbers.",
        "Месецът е минал, но още не е приключен: късно дошлото може да промени числата му.",
        "Ay bitti ama henüz kapatılmadı: geç bildirilenler sayıları hâlâ değiştirebilir.",
    ),
    "seq": Words(
        "Counted up to number {seq} of the journal.",
        "Преброено до номер {seq} в дневника.",
        "Günlüğün {seq} numarasına kadar sayıldı.",
    ),
    # in short
    "short": Words("In short", "Накратко", "Kısaca"),
    "members": Words(
        "{active} different members were active in the 30 days up to the end of the month{compared}. {new} joined.",
        "Различните активни членове в 30-те дни до края на месеца са {active}{compared}. Присъединилите се са {new}.",
        "Ay sonuna kadarki 30 günde {active} farklı üye aktifti{compared}. Katılan: {new}.",
    ),
    "joined": Words("{new} joined.", "Присъединилите се са {new}.", "Katılan: {new}."),
    "bought": Words(
        "Members bought {times} times for {money}, less what came back{compared}.",
        "Броят на покупките е {times}, за {money} без върнатото{compared}.",
        "Üyeler {times} kez alışveriş yaptı; iadeler düşülünce tutar {money}{compared}.",
    ),
    "moved": Words(
        "{unit}: {issued} issued, {redeemed} redeemed, {expired} expired."
        " Members had {outstanding} at the end{compared}.",
        "{unit}: дадени {issued}, използвани {redeemed}, изтекли {expired}."
        " В края членовете имат {outstanding}{compared}.",
        "{unit}: {issued} verildi, {redeemed} kullanıldı, {expired} sona erdi."
        " Ay sonunda üyelerde {outstanding} vardı{compared}.",
    ),
    "worth": Words(
        "They are worth {money} to members.", "За членовете те струват {money}.", "Üyeler için değeri {money}."
    ),
    "deferred": Words(
        "Of the price of sales {closing} is deferred for them at the end; {recognised} became revenue in the month.",
        "От цената на продажбите в края за тях са отсрочени {closing}; признати за приход в месеца са {recognised}.",
        "Satış bedelinden ay sonunda bunlar için {closing} ertelendi; ayda {recognised} gelir yazıldı.",
    ),
    "soon": Words(
        "In {month} {points} end unless they are spent.",
        "Ако не се изхарчат, през {month} изтичат {points}.",
        "Harcanmazsa {month} ayında {points} sona erer.",
    ),
    "compared": Words(" ({changes})", " ({changes})", " ({changes})"),
    "against": Words("{change} against {month}", "{change} спрямо {month}", "{month} ayına göre {change}"),
    # figures
    "figures": Words("The numbers", "Числата", "Sayılar"),
    "figures_caption": Words(
        "The month beside the one before and the same month of the year before.",
        "Месецът до предишния и до същия месец на предишната година.",
        "Ay, bir önceki ay ve geçen yılın aynı ayıyla yan yana.",
    ),
    "column_figure": Words("Number", "Показател", "Gösterge"),
    "column_change": Words("Change", "Промяна", "Değişim"),
    "course": Words("Month by month", "Месец по месец", "Aydan aya"),
    "chart_about": Words(
        "{title} from {first} to {last}. The numbers stand in the table below.",
        "{title} от {first} до {last}. Числата са в таблицата по-долу.",
        "{first} – {last}: {title}. Sayılar aşağıdaki tabloda.",
    ),
    "chart_points": Words(
        "{unit}: issued and redeemed", "{unit}: дадени и използвани", "{unit}: verilen ve kullanılan"
    ),
    "chart_outstanding": Words("{unit}: what members have", "{unit}: у членовете", "{unit}: üyelerde olan"),
    "course_caption": Words(
        "The numbers behind the charts.", "Числата зад графиките.", "Grafiklerin arkasındaki sayılar."
    ),
    # points
    "points": Words("Points owed", "Дължими точки", "Puan borcu"),
    "points_caption": Words(
        "{unit}: the opening and all that moved come to the closing.",
        "{unit}: началото и всичко, което се е движило, дават края.",
        "{unit}: açılış ile hareket eden her şey kapanışı verir.",
    ),
    "late_row": Words("Of it of prior months", "От това за предишни месеци", "Bunun önceki aylara ait kısmı"),
    "deferred_title": Words("Deferred revenue", "Отсрочени приходи", "Ertelenmiş gelir"),
    "deferred_caption": Words(
        "{unit}: the part of sales that is for points still to be redeemed (IFRS 15, ASC 606).",
        "{unit}: частта от продажбите за точки, които тепърва ще бъдат използвани (МСФО 15, ASC 606).",
        "{unit}: satışların, henüz kullanılmamış puanlara düşen kısmı (TFRS 15, ASC 606).",
    ),
    # what ends
    "ends": Words("What ends next", "Какво изтича", "Sıradaki sona ermeler"),
    "ends_caption": Words(
        "Points that end unless they are spent, as the night of {at} saw it.",
        "Точките, които изтичат, ако не се изхарчат, както ги видя нощта на {at}.",
        "Harcanmazsa sona erecek puanlar; {at} gecesinin gördüğü gibi.",
    ),
    "column_points": Words("Points", "Точки", "Puanlar"),
    "ends_none": Words(
        "No points end in the months to come.",
        "През следващите месеци не изтичат точки.",
        "Önümüzdeki aylarda sona erecek puan yok.",
    ),
    "ends_unknown": Words(
        "No night has looked ahead yet.", "Никоя нощ още не е гледала напред.", "Henüz hiçbir gece ileriye bakmadı."
    ),
    "meaning": Words("What the numbers mean", "Какво значат числата", "Sayıların anlamı"),
}
