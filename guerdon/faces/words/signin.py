"""What the pages and the letter of signing in say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "sign_in": Words("Sign in", "Вход", "Giriş"),
    "email": Words("Your e-mail", "Вашият имейл", "E-posta adresiniz"),
    "send": Words("Send me a code", "Изпратете ми код", "Bana kod gönder"),
    "or": Words("or", "или", "veya"),
    "passkey": Words("Use a passkey", "Влез с ключ за достъп", "Geçiş anahtarı kullan"),
    "with_password": Words("With a password, for staff", "С парола, за персонала", "Parolayla, personel için"),
    "with_code": Words("With a code by e-mail", "С код по имейл", "E-postayla gelen kodla"),
    "your_password": Words("Password", "Парола", "Parola"),
    "code": Words("The code", "Кодът", "Kod"),
    "code_sent": Words("Look into your mail", "Вижте пощата си", "Postanıza bakın"),
    "code_sent_about": Words(
        "We sent 8 digits to {email}. They come within a minute; look among unwanted mail, too.",
        "Изпратихме 8 цифри на {email}. Идват до минута; вижте и в нежеланата поща.",
        "{email} adresine 8 rakam gönderdik. Bir dakika içinde gelir; istenmeyen postalara da bakın.",
    ),
    "go_on": Words("Go on", "Продължете", "Devam et"),
    "other_address": Words("Another address", "Друг адрес", "Başka bir adres"),
    "staff_about": Words(
        "For those who work here. A second factor follows.",
        "За тези, които работят тук. Следва втори фактор.",
        "Burada çalışanlar için. Ardından ikinci doğrulama gelir.",
    ),
    "waits": Words(
        "Purchases wait on this device to be sent. They stay here until whoever typed them signs in at the till again.",
        "На устройството чакат покупки за изпращане. Остават тук, докато който ги е въвел, влезе пак в касата.",
        "Bu cihazda gönderilmeyi bekleyen alışverişler var. Yazan kişi kasada yeniden oturum açana dek burada kalır.",
    ),
    "sign_out": Words("Sign out", "Изход", "Çıkış"),
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
    "sessions": Words("Where you are signed in", "Къде сте влезли", "Açık oturumlar"),
    "session_here": Words("This one", "Този тук", "Bu oturum"),
    "session_seen": Words("last seen {when} UTC, from {ip}", "последно {when} UTC, от {ip}", "son {when} UTC, {ip}"),
    "session_end": Words("End", "Прекрати", "Kapat"),
    "sessions_end": Words("End all others", "Прекрати всички други", "Diğerlerinin tümünü kapat"),
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
