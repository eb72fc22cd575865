"""`guerdon verify`: every promise of the law, proved on the database as it stands."""

from guerdon.insight.verify.proof import run as run
from guerdon.insight.verify.report import Counterexample as Counterexample
from guerdon.insight.verify.report import Report as Report
from guerdon.insight.verify.report import Verdict as Verdict
