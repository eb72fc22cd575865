"""What the pages of second factors, and of showing again who one is, say."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "again": Words("Show again who you are", "Потвърдете отново кой сте", "Kim olduğunuzu yeniden gösterin"),
    "again_about": Words(
        "What follows matters, so we ask once more. You stay signed in, and what you typed waits for you.",
        "Следва нещо важно, затова питаме още веднъж. Оставате влезли, а въведеното ви чака.",
        "Sıradaki işlem önemli, bu yüzden bir kez daha soruyoruz. Oturumunuz açık kalır, yazdıklarınız sizi bekler.",
    ),
    "by_app": Words("With a code of your app", "С код от приложението ви", "Uygulamanızdaki kodla"),
    "by_passkey": Words("With your passkey", "С вашия ключ за достъп", "Geçiş anahtarınızla"),
    "by_password": Words("With your password", "С паролата ви", "Parolanızla"),
    "by_code": Words("With a code by e-mail", "С код по имейл", "E-postayla gelen kodla"),
    "by_demo": Words("It is me", "Аз съм", "Benim"),
    "by_demo_about": Words(
        "This is the demo: you came in by its link and have no password, so one click is enough.",
        "Това е демонстрацията: влезли сте с нейната връзка и нямате парола, затова стига едно натискане.",
        "Bu bir deneme: bağlantısıyla geldiniz, parolanız yok; tek tıklama yeter.",
    ),
    "no_way": Words("Ask for a new link", "Поискайте нова връзка", "Yeni bir bağlantı isteyin"),
    "no_way_about": Words(
        "You came in by a link. Whoever runs this installation makes a new one at the command line:",
        "Влезли сте с връзка. Който управлява инсталацията, прави нова от командния ред:",
        "Bir bağlantıyla geldiniz. Bu kurulumu yöneten kişi komut satırında yenisini yapar:",
    ),
    "set_up": Words("Set up a second factor", "Настройте втори фактор", "İkinci doğrulamayı kurun"),
    "new_code": Words("Send me a new code", "Изпратете ми нов код", "Bana yeni bir kod gönder"),
    "code_wrong": Words(
        "It is not this code, or it is too old. Type the last one that came, or let us send a new one.",
        "Кодът не е този или е твърде стар. Въведете последния получен или поискайте нов.",
        "Kod bu değil ya da süresi geçti. Son gelen kodu yazın ya da yenisini isteyin.",
    ),
    "go_on": Words(
        "Thank you. Shall it be done now?", "Благодарим. Да го направим ли?", "Teşekkürler. Şimdi yapılsın mı?"
    ),
    "go_on_about": Words(
        "What you sent has waited here. Nothing has been done yet.",
        "Изпратеното изчака тук. Още нищо не е направено.",
        "Gönderdiğiniz burada bekledi. Henüz hiçbir şey yapılmadı.",
    ),
    "go_on_sent": Words("What was sent", "Какво беше изпратено", "Gönderilen"),
    "go_on_yes": Words("Yes, do it now", "Да, сега", "Evet, şimdi yap"),
    "second": Words("Second factor", "Втори фактор", "İkinci doğrulama"),
    "second_about": Words(
        "Beside what you know, something that you have: an app on your phone, or a passkey.",
        "Освен това, което знаете, и нещо, което имате: приложение на телефона или ключ за достъп.",
        "Bildiğinizin yanında sahip olduğunuz bir şey: telefonunuzda bir uygulama ya da geçiş anahtarı.",
    ),
    "shown": Words(
        "You have shown your second factor.", "Показахте втория си фактор.", "İkinci doğrulamanızı gösterdiniz."
    ),
    "asked": Words(
        "That page needs a second factor", "За тази страница трябва втори фактор", "O sayfa ikinci doğrulama ister"
    ),
    "asked_show": Words(
        "You have one. Show it, and you are led on.",
        "Имате такъв. Покажете го и ще продължите.",
        "Sizde var. Gösterin, devam edersiniz.",
    ),
    "asked_set_up": Words(
        "Whoever works here has one. Choose an app or a passkey; it takes a minute, and you are led on.",
        "Всеки, който работи тук, има такъв. Изберете приложение или ключ; отнема минута и ще продължите.",
        "Burada çalışan herkesin vardır. Uygulama ya da geçiş anahtarı seçin; bir dakika sürer, sonra devam edersiniz.",
    ),
    "show": Words("Show it now", "Покажете го сега", "Şimdi göster"),
    "app": Words("An app on your phone", "Приложение на телефона", "Telefonunuzda bir uygulama"),
    "app_about": Words(
        "It shows six digits that change every half minute. Any app for this will do.",
        "Показва шест цифри, които се сменят на половин минута. Става всяко такова приложение.",
        "Yarım dakikada bir değişen altı rakam gösterir. Bunun için her uygulama olur.",
    ),
    "app_on": Words("It is set up.", "Настроено е.", "Kuruldu."),
    "app_begin": Words("Set up an app", "Настройте приложение", "Uygulama kur"),
    "app_end": Words("Do without the app", "Без приложението", "Uygulamayı kaldır"),
    "app_scan": Words(
        "Let the app look at this picture, then type the six digits that it shows.",
        "Насочете приложението към картинката и въведете шестте цифри, които показва.",
        "Uygulamayı bu resme tutun, sonra gösterdiği altı rakamı yazın.",
    ),
    "app_qr": Words("What the app reads", "Това, което приложението чете", "Uygulamanın okuduğu"),
    "app_secret": Words("Or type this into the app", "Или въведете това в приложението", "Ya da bunu uygulamaya yazın"),
    "app_secret_about": Words(
        "It is a secret: whoever has it has your second factor.",
        "Тайна е: който я има, има втория ви фактор.",
        "Gizlidir: onu bilen ikinci doğrulamanıza sahip olur.",
    ),
    "app_code": Words("Six digits", "Шест цифри", "Altı rakam"),
    "app_code_about": Words(
        "Type the digits that your app shows, or one of your recovery codes.",
        "Въведете цифрите от приложението или един от кодовете за възстановяване.",
        "Uygulamanızın gösterdiği rakamları ya da kurtarma kodlarınızdan birini yazın.",
    ),
    "end_about": Words(
        "It opens nothing any more. If it was the last one, you are asked to set up another.",
        "Вече нищо няма да отваря. Ако е последният, ще ви помолим да настроите друг.",
        "Artık hiçbir şey açmaz. Sonuncusuysa başka birini kurmanız istenir.",
    ),
    "passkeys": Words("Passkeys", "Ключове за достъп", "Geçiş anahtarları"),
    "passkeys_about": Words(
        "Your phone, your computer or a small key shows that it is you, by a finger, a face or a touch.",
        "Телефонът, компютърът или малък ключ показва, че сте вие – с пръст, лице или докосване.",
        "Telefonunuz, bilgisayarınız ya da küçük bir anahtar, parmak, yüz veya dokunuşla siz olduğunuzu gösterir.",
    ),
    "passkeys_on": Words("You have {number}.", "Имате {number}.", "{number} tane var."),
    "passkey_add": Words("Add a passkey", "Добавете ключ за достъп", "Geçiş anahtarı ekle"),
    "passkey_numbered": Words("Passkey {number}", "Ключ за достъп {number}", "Geçiş anahtarı {number}"),
    "passkey_name": Words("What you call it", "Как го наричате", "Ona verdiğiniz ad"),
    "passkey_rename": Words("Rename it", "Преименувай", "Adını değiştir"),
    "passkey_end": Words("Do without it", "Премахни", "Kaldır"),
    "passwordless": Words(
        "Sign in with it alone, without a password or a code",
        "Вход само с него, без парола или код",
        "Parola ya da kod olmadan yalnızca onunla giriş yap",
    ),
    "codes": Words("Recovery codes", "Кодове за възстановяване", "Kurtarma kodları"),
    "codes_about": Words(
        "For the day when your phone is lost. Each opens once. Keep them on paper or in a safe place.",
        "За деня, в който изгубите телефона си. Всеки отваря веднъж. Пазете ги на хартия или на сигурно място.",
        "Telefonunuzu kaybettiğiniz gün için. Her biri bir kez açar. Kâğıtta ya da güvenli bir yerde saklayın.",
    ),
    "see": Words("See them", "Вижте ги", "Gör"),
    "codes_new": Words("Make new ones", "Направете нови", "Yenilerini yap"),
    "codes_old": Words("Those you have open nothing then.", "Старите вече няма да отварят.", "Eskiler artık açmaz."),
    "codes_file": Words("As a file", "Като файл", "Dosya olarak"),
}
