"""Appraisal 考核: by what workers and property firms are judged, residents' satisfaction or the record.

Who is judged by a measure serves the measure (Holmstrom & Milgrom 1991). By the record more of what is
overdue is closed on paper, and keeping the record takes time; by residents paper does not help, and what
residents miss presses the firms ("Problems and remedies of urban community governance: Donghu", on residents'
satisfaction in the appraisal). Sizes are assumptions.
"""

from linli.agents.compiled import rule
from linli.agents.rules.work_time import minutes


@rule
def moved_by_appraisal(on_paper, appraisal, judged):
    """What an appraisal adds to the probability that an overdue report is closed on paper.

    on_paper: without it; appraisal: [-1, 1]: 1 by residents alone, -1 by the record alone, 0 there is none;
    judged: share of these ends that a full appraisal moves. By the record what would lapse is closed instead,
    by residents the other way round.
    """
    if appraisal < 0.0:
        return -appraisal * judged * (1.0 - on_paper)
    return -appraisal * judged * on_paper


@rule
def reporting_minutes(appraisal, c_record, matters):
    """Minutes that a worker's reporting takes on a working day, out of those for matters.

    c_record: at a full appraisal by the record [hours]; matters: what there is [minutes].
    """
    return min(matters, minutes(max(0.0, -appraisal) * c_record))


@rule
def pressed_by_residents(appraisal, b4, satisfaction):
    """What an appraisal by residents adds to the effort that is wanted of a firm: the more, the more they
    miss. b4: weight [-]; satisfaction: mean of adults in the firm's compounds [0, 1]."""
    return b4 * max(0.0, appraisal) * (1.0 - satisfaction)
