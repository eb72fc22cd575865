"""What the pages and the letter of signing in say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "sign_in": Words("Sign in", "Вход", "Giriş"),
    "sign_out": Words("Sign out", "Изход", "Çıkış"),
    "code_subject": Words("{code} is your code", "{code} е вашият код", "Kodunuz: {code}"),
    "code_text": Words(
        "Your code to sign in is {code}. It can be used for 15 minutes. If you did not ask for it, somebody mistyped an"
        " address: nothing happens without the code.",
        "Вашият код за вход е {code}. Валиден е 15 минути. Ако не сте го искали, някой е сбъркал адрес: без кода не"
        " става нищо.",
        "Giriş kodunuz {code}. 15 dakika geçerlidir. Siz istemediyseniz biri adresi yanlış yazmıştır: kod olmadan"
        " hiçbir şey olmaz.",
    ),
    "code_about": Words(
        "We send a code to your e-mail. There is no password to remember.",
        "Изпращаме код на имейла ви. Няма парола за помнене.",
        "E-postanıza bir kod göndeririz. Hatırlanacak parola yok.",
    ),
    "invited": Words("You are invited", "Поканени сте", "Davetlisiniz"),
    "invited_about": Words(
        "{by} invites {name} to {programme} as {role}.",
        "{by} кани {name} в {programme} като {role}.",
        "{by}, {name} adlı kişiyi {programme} programına {role} olarak davet ediyor.",
    ),
    "invited_next": Words(
        "Accept, then choose a password and a second factor. It takes two minutes.",
        "Приемете, после изберете парола и втори фактор. Отнема две минути.",
        "Kabul edin, sonra bir parola ve ikinci bir doğrulama seçin. İki dakika sürer.",
    ),
    "accept": Words("Accept", "Приемам", "Kabul et"),
    "password": Words("New password", "Нова парола", "Yeni parola"),
    "password_about": Words(
        "At least 12 characters. Four words that only you put together are best.",
        "Поне 12 знака. Най-добри са четири думи, които само вие събирате.",
        "En az 12 karakter. Yalnızca sizin bir araya getirdiğiniz dört kelime en iyisidir.",
    ),
    "save": Words("Save", "Запази", "Kaydet"),
    "places": Words("Where to?", "Накъде?", "Nereye?"),
    "places_none": Words("Nothing here for you yet", "Тук още няма нищо за вас", "Burada henüz size göre bir şey yok"),
    "places_none_about": Words(
        "You are signed in, but no programme knows this address. Join one at its page, or ask for an invitation.",
        "Влезли сте, но никоя програма не познава този адрес. Включете се в програма или поискайте покана.",
        "Giriş yaptınız ama hiçbir program bu adresi tanımıyor. Bir programa sayfasından katılın ya da davet isteyin.",
    ),
    "security": Words("Second factor", "Втори фактор", "İkinci doğrulama"),
    "sessions": Words("Where you are signed in", "Къде сте влезли", "Açık oturumlar"),
    "as_owner": Words("Owner", "Собственик", "Sahip"),
    "as_manager": Words("Manager", "Управител", "Yönetici"),
    "as_marketer": Words("Marketing", "Маркетинг", "Pazarlama"),
    "as_analyst": Words("Analyst", "Анализатор", "Analist"),
    "as_finance": Words("Finance", "Финанси", "Finans"),
    "as_support": Words("Support", "Поддръжка", "Destek"),
    "as_cashier": Words("Cashier", "Касиер", "Kasiyer"),
    "as_partner": Words("Partner", "Партньор", "İş ortağı"),
    "as_member": Words("Member", "Член", "Üye"),
    "back": Words("Back", "Назад", "Geri"),
}
