"""The journal's neighbours: kept answers, outgoing news, and personal data, which never stands in it."""

from itertools import chain, islice
from typing import Any, Final

from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant


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
        " LEFT JOIN members_member m ON m.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND m.programme_id = w.programme_id"
        " LEFT JOIN members_merge g ON g.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND g.programme_id = w.programme_id"
        " LEFT JOIN households_belonging b ON b.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND b.programme_id = w.programme_id"
        " LEFT JOIN households_invitation i ON i.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND i.programme_id = w.programme_id"
        " LEFT JOIN members_revocation v ON v.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND v.programme_id = w.programme_id"
        " LEFT JOIN members_lift f ON f.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND f.programme_id = w.programme_id"
        " LEFT JOIN claims_claim c ON c.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND c.programme_id = w.programme_id"
        " LEFT JOIN erasures_erasure e ON e.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND e.programme_id = w.programme_id"
        " LEFT JOIN alerts_alert l ON l.id = CASE WHEN length(w.outcome::json->>'made') = 32"
        " THEN (w.outcome::json->>'made')::uuid END AND l.programme_id = w.programme_id"
        " WHERE a.id IS NULL AND p.id IS NULL AND m.id IS NULL AND g.id IS NULL AND b.id IS NULL AND i.id IS NULL"
        " AND v.id IS NULL AND f.id IS NULL AND c.id IS NULL AND e.id IS NULL AND l.id IS NULL"
        " AND w.outcome::json->>'refusal' IS NULL AND [mine w]"
        # A batch has parts that are named, and a test clock stands in its programme: neither made a row of its own.
        " AND (w.outcome::json->>'made' IS NULL OR length(w.outcome::json->>'made') = 32)"
        " ORDER BY w.created_at, w.key"
    )

    def ask(self, found: Found) -> None:
        self.count("answers", found.number("SELECT count(*) FROM activities_answer w WHERE [mine w]"))
        for credential, route, key, outcome in found.rows(self.QUESTION):
            where = {"credential": credential, "route": route, "key": key}
            self.breaks("a kept answer names an effect that is not there", expected=outcome, found="none", **where)


Told = tuple[str, str]  # a programme, a topic
# Whose id is a topic's subject.
_NOUNS: Final = {"activity": "activity", "member": "member", "points": "reminder", "tier": "activity",
                 "membership": "activity", "payment": "payment", "reward": "picture",
                 "rotating_code": "revocation", "claim": "step", "alert": "alert"}  # fmt: skip


class News(Invariant):
    """The outbox, and the count of what has left it, against what was committed.

    A change and its news are one commit, and so are the news that leave and their count. So in every snapshot there
    are as many news, waiting and gone, as changes.
    """

    clause = "10.29"
    sentence = "Every committed change has its outbox row; nothing goes out that was not committed."
    sums = ("_changes",)

    # Only the keys of the journal are looked up, which its index holds: no row of it is read.
    UNCOMMITTED: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN activities_activity a ON a.account_id = o.account_id AND a.id = o.subject_id"
        " WHERE (o.topic LIKE 'activity.%' OR o.topic LIKE 'tier.%'"
        " OR o.topic LIKE 'membership.%') AND a.id IS NULL AND [mine o]"
        " AND NOT EXISTS (SELECT 1 FROM activities_parked p WHERE o.topic = 'activity.parked'"
        " AND p.account_id = o.account_id AND p.id = o.subject_id) ORDER BY o.id"
    )
    NOBODY: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN members_member m ON m.id = o.subject_id AND m.id = o.account_id"
        " AND m.programme_id = o.programme_id WHERE o.topic LIKE 'member.%' AND m.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_REMINDER: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN expirations_reminder r ON r.account_id = o.account_id AND r.id = o.subject_id"
        " AND r.programme_id = o.programme_id WHERE o.topic LIKE 'points.%' AND r.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_PAYMENT: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN memberships_payment y ON y.account_id = o.account_id AND y.id = o.subject_id"
        " AND y.programme_id = o.programme_id"
        " WHERE o.topic LIKE 'payment.%' AND y.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_REVOCATION: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN members_revocation v ON v.account_id = o.account_id AND v.id = o.subject_id"
        " AND v.programme_id = o.programme_id"
        " WHERE o.topic LIKE 'rotating_code.%' AND v.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_STEP: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN claims_step s ON s.account_id = o.account_id AND s.id = o.subject_id"
        " AND s.programme_id = o.programme_id WHERE o.topic LIKE 'claim.%' AND s.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_ALERT: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN alerts_alert l ON l.account_id = o.account_id AND l.id = o.subject_id"
        " AND l.programme_id = o.programme_id AND (o.topic = 'alert.raised' OR l.state <> 'open')"
        " WHERE o.topic LIKE 'alert.%' AND l.id IS NULL AND [mine o] ORDER BY o.id"
    )
    NO_PICTURE: Final = (
        "SELECT [id o.id], o.topic, [id o.account_id], [id o.subject_id], o.seq FROM kit_outgoing o"
        " LEFT JOIN rewards_picture_change c ON c.id = o.subject_id AND c.programme_id = o.programme_id"
        " WHERE o.topic LIKE 'reward.%' AND c.id IS NULL AND [mine o] ORDER BY o.id"
    )
    # A picture is what its last change has made it.
    SHOWN: Final = (
        "SELECT c.reward, c.hash, p.hash FROM rewards_picture_change c LEFT JOIN rewards_picture p"
        " ON p.programme_id = c.programme_id AND p.reward = c.reward WHERE [mine c] AND c.number ="
        " (SELECT max(l.number) FROM rewards_picture_change l WHERE l.programme_id = c.programme_id"
        " AND l.reward = c.reward) AND coalesce(c.hash, '') <> coalesce(p.hash, '')"
        " UNION ALL SELECT p.reward, NULL, p.hash FROM rewards_picture p WHERE [mine p] AND NOT EXISTS (SELECT 1"
        " FROM rewards_picture_change c WHERE c.programme_id = p.programme_id AND c.reward = p.reward)"
        " ORDER BY 1, 3"
    )
    PICTURES: Final = (
        "SELECT [id c.programme_id], count(*) FROM rewards_picture_change c WHERE [mine c] GROUP BY c.programme_id"
    )
    STEPS: Final = "SELECT [id s.programme_id], count(*) FROM claims_step s WHERE [mine s] GROUP BY s.programme_id"
    ALERTS: Final = "SELECT [id l.programme_id], count(*) FROM alerts_alert l WHERE [mine l] GROUP BY l.programme_id"
    SETTLED: Final = (
        "SELECT [id l.programme_id], count(*) FROM alerts_alert l WHERE l.state <> 'open' AND [mine l]"
        " GROUP BY l.programme_id"
    )
    REVOCATIONS: Final = (
        "SELECT [id v.programme_id], count(*) FROM members_revocation v WHERE [mine v] GROUP BY v.programme_id"
    )
    REMINDERS: Final = (
        "SELECT [id r.programme_id], count(*) FROM expirations_reminder r WHERE [mine r] GROUP BY r.programme_id"
    )
    PAYMENTS: Final = (
        "SELECT [id y.programme_id], count(*) FROM memberships_payment y WHERE y.purpose <> 'stray' AND [mine y]"
        " GROUP BY y.programme_id"
    )
    STRAYS: Final = (
        "SELECT [id y.programme_id], count(*) FROM memberships_payment y WHERE y.purpose = 'stray' AND [mine y]"
        " GROUP BY y.programme_id"
    )
    WAITING: Final = (
        "SELECT [id o.programme_id], o.topic, count(*) FROM kit_outgoing o WHERE [mine o]"
        " GROUP BY o.programme_id, o.topic"
    )
    SENT: Final = "SELECT [id s.programme_id], s.topic, s.news FROM kit_sent s WHERE [mine s]"
    # What has no news that wait, for each topic that every change of a kind tells once.
    UNTOLD: Final = {
        "activity.recorded": (
            "SELECT [id a.account_id], [id a.id], a.seq FROM activities_activity a LEFT JOIN kit_outgoing o"
            " ON o.subject_id = a.id AND o.account_id = a.account_id AND o.topic = 'activity.recorded'"
            " WHERE o.id IS NULL AND a.programme_id = '{programme}' ORDER BY a.seq"
        ),
        "alert.raised": (
            "SELECT [id l.account_id], [id l.id], NULL::bigint FROM alerts_alert l LEFT JOIN kit_outgoing o"
            " ON o.subject_id = l.id AND o.account_id = l.account_id AND o.topic = 'alert.raised'"
            " WHERE o.id IS NULL AND l.programme_id = '{programme}' ORDER BY l.account_id, l.id"
        ),
        "alert.settled": (
            "SELECT [id l.account_id], [id l.id], NULL::bigint FROM alerts_alert l LEFT JOIN kit_outgoing o"
            " ON o.subject_id = l.id AND o.account_id = l.account_id AND o.topic = 'alert.settled'"
            " WHERE o.id IS NULL AND l.state <> 'open' AND l.programme_id = '{programme}' ORDER BY l.account_id, l.id"
        ),
        "claim.changed": (
            "SELECT [id s.account_id], [id s.id], NULL::bigint FROM claims_step s LEFT JOIN kit_outgoing o"
            " ON o.subject_id = s.id AND o.account_id = s.account_id AND o.topic = 'claim.changed'"
            " WHERE o.id IS NULL AND s.programme_id = '{programme}' ORDER BY s.account_id, s.id"
        ),
        "member.enrolled": (
            "SELECT [id m.id], [id m.id], NULL::bigint FROM members_member m LEFT JOIN kit_outgoing o"
            " ON o.subject_id = m.id AND o.account_id = m.id AND o.topic = 'member.enrolled'"
            " WHERE o.id IS NULL AND m.kind <> 'card' AND m.programme_id = '{programme}' ORDER BY m.id"
        ),
        "membership.changed": (
            "SELECT [id a.account_id], [id a.id], a.seq FROM activities_activity a LEFT JOIN kit_outgoing o"
            " ON o.subject_id = a.id AND o.account_id = a.account_id AND o.topic = 'membership.changed'"
            " WHERE o.id IS NULL AND a.programme_id = '{programme}' AND a.kind LIKE 'membership%'"
            " AND a.kind <> 'membership_void' ORDER BY a.seq"
        ),
        "payment.asked": (
            "SELECT [id y.account_id], [id y.id], NULL::bigint FROM memberships_payment y LEFT JOIN kit_outgoing o"
            " ON o.subject_id = y.id AND o.account_id = y.account_id AND o.topic = 'payment.asked'"
            " WHERE o.id IS NULL AND y.purpose <> 'stray' AND y.programme_id = '{programme}'"
            " ORDER BY y.account_id, y.id"
        ),
        "payment.strayed": (
            "SELECT [id y.account_id], [id y.id], NULL::bigint FROM memberships_payment y LEFT JOIN kit_outgoing o"
            " ON o.subject_id = y.id AND o.account_id = y.account_id AND o.topic = 'payment.strayed'"
            " WHERE o.id IS NULL AND y.purpose = 'stray' AND y.programme_id = '{programme}'"
            " ORDER BY y.account_id, y.id"
        ),
        "points.expiring": (
            "SELECT [id r.account_id], [id r.id], NULL::bigint FROM expirations_reminder r LEFT JOIN kit_outgoing o"
            " ON o.subject_id = r.id AND o.account_id = r.account_id AND o.topic = 'points.expiring'"
            " WHERE o.id IS NULL AND r.programme_id = '{programme}' ORDER BY r.account_id, r.id"
        ),
        "reward.picture_changed": (
            "SELECT [id c.programme_id], [id c.id], NULL::bigint FROM rewards_picture_change c LEFT JOIN kit_outgoing o"
            " ON o.subject_id = c.id AND o.topic = 'reward.picture_changed'"
            " WHERE o.id IS NULL AND c.programme_id = '{programme}' ORDER BY c.reward, c.number"
        ),
        "rotating_code.revoked": (
            "SELECT [id v.account_id], [id v.id], NULL::bigint FROM members_revocation v LEFT JOIN kit_outgoing o"
            " ON o.subject_id = v.id AND o.account_id = v.account_id AND o.topic = 'rotating_code.revoked'"
            " WHERE o.id IS NULL AND v.programme_id = '{programme}' ORDER BY v.account_id, v.number"
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self._changes: dict[Told, int] = {}

    def ask(self, found: Found) -> None:
        for reward, told, shown in found.rows(self.SHOWN):
            self.breaks("a picture is not what was told of it", expected=told, found=shown, reward=reward)
        questions = (
            self.UNCOMMITTED, self.NOBODY, self.NO_REMINDER, self.NO_PAYMENT, self.NO_PICTURE, self.NO_REVOCATION,
            self.NO_STEP, self.NO_ALERT,
        )  # fmt: skip
        for id, topic, account, subject, seq in chain.from_iterable(map(found.rows, questions)):
            noun = _NOUNS[topic.partition(".")[0]]
            self.breaks(
                f"news of {topic} that nothing was committed for",
                expected="the change it tells of",
                found="none",
                **{"news": id, "member": account, noun: subject, "seq": seq},
            )

    def look(self, account: Account) -> None:
        if account.member is None:  # told of elsewhere: every fact has its member (10.27)
            return
        programme = account.member.programme_id
        enrolled = int(account.member.kind != "card")  # a card is nobody's member
        turned = sum(entry.decision.membership is not None for entry in account.entries)
        told = {"member.enrolled": enrolled, "activity.recorded": len(account.entries), "membership.changed": turned}
        for topic, more in told.items():
            self._changes[programme, topic] = self._changes.get((programme, topic), 0) + more

    def close(self, found: Found) -> None:
        counted = {
            "points.expiring": self.REMINDERS, "payment.asked": self.PAYMENTS, "payment.strayed": self.STRAYS,
            "reward.picture_changed": self.PICTURES, "claim.changed": self.STEPS,
            "rotating_code.revoked": self.REVOCATIONS, "alert.raised": self.ALERTS, "alert.settled": self.SETTLED,
        }  # fmt: skip
        for topic, question in counted.items():
            for programme, changes in found.rows(question):
                self._changes[programme, topic] = changes
        told: dict[Told, int] = {}
        for figure, text in (("waiting", self.WAITING), ("sent", self.SENT)):
            self.count(figure, 0)
            for programme, topic, news in found.rows(text):
                self.count(figure, news)
                told[programme, topic] = told.get((programme, topic), 0) + news
        for programme in found.books:
            for topic in self.UNTOLD:
                name = (programme, topic)
                self._compare(found, name, self._changes.get(name, 0), told.get(name, 0))

    def _compare(self, found: Found, name: Told, changes: int, told: int) -> None:
        programme, topic = name
        if told < changes:
            self._tell_untold(found, name, changes, told)
        elif told > changes:
            what = "more news went out than there are changes"
            self.breaks(what, expected=changes, found=told, programme=programme, topic=topic)

    def _tell_untold(self, found: Found, name: Told, changes: int, told: int) -> None:
        """Name the very changes where no news have gone out that could have been theirs; else say how many."""
        programme, topic = name
        text = self.UNTOLD[topic].replace("{programme}", programme)
        untold = list(islice(found.rows(text), changes - told + 1))
        if len(untold) > changes - told:
            where = {"programme": programme, "topic": topic}
            self.breaks("changes without news", expected=f"{changes} news", found=told, **where)
            return
        for account, id, seq in untold:
            noun = _NOUNS[topic.partition(".")[0]]
            where = {"member": account, noun: id, "seq": seq, "topic": topic}
            if noun != "activity":  # the journal has no number for it
                del where["seq"]
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
        " OR EXISTS (SELECT 1 FROM claims_key c WHERE c.account_id = m.id)"
        " OR EXISTS (SELECT 1 FROM members_identifier i WHERE i.member_id = m.id)) ORDER BY m.id"
    )
    WRITTEN: Final = (
        "SELECT [id l.member_id], [id l.id] FROM letters_letter l JOIN members_member m ON m.id = l.member_id"
        " WHERE m.status = 'erased' AND l.sealed IS NOT NULL AND [mine l] ORDER BY l.id"
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
        for member, id in found.rows(self.WRITTEN):
            self.breaks("a letter to an erased member", expected="nothing", found="sealed", member=member, letter=id)
        if not private:  # nobody can have been named by what nobody has; it saves reading every fact
            return
        for table in ("activities_activity", "activities_parked"):
            for member, id, seq in found.rows(self.TOLD.replace("{table}", table)):
                where: dict[str, Any] = {"member": member, "activity": id, "seq": seq}
                self.breaks("a fact names a person", expected="a member's id", found="e-mail or phone", **where)
