"""The journal's neighbours: kept answers, outgoing news, and personal data, which never stands in it."""

from itertools import chain
from typing import Any, Final

from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock

# How far the ids of two processes may run apart: an id is made within a transaction, which may take that long.
SLACK_MS: Final = 5 * 60 * 1_000


class KeptAnswers(Invariant):
    """Every stored answer against the effect it names."""

    clause = "10.24"
    sentence = "One effect per idempotency key."

    QUESTION: Final = (
        "SELECT w.credential, w.route, w.key, w.outcome FROM activities_answer w"
        " LEFT JOIN activities_activity a ON a.account_id = (w.outcome::json->>'account')::uuid"
        " AND a.id = (w.outcome::json->>'activity')::uuid AND a.programme_id = w.programme_id"
        " LEFT JOIN activities_parked p ON p.account_id = (w.outcome::json->>'account')::uuid"
        " AND p.id = (w.outcome::json->>'activity')::uuid AND p.programme_id = w.programme_id"
        " LEFT JOIN members_member m ON m.id = (w.outcome::json->>'made')::uuid AND m.programme_id = w.programme_id"
        " WHERE a.id IS NULL AND p.id IS NULL AND m.id IS NULL AND w.outcome::json->>'refusal' IS NULL AND [mine w]"
        " ORDER BY w.created_at, w.key"
    )

    def ask(self, found: Found) -> None:
        self.count("answers", found.number("SELECT count(*) FROM activities_answer w WHERE [mine w]"))
        for credential, route, key, outcome in found.rows(self.QUESTION):
            where = {"credential": credential, "route": route, "key": key}
            self.breaks("a kept answer names an effect that is not there", expected=outcome, found="none", **where)


class News(Invariant):
    """The outbox against what was committed.

    News that went out leave no trace here. They go in the order of their ids, so whatever is later than the oldest
    one that nobody has tried yet must still be there – unless a second worker has news in its hands.
    """

    clause = "10.29"
    sentence = "Every committed change has its outbox row; nothing goes out that was not committed."

    # Only the keys of the journal are looked up, which its index holds: no row of it is read.
    UNCOMMITTED: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN activities_activity a ON a.account_id = o.account_id AND a.id = o.subject_id"
        " WHERE o.topic LIKE 'activity.%' AND a.id IS NULL AND [mine o]"
        " AND NOT EXISTS (SELECT 1 FROM activities_parked p WHERE o.topic = 'activity.parked'"
        " AND p.account_id = o.account_id AND p.id = o.subject_id) ORDER BY o.id"
    )
    NOBODY: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN members_member m ON m.id = o.subject_id AND m.id = o.account_id"
        " AND m.programme_id = o.programme_id WHERE o.topic LIKE 'member.%' AND m.id IS NULL AND [mine o] ORDER BY o.id"
    )
    OLDEST: Final = "SELECT min(o.id::text) FROM kit_outgoing o WHERE o.attempts = 0 AND o.due_at <= {now}"
    RECORDED: Final = "SELECT count(*) FROM activities_activity a WHERE a.id > '{after}' AND [mine a]"
    TOLD: Final = (
        "SELECT count(DISTINCT o.subject_id) FROM kit_outgoing o"
        " WHERE o.topic = 'activity.recorded' AND o.subject_id > '{after}' AND [mine o]"
    )
    UNTOLD: Final = (
        "SELECT [id a.account_id], [id a.id], a.seq FROM activities_activity a LEFT JOIN kit_outgoing o"
        " ON o.subject_id = a.id AND o.account_id = a.account_id AND o.topic = 'activity.recorded'"
        " WHERE a.id > '{after}' AND o.id IS NULL AND [mine a] ORDER BY a.seq"
    )
    # Whether somebody has rows of the outbox locked right now: a worker that hands out what it took.
    IN_HAND: Final = (
        "SELECT count(*) FROM pg_locks l WHERE l.relation = 'kit_outgoing'::regclass AND l.mode = 'RowShareLock'"
    )

    def ask(self, found: Found) -> None:
        in_hand = found.number(self.IN_HAND) if found.view.postgresql else 0
        self.count("waiting", found.number("SELECT count(*) FROM kit_outgoing o WHERE [mine o]"))
        for id, topic, account, subject, seq in chain(found.rows(self.UNCOMMITTED), found.rows(self.NOBODY)):
            noun = "member" if topic.startswith("member.") else "activity"
            self.breaks(
                f"news of {topic} that nothing was committed for",
                expected="the change it tells of",
                found="none",
                **{"news": id, "member": account, noun: subject, "seq": seq},
            )
        oldest = next(found.rows(self.OLDEST.replace("{now}", str(clock.micros(found.at)))))[0]
        if oldest is not None and not in_hand:
            self._look_untold(found, oldest.replace("-", ""))

    def _look_untold(self, found: Found, oldest: str) -> None:
        moment = int(oldest[:12], 16) + SLACK_MS  # an id begins with its milliseconds
        after = f"{moment:012x}7000" + "8" + "0" * 15
        recorded, told = (found.number(text.replace("{after}", after)) for text in (self.RECORDED, self.TOLD))
        if recorded == told:  # each of them is of a change, and there are as many: nothing is missing
            return
        for account, id, seq in found.rows(self.UNTOLD.replace("{after}", after)):
            where = {"member": account, "activity": id, "seq": seq}
            self.breaks("a change without news", expected="a row in the outbox", found="none", **where)


class Vault(Invariant):
    """Every place outside the vault where a person could be named."""

    clause = "10.30"
    sentence = "No identifying value of a person stands outside the personal-data vault."

    PRIVATE: Final = "SELECT count(*) FROM members_identifier i WHERE i.kind IN ('email', 'phone') AND [mine i]"
    READABLE: Final = (
        "SELECT [id i.member_id], i.kind FROM members_identifier i WHERE i.kind IN ('email', 'phone')"
        " AND (length(i.value) <> 64 OR i.value LIKE '%@%' OR i.value LIKE '+%') AND [mine i] ORDER BY i.member_id"
    )
    ERASED: Final = (
        "SELECT [id m.id] FROM members_member m WHERE m.status = 'erased' AND [mine m] AND ("
        " EXISTS (SELECT 1 FROM members_vault v WHERE v.account_id = m.id)"
        " OR EXISTS (SELECT 1 FROM members_identifier i WHERE i.member_id = m.id)) ORDER BY m.id"
    )
    TOLD: Final = (
        "SELECT [id a.account_id], [id a.id], a.seq FROM {table} a WHERE [mine a] AND"
        ' (a.facts LIKE \'%"member":{"email":%\' OR a.facts LIKE \'%"member":{"phone":%\') ORDER BY a.seq'
    )

    def ask(self, found: Found) -> None:
        private = found.number(self.PRIVATE)
        self.count("private identifiers", private)
        for member, kind in found.rows(self.READABLE):
            self.breaks(f"a readable {kind} in the directory", expected="a keyed digest", found="text", member=member)
        for (member,) in found.rows(self.ERASED):
            self.breaks("an erased member is still named", expected="nothing", found="identifiers", member=member)
        if not private:  # nobody can have been named by what nobody has; it saves reading every fact
            return
        for table in ("activities_activity", "activities_parked"):
            for member, id, seq in found.rows(self.TOLD.replace("{table}", table)):
                where: dict[str, Any] = {"member": member, "activity": id, "seq": seq}
                self.breaks("a fact names a person", expected="a member's id", found="e-mail or phone", **where)
