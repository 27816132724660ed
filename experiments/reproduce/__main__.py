"""`python -m linli.experiments.reproduce`: every case, or those named."""

import sys

from linli.experiments.reproduce import (
    complex_contagion,
    emergency,
    headcount,
    matching_race,
    social_interaction,
    thresholds,
    volunteers_dilemma,
)
from linli.experiments.reproduce.case import main

CASES = tuple(
    module.CASE
    for module in (
        thresholds,
        social_interaction,
        complex_contagion,
        volunteers_dilemma,
        matching_race,
        headcount,
        emergency,
    )
)

if __name__ == "__main__":
    main(CASES, sys.argv[1:])
