"""Türkçe retler."""

from typing import Final

# code → headline, what happened and why (with the facts of the refusal), what to do about it
SENTENCES: Final[dict[str, tuple[str, str, str]]] = {
    # --- activities ---
    "activity_before_programme": (
        "Program başlamadan önce",
        "Etkinlik {occurred_at} anında olmuş; programın ilk sürümü {first} anından beri yürürlükte.",
        "Tarihi denetleyin ya da o zaman yürürlükte olan bir sürüm yayımlayın.",
    ),
    "activity_in_future": (
        "Gelecekten",
        "Etkinliğin {occurred_at} anında olduğu bildirildi, oysa şimdi daha {now}.",
        "Gönderen sistemin saatini ve saat dilimini denetleyin.",
    ),
    "activity_invalid": (
        "Etkinlik kabul edilmedi",
        "Etkinliğin “{pointer}” alanı doğru değil: {reason}.",
        "Düzeltip etkinliği yeniden gönderin.",
    ),
    "activity_kind_unknown": (
        "Bilinmeyen etkinlik türü",
        "Program “{kind}” türünde bir etkinlik tanımıyor.",
        "Şunlardan birini gönderin: {known}; ya da türü program dosyasına ekleyin.",
    ),
    "activity_unknown": (
        "Böyle bir etkinlik yok",
        "Bu programda {id} etkinliği yok.",
        "Kimliği denetleyin; başka programların etkinlikleri bu anahtarla görülmez.",
    ),
    "adjustment_unknown": (
        "Böyle bir düzeltme yok",
        "Bu programda {id} düzeltmesi yok.",
        "Kimliği denetleyin; başka programların düzeltmeleri bu anahtarla görülmez.",
    ),
    "already_returned": (
        "Zaten iade edildi",
        "{purchase} alışverişi daha önce tümüyle iade edildi.",
        "Bunun için geri alınacak başka bir şey yok.",
    ),
    "award_too_large": (
        "Bir kerede çok fazla puan",
        "Bu, tek bir kazanımın alabileceğinden çok {unit} verirdi: en küçük adımla {most}.",
        "Etkinliğin tutarlarını ve kuralların bunlar için ne verdiğini denetleyin.",
    ),
    "currency_unknown": (
        "Bilinmeyen para birimi",
        "Programda “{currency}” için kur yok.",
        "Şunlardan birini kullanın: {known}; ya da program dosyasına kur ekleyin.",
    ),
    "return_not_whole": (
        "Yalnızca tam iade",
        "İade, {purchase} alışverişinin tamamından başka bir şeyi geri veriyor.",
        "Alışverişin tamamını iade edin: satırları ve tutarı yazmayın.",
    ),
    "return_of_another": (
        "Başka üyenin alışverişi",
        "{purchase} alışverişi, iade edenden başka bir üyeye ait.",
        "İadeyi alışverişi yapan üye için gönderin.",
    ),
    "return_unnamed": (
        "Neyin iadesi?",
        "İade, hangi alışverişin geri verildiğini söylemiyor.",
        "Alışverişi “returns” içinde external_id ile belirtin.",
    ),
    # --- members ---
    "etag_missing": (
        "If-Match gerekli",
        "Bir değişiklik, başkasının değişikliğini silmemek için üyenin hangi durumundan yola çıktığını söylemelidir.",
        "Üyeyi okuyun ve ETag değerini If-Match başlığında gönderin.",
    ),
    "etag_outdated": (
        "Bu arada değişti",
        "Siz okuduktan sonra biri üyeyi değiştirdi: gördüğünüz durum {expected}, şimdiki {got}.",
        "Üyeyi yeniden okuyun ve değişikliği yeni durum üzerinde yineleyin.",
    ),
    "identifier_invalid": (
        "Tanıtıcı kabul edilmedi",
        "Gönderilen {kind} doğru değil: {reason}.",
        "Düzeltip yeniden deneyin.",
    ),
    "identifier_taken": (
        "Tanıtıcı kullanımda",
        "Bu {kind} zaten başka bir üyeye ait.",
        "O üyeyi bu tanıtıcıyla arayın ya da başka bir tanıtıcı kullanın.",
    ),
    "member_invalid": (
        "Üye kabul edilmedi",
        "Üyenin “{pointer}” alanı doğru değil: {reason}.",
        "Düzeltip yeniden deneyin.",
    ),
    "member_not_active": (
        "Üye etkin değil",
        "Üye puan kazanamaz ve harcayamaz: durumu “{status}”.",
        "Önce durumu etkin (active) yapın.",
    ),
    "member_unknown": (
        "Böyle bir üye yok",
        "Bu programın hiçbir üyesinde bu {kind} yok.",
        "Tanıtıcıyı denetleyin ya da önce üyeyi kaydedin.",
    ),
    # --- points ---
    "insufficient_points": (
        "Puan yetersiz",
        "{asked} {unit} istendi, ama şu anda yalnızca {available} harcanabilir.",
        "Daha azını isteyin ya da bekleyen puanların kullanılabilir olmasını bekleyin.",
    ),
    "points_invalid": (
        "Puan kabul edilmedi",
        "{points} puan verilemez ya da alınamaz: {reason}.",
        "Birimin en küçük adımında, sıfırdan farklı bir tam sayı gönderin.",
    ),
    "reason_missing": (
        "Gerekçe gerekli",
        "Elle verilen ya da alınan puan için gerekçe gerekir.",
        "Nedenini “reason” alanına yazın.",
    ),
    "unit_not_spendable": (
        "Harcanamayan birim",
        "{unit} harcanamaz: bu birim yalnızca sayılır.",
        "Harcanabilir (redeemable) birimlerden birini kullanın.",
    ),
    "unit_unknown": (
        "Bilinmeyen birim",
        "Program “{unit}” birimiyle saymıyor.",
        "Şunlardan birini kullanın: {known}.",
    ),
    # --- programme files ---
    "local_time_ambiguous": (
        "İki kez gelen saat",
        "{local}, {zone} diliminde iki kez gelir, çünkü orada saatler geri alınır.",
        "Başka bir saat seçin.",
    ),
    "local_time_missing": (
        "Olmayan saat",
        "{local}, {zone} diliminde yoktur, çünkü orada saatler onu atlar.",
        "Başka bir saat seçin.",
    ),
    "money_invalid": (
        "Tutar kabul edilmedi",
        "“{text}” burada bir para tutarı değil: {reason}.",
        "Para biriminin ondalıklarıyla düz bir sayı yazın, örneğin 12.34.",
    ),
    "programme_currency_changed": (
        "Para birimi değişti",
        "Program {expected} ile sayıyor, dosyada ise {got} var; bu, kayıtlı olanların değerini değiştirirdi.",
        "Para birimini koruyun ya da yeni bir program kurun.",
    ),
    "programme_invalid": (
        "Program kabul edilmedi",
        "Program dosyasında {problems} sorun var, ilki: {first}",
        "Dosyayı düzeltin; “guerdon programme check” bütün sorunları söyler.",
    ),
    "programme_key_changed": (
        "Başka bir program",
        "Dosya “{expected}” programının değil, “{got}” programının.",
        "Kendi anahtarıyla yayımlayın.",
    ),
    "programme_unknown": (
        "Böyle bir program yok",
        "Burada “{key}” programı yok.",
        "Bilinenler: {known}.",
    ),
    "programme_unpublished": (
        "Henüz yayımlanmadı",
        "“{key}” programının yayımlanmış sürümü yok.",
        "“guerdon programme publish” ile bir sürüm yayımlayın.",
    ),
    "unit_changed": (
        "Birim değişti",
        "“{unit}” biriminin {what} özelliği değişemez: kayıtlı puanların değeri değişirdi.",
        "Olduğu gibi bırakın ya da yeni bir birim ekleyin.",
    ),
    "version_unknown": (
        "Böyle bir sürüm yok",
        "Programın {number} numaralı sürümü yok; sonuncusu {last}.",
        "Yayımlanmış bir sürümü isteyin.",
    ),
    # --- imports ---
    "import_file_unreadable": (
        "Dosya okunamıyor",
        "{file}, satır {line}: {reason}. {detail}",
        "Dosyayı düzeltip yeniden içe aktarın; hiçbir şey kaybolmadı ya da yarım kalmadı.",
    ),
    "import_package_file_missing": (
        "Paket eksik",
        "{package} paketinde {file} dosyası yok.",
        "Paketi yeniden kurun.",
    ),
    "import_package_missing": (
        "Paket yok",
        "Verileri içeren {package} paketi kurulu değil.",
        "{requirement} kurun.",
    ),
    # --- requests ---
    "body_too_large": (
        "Çok büyük",
        "İsteğin gövdesi {bytes_max} bayttan büyük.",
        "Bir seferde daha az gönderin.",
    ),
    "cursor_invalid": (
        "İmleç kabul edilmedi",
        "Bu imleci bu liste vermedi.",
        "Son sayfanın “next” değerini değiştirmeden kullanın ya da imleçsiz başlayın.",
    ),
    "etag_invalid": (
        "If-Match kabul edilmedi",
        "If-Match başlığında bir üyenin ETag değeri yok.",
        "ETag değerini aldığınız gibi, tırnaklarıyla gönderin.",
    ),
    "filter_invalid": (
        "Süzgeç kabul edilmedi",
        "Liste şunlardan tam olarak biriyle süzülebilir: {known}.",
        "Yalnızca birini bırakın.",
    ),
    "header_invalid": (
        "Başlık kabul edilmedi",
        "{header} başlığı doğru değil.",
        "Şunu kabul eder: {expected}.",
    ),
    "id_malformed": (
        "Kimlik değil",
        "“{got}” bir kimlik değil; şöyle görünürdü: {expected}",
        "Kimlikleri önceki yanıtlardan değiştirmeden alın.",
    ),
    "idempotency_conflict": (
        "Anahtar başka şey için kullanılmış",
        "“{key}” Idempotency-Key değeri daha önce başka bir gövdeyle geldi.",
        "Yeni istek için yeni anahtar kullanın; bir isteği değiştirmeden yineleyin.",
    ),
    "input_refused": (
        "Girdi kabul edilmedi",
        "“{pointer}” saklanamaz: {reason}.",
        "Düzeltip yeniden deneyin.",
    ),
    "json_malformed": (
        "JSON değil",
        "Gövde JSON değil: {problem}.",
        "UTF-8 olarak tek bir JSON değeri gönderin.",
    ),
    "media_type_unsupported": (
        "JSON isteği değil",
        "Gövde {got} olarak geldi; bu adres JSON okur.",
        "Content-Type: application/json başlığını gönderin, Content-Encoding kullanmayın.",
    ),
    "method_not_allowed": (
        "Yönteme izin yok",
        "{method} burada kullanılamaz.",
        "Şunlardan birini kullanın: {allowed}.",
    ),
    "query_malformed": (
        "Adres kabul edilmedi",
        "Adresteki parametreler doğru değil: {problem}.",
        "Alışıldığı gibi kodlayın: ad=değer, & ile bağlı.",
    ),
    "route_unknown": (
        "Burada bir şey yok",
        "Bu adreste bir şey yok.",
        "Bütün adresler /docs sayfasında.",
    ),
    "value_refused": (
        "İstek kabul edilmedi",
        "“{pointer}” doğru değil: {hint}.",
        "Düzeltip yeniden deneyin; ne beklendiğini /docs gösterir.",
    ),
    # --- keys ---
    "key_invalid": (
        "Anahtar kabul edilmedi",
        "API anahtarı bilinmiyor ya da iptal edilmiş.",
        "Geçerli bir anahtar kullanın; “guerdon key create” yenisini yapar.",
    ),
    "key_missing": (
        "Anahtar gerekli",
        "İstekte API anahtarı yok.",
        "Authorization: Bearer gdn_… başlığını gönderin; “guerdon key create” anahtar yapar.",
    ),
    "key_name_invalid": (
        "Ad kabul edilmedi",
        "Anahtara en çok {chars_max} karakterlik, yazdırılabilir bir ad gerekir.",
        "Onu kullanacak sistemin adını verin.",
    ),
    "key_unknown": (
        "Böyle bir anahtar yok",
        "{id} anahtarı yok.",
        "“guerdon key list” bütün anahtarları gösterir.",
    ),
    "scope_missing": (
        "İzin yok",
        "API anahtarında “{scope}” yetkisi yok.",
        "Bu yetkiyle bir anahtar yapın: “guerdon key create --scope {scope}”.",
    ),
    "scope_unknown": (
        "Bilinmeyen yetki",
        "“{scope}” diye bir yetki yok.",
        "Şunlardan seçin: {known}.",
    ),
    # --- the server ---
    "database_busy": (
        "Meşgul",
        "Veritabanında bu isteğe sıra gelmedi; hiçbir şey yazılmadı.",
        "{retry_after_seconds} sn sonra yeniden deneyin.",
    ),
    "database_unavailable": (
        "Veritabanına ulaşılamıyor",
        "Veritabanı yanıt vermiyor.",
        "Aynı isteği {retry_after_seconds} sn sonra yineleyin: kayıtlı olan iki kez kaydedilmez.",
    ),
    "internal": (
        "Hata bizde",
        "Burada bir şey ters gitti ve {request} adıyla not edildi.",
        "Aynı isteği yineleyin; yine olmazsa bu numarayı işletmeciye bildirin.",
    ),
    "server_busy": (
        "Meşgul",
        "Çok fazla istek bekliyor; bu isteğe bakılmadı.",
        "{retry_after_seconds} sn sonra yeniden deneyin.",
    ),
}  # fmt: skip

REASONS: Final[dict[str, str]] = {
    "length": "boş ya da çok uzun veya çok kısa",
    "lines_and_amount": "etkinlikte satırlar ya da tutar olur, ikisi birden olmaz",
    "malformed": "gerektiği gibi yazılmamış",
    "missing": "eksik",
    "name_length": "bir ad boş ya da çok uzun",
    "not_a_choice": "burada izin verilen değerlerden biri değil",
    "not_a_number": "düz bir sayı değil",
    "not_a_time": "ISO 8601 biçiminde bir saat ya da tarih değil",
    "not_an_email": "ad, @ ve alan adı gerekli, ann@example.com gibi",
    "not_boolean": "true ya da false olmalı",
    "not_integer": "tam sayı olmalı",
    "not_international": "telefon numarası + ve ülke koduyla başlar",
    "not_text": "metin olmalı",
    "nul": "NUL karakteri içeriyor",
    "one_identifier": "tam olarak bir tanıtıcı gerekli",
    "out_of_range": "sayı çok küçük ya da çok büyük",
    "sum_differs": "ödemelerin toplamı satırlara eşit değil",
    "surrogate": "yarım bir karakter içeriyor",
    "too_deep": "çok derin iç içe",
    "too_large": "çok büyük",
    "too_long": "çok uzun",
    "too_many": "çok fazla",
    "too_many_decimals": "para biriminden çok ondalığı var",
    "unknown_fact": "bu etkinlik türünde böyle bir bilgi yok",
    "unknown_field": "böyle bir alan yok",
    "unprintable": "yazdırılamayan karakterler içeriyor",
    "wrong_type": "beklenenden başka türde",
    "zone_missing": "saatin Z ya da +02:00 gibi bir farkı olmalı",
}

# Facts that are words themselves: fact.value → how it is said.
TERMS: Final[dict[str, str]] = {
    "kind.id": "kimlik",
    "kind.external_id": "dış kimlik",
    "kind.card": "kart numarası",
    "kind.email": "e-posta adresi",
    "kind.phone": "telefon numarası",
    "status.blocked": "engelli",
    "status.closed": "kapalı",
    "status.erased": "silinmiş",
    "what.missing": "varlık",
    "what.scale": "ondalık sayısı",
    "what.kind": "tür",
}
