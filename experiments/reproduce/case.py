"""What a case is: a published result, how it is worked out, and what of it is held against expectations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from linli.model.scenario import Scenario
from linli.model.text import Text


@dataclass(frozen=True, kw_only=True)
class Case:
    """A published result.

    name: on the command line and of its folder; title, about: what it is and what it shows; source: where it
    stands; table: works it out, row by row; found: what a table says of each expectation, by name; draw: its
    figure in a language; scenario: the place it is lived in, None where there is none; rests_on: files beside
    its own and the rules that its numbers depend on; is_long: whether it takes more than half a minute on a
    processor.
    """

    name: str
    title: Text
    about: Text
    source: str
    table: Callable[[], pd.DataFrame]
    found: Callable[[pd.DataFrame], Mapping[str, float]]
    draw: Callable[[pd.DataFrame, str], Figure]
    scenario: Callable[[], Scenario] | None = None
    rests_on: tuple[Path, ...] = ()
    is_long: bool = False
