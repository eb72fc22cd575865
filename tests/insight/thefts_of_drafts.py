"""What can be stolen of drafts: a closed one changed, an approval of the own, a step or a version that is gone."""

from tests.insight.theft import Theft

_STEP = "draft_id = (SELECT id FROM drafts_draft WHERE title = 'more')"

THEFTS = (
    Theft("a closed draft changed", "2.4 drafts", "changed without a step",
          lambda e: ["UPDATE drafts_draft SET source = source || '#' WHERE title = 'less'"]),
    Theft("a closed draft opened again", "2.4 drafts", "not where its steps lead",
          lambda e: ["UPDATE drafts_draft SET state = 'open' WHERE title = 'less'"]),
    Theft("an own approval", "2.4 drafts", "the law refuses",
          lambda e: [f"UPDATE drafts_step SET actor_id = 'e' WHERE verb = 'approve' AND {_STEP}"]),
    Theft("a review that never was", "2.4 drafts", "the law refuses",
          lambda e: [f"DELETE FROM drafts_step WHERE verb = 'approve' AND {_STEP}",
                     f"UPDATE drafts_step SET number = number - 1 WHERE verb = 'publish' AND {_STEP}",
                     "UPDATE drafts_draft SET revision = revision - 1 WHERE title = 'more'"]),
    Theft("a step that is gone", "2.4 drafts", "misses a step",
          lambda e: [f"DELETE FROM drafts_step WHERE verb = 'submit' AND {_STEP}"]),
    Theft("a draft that became another version", "2.4 drafts", "another version",
          lambda e: ["UPDATE drafts_draft SET version = 1 WHERE title = 'more'"]),
    Theft("a draft that is gone", "2.4 drafts", "not there",
          lambda e: ["DELETE FROM drafts_draft WHERE title = 'later'"]),
    Theft("a version said to be another", "2.4 versions", "something else",
          lambda e: ["UPDATE programmes_version SET digest = 'x' WHERE number = 1 AND programme_id ="
                     " (SELECT id FROM programmes_programme WHERE key = 'bakery')"], too=("3.8",)),
)  # fmt: skip
