"""Say which figure is probably wrong: from failed equalities to root causes and ranked repairs.

Owns the inference, from nothing but the numbers of one report and what witnesses say elsewhere.
Changes nothing, and says where several repairs are as good. What it cannot see is in docs/locate.md.

    signature   what each cell does to the equalities of a form, once a form
    case        one report: residuals, and what a change would do to them
    event       one or two cells that may be wrong
    structure   a row or a column that may be
    cover       the likeliest set of events that explains every failed instance once
    fill        what open instances imply for missing cells
    cause       the answer: grouped, ranked, ties said
    reason      the words and weights of slips
    batch       ``locate`` and ``locate_batch``
"""

from govinfo_pipeline.verify.locate.batch import locate, locate_batch
from govinfo_pipeline.verify.locate.case import Evidence
from govinfo_pipeline.verify.locate.cause import Cause
from govinfo_pipeline.verify.locate.reason import REASONS

__all__ = ["REASONS", "Cause", "Evidence", "locate", "locate_batch"]
