"""Privacy: who was erased is known by nothing but a number, and what stands of a consent is what was said of it."""

from typing import Final

from guerdon.core import consents as law
from guerdon.core.consents import Consent
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book
from guerdon.kit import clock


class Erased(Invariant):
    """Every erased member, and whoever was merged into one, against all places where something personal is kept."""

    clause = "10.30"
    part = "erased"
    sentence = "Who was erased is known by nothing but a number, and nobody is erased unasked."

    DONE: Final = "SELECT count(*) FROM erasures_erasure e WHERE e.done_at IS NOT NULL AND [mine e]"
    UNASKED: Final = (
        "SELECT [id m.id], m.status FROM members_member m LEFT JOIN erasures_erasure e ON e.account_id = m.id"
        " AND e.done_at IS NOT NULL WHERE (m.status = 'erased') <> (e.id IS NOT NULL) AND [mine m] ORDER BY m.id"
    )
    KEPT: Final = (
        "SELECT [id m.id], {what} FROM members_member m JOIN members_member s ON s.id = coalesce(m.merged_into, m.id)"
        " WHERE s.status = 'erased' AND [mine m] AND {found} ORDER BY m.id"
    )
    PLACES: Final = (
        (
            "a profile",
            "(CAST(m.attributes AS text) <> '{}' OR CAST(m.segments AS text) <> '[]' OR m.birthday_month IS NOT NULL)",
        ),
        ("personal data", "EXISTS (SELECT 1 FROM members_vault v WHERE v.account_id = m.id)"),
        ("an identifier", "EXISTS (SELECT 1 FROM members_identifier i WHERE i.member_id = m.id)"),
        ("what was told with a claim", "EXISTS (SELECT 1 FROM claims_key k WHERE k.account_id = m.id)"),
        ("an address", "EXISTS (SELECT 1 FROM redemptions_delivery d WHERE d.account_id = m.id)"),
        ("a note of the staff", "EXISTS (SELECT 1 FROM notes_note n WHERE n.account_id = m.id)"),
        ("a consent", "EXISTS (SELECT 1 FROM consents_state c WHERE c.account_id = s.id AND c.given = 1)"),
    )

    def ask(self, found: Found) -> None:
        self.count("erased members", found.number(self.DONE))
        for member, status in found.rows(self.UNASKED):
            what = "a member and the list of erasures disagree"
            self.breaks(what, expected="erased, and an erasure that is done", found=status, member=member)
        for what, where in self.PLACES:
            for member, kept in found.rows(self.KEPT.replace("{what}", f"'{what}'").replace("{found}", where)):
                self.breaks("an erased member is remembered", expected="nothing", found=kept, member=member)


class Consented(Invariant):
    """What stands of each consent against what was said of it."""

    clause = "6.3"
    part = "consents"
    sentence = "What stands of a consent is what was said of it, and every word was kept."

    STANDING: Final = "SELECT count(*) FROM consents_state c WHERE [mine c]"
    ASTRAY: Final = (
        "SELECT [id c.account_id], c.purpose, c.given FROM consents_state c LEFT JOIN consents_consent w"
        " ON w.account_id = c.account_id AND w.id = c.consent_id AND w.purpose = c.purpose AND w.given = c.given"
        " AND w.version = c.version AND w.at = c.at AND w.how = c.how AND w.actor = c.actor"
        " WHERE w.id IS NULL AND [mine c] ORDER BY c.account_id, c.purpose"
    )
    UNSAID: Final = (
        "SELECT DISTINCT [id w.account_id], w.purpose FROM consents_consent w LEFT JOIN consents_state c"
        " ON c.account_id = w.account_id AND c.purpose = w.purpose WHERE c.purpose IS NULL AND [mine w] ORDER BY 1, 2"
    )

    def ask(self, found: Found) -> None:
        self.count("consents", found.number(self.STANDING))
        for member, purpose, given in found.rows(self.ASTRAY):
            what = "a consent stands that was never said"
            self.breaks(what, expected="what was said last", found=given, member=member, consent=purpose)
        for member, purpose in found.rows(self.UNSAID):
            what = "what was said of a consent does not stand"
            self.breaks(what, expected="a state", found="none", member=member, consent=purpose)


class Lapsed(Invariant):
    """Every consent that the night ended, against what was said before it and the days that it is kept for."""

    clause = "6.3"
    part = "lapses"
    sentence = "A consent lapses only once the days are over that the programme kept it for."

    LAPSES: Final = (
        "SELECT [id w.programme_id], [id w.account_id], w.purpose, w.given, w.version, w.at, p.given, p.version, p.at"
        " FROM consents_consent w LEFT JOIN consents_consent p ON p.account_id = w.account_id AND p.id ="
        " (SELECT b.id FROM consents_consent b WHERE b.account_id = w.account_id"
        " AND b.purpose = w.purpose AND b.id < w.id ORDER BY b.id DESC LIMIT 1)"
        " WHERE w.how = 'lapse' AND [mine w] ORDER BY w.account_id, w.id"
    )

    def ask(self, found: Found) -> None:
        self.count("lapses", 0)
        for programme, member, purpose, given, version, at, *before in found.rows(self.LAPSES):
            self.count("lapses", 1)
            said = None if before[0] is None else _said(purpose, *before)
            if said is None or given or not said.given or said.version != version:
                what = "a consent lapsed that was not given"
                self.breaks(what, expected="given, then ended", found=before, member=member, consent=purpose)
            elif not _over(found.books[programme], said, at):
                what = "a consent lapsed before its days were over"
                self.breaks(what, expected="over", found=said.at, member=member, consent=purpose)


def _said(purpose: str, given: int, version: int, at: int) -> Consent:
    return Consent(purpose, bool(given), version, clock.instant(at), "api", "", "")


def _over(book: Book, said: Consent, at: int) -> bool:
    """Whether its days were over at the instant, by a version that was in force then."""
    ends = False
    for number in book.in_force(occurred_at=at, recorded_at=at):
        in_force = book.law(number) if book.has(number) else None
        purpose = None if in_force is None else in_force.programme.consents.get(said.purpose)
        if in_force is not None and purpose is not None:
            ends = ends or law.over(purpose, said, clock.instant(at), in_force.zone)
    return ends
