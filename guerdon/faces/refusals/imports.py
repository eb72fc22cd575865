"""The refusals of imports in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "import_file_unreadable": (
            "File not readable",
            "{file}, line {line}: {reason}. {detail}",
            "Correct the file and import it again; nothing of it was lost or half done.",
        ),
        "import_package_file_missing": (
            "Package incomplete",
            "The package {package} lacks the file {file}.",
            "Install the package again.",
        ),
        "import_package_missing": (
            "Package missing",
            "The package {package} with the data is not installed.",
            "Install {requirement}.",
        ),
    },
    "bg": {
        "import_file_unreadable": (
            "Файлът не може да се прочете",
            "{file}, ред {line}: {reason}. {detail}",
            "Поправете файла и го внесете отново; нищо не е загубено или останало наполовина.",
        ),
        "import_package_file_missing": (
            "Непълен пакет",
            "В пакета {package} липсва файлът {file}.",
            "Инсталирайте пакета отново.",
        ),
        "import_package_missing": (
            "Липсва пакет",
            "Пакетът {package} с данните не е инсталиран.",
            "Инсталирайте {requirement}.",
        ),
    },
    "tr": {
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
    },
}  # fmt: skip
