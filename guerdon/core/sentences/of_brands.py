"""The texts of what a programme looks like and of who approves its changes, which their languages take in."""

from typing import Final

ENGLISH: Final = {
    "brand": "Pages are {colour} with {accent}, and their corners are {shape}{logo}{portal}.",
    "brand.logo": ", with the picture {logo}",
    "brand.portal": ", at the address “{portal}”",
    "brand.square": "square",
    "brand.soft": "soft",
    "brand.round": "round",
    "review.required": "Changes are approved by a second person before they are published.",
    "review.free": "Changes are published without a second person.",
    "what.brand": "Brand",
    "what.review": "Review of changes",
}
BULGARIAN: Final = {
    "brand": "Страниците са в {colour} с {accent}, а ъглите им са {shape}{logo}{portal}.",
    "brand.logo": ", с картинката {logo}",
    "brand.portal": ", на адрес „{portal}“",
    "brand.square": "прави",
    "brand.soft": "меки",
    "brand.round": "заоблени",
    "review.required": "Промените се одобряват от втори човек, преди да бъдат публикувани.",
    "review.free": "Промените се публикуват без втори човек.",
    "what.brand": "Марка",
    "what.review": "Преглед на промените",
}
TURKISH: Final = {
    "brand": "Sayfalar {colour} ile {accent} renklerindedir, köşeleri {shape}{logo}{portal}.",
    "brand.logo": ", {logo} resmiyle",
    "brand.portal": ", “{portal}” adresinde",
    "brand.square": "köşelidir",
    "brand.soft": "yumuşaktır",
    "brand.round": "yuvarlaktır",
    "review.required": "Değişiklikler yayımlanmadan önce ikinci bir kişi tarafından onaylanır.",
    "review.free": "Değişiklikler ikinci bir kişi olmadan yayımlanır.",
    "what.brand": "Marka",
    "what.review": "Değişikliklerin incelenmesi",
}
