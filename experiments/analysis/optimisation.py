"""What `linli optimise` does: the best mix of policies for a budget, and the front of engagement, resolution
and cost that no other mix beats (Optuna's multi-objective TPE under a constraint).

The search looks at a few seeds and so flatters what it finds; the front is judged on seeds it has not seen.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from linli.experiments.across.effects import Across, across
from linli.experiments.analysis.mixes import Lever, mix_of, text_of
from linli.experiments.analysis.trials import Trials
from linli.experiments.output.extras import library
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import local_pool
from linli.experiments.runner.pool import Pool
from linli.experiments.statistics.paired import Effect, paired
from linli.experiments.statistics.unbeaten import unbeaten as among
from linli.experiments.study.worlds import first_seed
from linli.model.errors import InputError
from linli.model.scenario import Scenario

GOALS = ("engaged_share", "true_resolution", "cost_yuan")
"""Raised, raised, lowered: paired differences."""
BATCH = 8
"""Mixes tried at a time, whatever the number of processes: so they do not show in the result."""
STARTUP = 24
"""Mixes tried at random before the search begins to learn."""
INSIDE, EDGE, OVER = "inside", "at the edge", "over"
"""Where the cost of a mix lies to the budget: its whole interval below it, the budget within it, all above
it."""
MOST = 12
"""Mixes of the front that are judged on fresh seeds."""
BEST = 3
"""Of those, how many are there for their engagement, and for their resolution."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is asked. scenario: with its first seed; levers: what may be chosen; budget: yuan for each
    resident and year; trials: mixes to try; runs: seeds of the search, and as many fresh ones after; engine:
    that runs the days; worlds: that fit the evidence, in place of seeds: the search sees as many of them as
    runs says, and mixes are judged in all others."""

    scenario: Scenario
    levers: Sequence[Lever]
    budget: float
    trials: int
    runs: int
    engine: str = "array"
    worlds: Sequence[Mapping[str, float]] = ()

    def __post_init__(self) -> None:
        if self.worlds and len(self.worlds) < 2 * self.runs:
            raise InputError(
                f"--worlds {len(self.worlds)}: the search looks at {self.runs} worlds (--runs), and as many "
                f"must be left to judge by: {2 * self.runs} at least"
            )

    @property
    def seeds(self) -> Sequence[int]:
        """Of the search; over worlds, those of the first ones."""
        return self._from(0, self.runs)

    @property
    def fresh(self) -> Sequence[int]:
        """Seeds that the search has not seen; over worlds, those of all others."""
        return self._from(self.runs, len(self.worlds) or 2 * self.runs)

    def _from(self, begin: int, end: int) -> Sequence[int]:
        if self.worlds:
            return [first_seed(self.scenario.seed, world) for world in range(begin, end)]
        return range(self.scenario.seed + begin, self.scenario.seed + end)


@dataclass(frozen=True, eq=False)
class Optimum:
    """What was found. trials: a row a mix, as the search saw it; front: mixes that no other beats, judged on
    fresh seeds, cheapest first, with the interval of each goal, and where its cost lies to the budget
    ("inside", "at the edge", "over"); best: the mix of the front with most engagement on fresh seeds whose
    cost is not clearly over the budget, None if there is none; rivals: mixes within the budget whose
    engagement is not clearly less than that of the best, pair by pair on the same seeds; judged: the front
    over fresh worlds, where the search is over worlds."""

    trials: pd.DataFrame
    front: pd.DataFrame
    best: str | None
    failed: int
    rivals: tuple[str, ...] = ()
    judged: tuple[Across, ...] = ()


def optimise(search: Search, folder: Path, jobs: int, progress: Progress) -> Optimum:
    """Search, then judge. The same search gives the same result; known runs are taken from the folder."""
    trials = Trials(search.scenario, folder, progress, search.engine, search.worlds)
    progress.expect("mixes", search.trials)
    with local_pool(jobs) as pool:
        study = _search(search, trials, pool, progress)
        front = _front(study, search)
        trials.make(front, search.fresh, pool)
    judged = _judged(front, trials, search)
    inside = judged[judged["budget"] != OVER]
    by_gain = inside.sort_values("engaged_share", ascending=False, kind="stable")["mix"].to_list()
    best = by_gain[0] if by_gain else None
    rivals = tuple(mix for mix in by_gain[1:] if not _clearly_more(by_gain[0], mix, trials, search))
    seen = _seen(study, search)
    failed = sum(trial.state.name == "FAIL" for trial in study.trials)
    over_worlds = across(trials.results([*judged["mix"]], search.fresh)) if search.worlds else ()
    return Optimum(seen, judged, best, failed, rivals, tuple(over_worlds))


# searching -------------------------------------------------------------------------------------------------


def _search(search: Search, trials: Trials, pool: Pool, progress: Progress) -> Any:
    optuna = library("optuna", "optimisation")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Optuna calls constraints experimental
        sampler = optuna.samplers.TPESampler(
            seed=search.scenario.seed % 2**32,
            n_startup_trials=STARTUP,
            multivariate=True,
            constant_liar=True,
            constraints_func=lambda trial: (trial.user_attrs.get("over", 1.0),),
        )
        study = optuna.create_study(directions=["maximize", "maximize", "minimize"], sampler=sampler)
        while len(study.trials) < search.trials:
            batch = [study.ask() for _ in range(min(BATCH, search.trials - len(study.trials)))]
            mixes = [_suggested(trial, search.levers) for trial in batch]
            trials.make(mixes, search.seeds, pool)
            for trial, mix in zip(batch, mixes, strict=True):
                _tell(study, trial, mix, trials, search)
            progress.reach(len(study.trials))
    return study


def _suggested(trial: Any, levers: Sequence[Lever]) -> str:
    """A mix. Options are drawn for policies that are off, too: the space has one shape."""
    on = {
        name: trial.suggest_categorical(name, [True, False])
        for name in dict.fromkeys(lv.policy for lv in levers)
    }
    values: dict[str, Any] = {}
    for lever in levers:
        if lever.choices:
            values[lever.name] = trial.suggest_categorical(lever.name, list(lever.choices))
        elif lever.whole:
            low, high, step = int(lever.low), int(lever.high), int(lever.step)
            values[lever.name] = trial.suggest_int(lever.name, low, high - (high - low) % step, step=step)
        else:
            values[lever.name] = trial.suggest_float(lever.name, lever.low, lever.high, step=lever.step)
    return text_of(mix_of(on, values, levers))


def _tell(study: Any, trial: Any, mix: str, trials: Trials, search: Search) -> None:
    """What a mix does: means of paired differences over the seeds of the search."""
    optuna = library("optuna", "optimisation")
    trial.set_user_attr("mix", mix)
    if trials.error_of(mix, search.seeds):
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
        return
    effects = [paired(*trials.pairs(mix, search.seeds, goal)).difference for goal in GOALS]
    if None in effects:
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
        return
    trial.set_user_attr("over", float(effects[-1] or 0.0) - search.budget)
    study.tell(trial, effects)


# judging ---------------------------------------------------------------------------------------------------


def _seen(study: Any, search: Search) -> pd.DataFrame:
    """Every mix that came to an end, once."""
    rows = [
        {"mix": trial.user_attrs["mix"], **dict(zip(GOALS, trial.values, strict=True))}
        for trial in study.trials
        if trial.values is not None
    ]
    table = pd.DataFrame(rows, columns=["mix", *GOALS]).drop_duplicates("mix").reset_index(drop=True)
    return table.assign(inside=table["cost_yuan"] <= search.budget)


def _front(study: Any, search: Search) -> list[str]:
    """Mixes inside the budget that no other beats, cheapest first. If they are many: those with most
    engagement and most resolution, and others evenly along cost.

    Raises InputError if no mix can be judged, or none stays inside the budget.
    """
    seen = _seen(study, search)
    if seen.empty:
        raise InputError("no mix can be judged: every one failed, or no matter ended in so few days")
    inside = seen[seen["inside"]]
    if inside.empty:
        raise InputError("no mix that was tried stays inside the budget: raise --budget or --trials")
    front = inside[unbeaten(inside)].sort_values("cost_yuan", kind="stable").reset_index(drop=True)
    kept = {int(i) for goal in GOALS[:2] for i in front[goal].nlargest(BEST).index}
    if len(front) <= MOST:
        kept = set(range(len(front)))
    else:
        room = MOST - len(kept)
        kept |= {round(i * (len(front) - 1) / (room - 1)) for i in range(room)}
    return front.loc[sorted(kept), "mix"].to_list()


def unbeaten(table: pd.DataFrame) -> list[bool]:
    """Which mixes no other beats in all goals: a low cost is a gain."""
    return among(table[list(GOALS)].to_numpy() * [1.0, 1.0, -1.0])


def _place(row: Mapping[str, Any], budget: float) -> str:
    """Where a cost lies to the budget, by its interval; a single seed has none, and its mean decides."""
    cost, low, high = (row[f"cost_yuan{end}"] for end in ("", "_low", "_high"))
    low, high = (cost if end is None else end for end in (low, high))
    if low > budget:
        return OVER
    return INSIDE if high <= budget else EDGE


def _clearly_more(one: str, other: str, trials: Trials, search: Search) -> bool:
    """Whether a mix has more engagement than another: paired by seed, and the interval excludes zero."""
    ours, theirs = (trials.pairs(mix, search.fresh, GOALS[0])[1] for mix in (one, other))
    low = paired(theirs, ours).low
    return low is not None and low > 0.0


def _judged(front: Sequence[str], trials: Trials, search: Search) -> pd.DataFrame:
    """The front on fresh seeds, cheapest first."""
    rows = []
    for mix in front:
        if trials.error_of(mix, search.fresh):
            continue
        row: dict[str, Any] = {"mix": mix}
        for goal in GOALS:
            effect: Effect = paired(*trials.pairs(mix, search.fresh, goal))
            row |= {goal: effect.difference, f"{goal}_low": effect.low, f"{goal}_high": effect.high}
        rows.append({**row, "budget": _place(row, search.budget)})
    columns = ["mix", *(f"{goal}{end}" for goal in GOALS for end in ("", "_low", "_high")), "budget"]
    return pd.DataFrame(rows, columns=columns).sort_values("cost_yuan", kind="stable").reset_index(drop=True)
