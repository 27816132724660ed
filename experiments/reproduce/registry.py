"""The cases there are, in the order in which they are worked out."""

from collections.abc import Sequence

from linli.experiments.reproduce.case import Case
from linli.experiments.reproduce.cases import (
    brock_durlauf,
    complex_contagion,
    crowding_out,
    donghu,
    emergency,
    granovetter,
    matching_race,
    sinking,
    sis,
    volunteers_dilemma,
    zhangzhou,
)
from linli.model.errors import unknown

ALL = "all"
CASES = {
    module.CASE.name: module.CASE
    for module in (
        granovetter,
        brock_durlauf,
        complex_contagion,
        volunteers_dilemma,
        sis,
        crowding_out,
        matching_race,
        donghu,
        sinking,
        emergency,
        zhangzhou,
    )
}
"""By name."""


def chosen(name: str) -> Sequence[Case]:
    """One case, or all. Raises InputError for a name that is none."""
    if name == ALL:
        return tuple(CASES.values())
    if name not in CASES:
        raise unknown("case", name, [ALL, *CASES])
    return (CASES[name],)
