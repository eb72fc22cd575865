"""The refusals of the house's own business in every language: headline, cause with its facts, cure."""

from typing import Final

SENTENCES: Final[dict[str, dict[str, tuple[str, str, str]]]] = {
    "en": {
        "rights_beyond": (
            "Nobody gives away more than they have",
            "You may not do this yourself: {rights}.",
            "Leave it out, or ask somebody who may do it.",
        ),
        "job_unknown": ("Unknown job", "There is no job {id}.", "The list of jobs shows those there are."),
        "job_not_failed": (
            "The job did not fail",
            "The job {id} waits, runs or is done.",
            "Only jobs that failed for good are tried anew.",
        ),
    },
    "bg": {
        "rights_beyond": (
            "Никой не дава повече, отколкото има",
            "Вие самите нямате право на това: {rights}.",
            "Пропуснете го или помолете някого, който има право.",
        ),
        "job_unknown": ("Непозната задача", "Няма задача {id}.", "Списъкът на задачите показва кои ги има."),
        "job_not_failed": (
            "Задачата не е неуспешна",
            "Задачата {id} чака, изпълнява се или е свършена.",
            "Отново се опитват само окончателно неуспешните задачи.",
        ),
    },
    "tr": {
        "rights_beyond": (
            "Kimse sahip olduğundan fazlasını veremez",
            "Bunu siz de yapamazsınız: {rights}.",
            "Bunu çıkarın ya da yetkisi olan birinden isteyin.",
        ),
        "job_unknown": ("Bilinmeyen iş", "{id} işi yok.", "İş listesi olanları gösterir."),
        "job_not_failed": (
            "İş başarısız değil",
            "{id} işi bekliyor, sürüyor ya da bitti.",
            "Yalnızca kesin olarak başarısız işler yeniden denenir.",
        ),
    },
}
