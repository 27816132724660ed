"""What an ensemble says of every parameter, as a page: `python -m linli.experiments.calibration.posterior`.

PLACE.md beside PLACE.csv in `experiments/worlds/`: how the worlds were found, each parameter's range before
and after, whether the evidence identifies it, and pairs that trade off. Made from the tables that ship, so
that it cannot say anything else than they do.
"""

from itertools import combinations

import pandas as pd
from scipy.stats import spearmanr

from linli.experiments.calibration.identified import SURE, Marginal, marginal
from linli.experiments.output.labels import label_of
from linli.experiments.worlds import FOLDER, Worlds, places, worlds
from linli.model.files import write_whole
from linli.model.odd import markdown
from linli.model.odd import number as plain

INTRODUCTION = """# Worlds of {place} that fit the evidence

{worlds} worlds that count alike, found by `{command}` (seed {seed}, {lived:,} worlds lived, {acceptance:.1%}
accepted). `{place}.csv` has them, `{place}.toml` what they were made of. This page is made from both by
`python -m linli.experiments.calibration.posterior`.

## What the evidence says of each parameter

Prior: the range that was searched. Worlds: the middle one, and where nine of ten lie. Narrowed: by how much
their standard deviation is less than the prior's (below 0: more). Identified: whether they differ from the
prior by more than chance; of the others the evidence says nothing, and their posterior is their prior.

{parameters}
Not identified: {open}.

## Which trade off

Pairs whose rank correlation over the worlds is more than chance would show in any of them: where one is
high, the other is low (below 0) or high too.

{pairs}"""


def marginals(ensemble: Worlds) -> list[Marginal]:
    """Of every parameter that was free, the most narrowed first."""
    table = pd.DataFrame(list(ensemble.parameters))
    free = ensemble.provenance["free"]
    whole = {name: isinstance(ends[0], int) for name, ends in free.items()}
    found = []
    for name, (low, high) in free.items():
        values = table[name].astype(int) if whole[name] else table[name]
        unit = ((values - low) / (high - low)).to_numpy()
        found.append(marginal(name, low, high, values, unit, len(free)))
    return sorted(found, key=lambda one: -one.narrowed)


def pairs(ensemble: Worlds) -> list[tuple[str, str, float]]:
    """Those that trade off, the strongest first."""
    table = pd.DataFrame(list(ensemble.parameters))
    among = list(combinations(ensemble.provenance["free"], 2))
    found = []
    for one, other in among:
        correlation, surprise = spearmanr(table[one], table[other])
        if surprise < SURE / len(among):
            found.append((one, other, float(correlation)))
    return sorted(found, key=lambda pair: -abs(pair[2]))


def page(place: str) -> str:
    """The page of a place."""
    ensemble = worlds(place)
    found = marginals(ensemble)
    parameters = markdown(
        ("parameter", "meaning", "prior", "worlds", "narrowed", "identified"),
        (
            (
                f"`{one.name}`",
                label_of(one.name).removesuffix(f" ({one.name})"),
                f"{plain(one.low)} to {plain(one.high)}",
                f"{one.middle:.3g} ({one.least:.3g} to {one.most:.3g})",
                f"{one.narrowed:.0%}",
                "yes" if one.identified else "no",
            )
            for one in found
        ),
    )
    traded = markdown(
        ("one", "other", "rank correlation"),
        ((f"`{one}`", f"`{other}`", f"{r:+.2f}") for one, other, r in pairs(ensemble)),
    )
    return INTRODUCTION.format(
        **{name: ensemble.provenance[name] for name in ("command", "seed", "lived", "acceptance", "worlds")},
        place=place,
        parameters=parameters,
        open=", ".join(f"`{one.name}`" for one in found if not one.identified) or "none",
        pairs=traded,
    )


def main() -> None:
    """Write the page of every place."""
    for place in places():
        write_whole(FOLDER / f"{place}.md", page(place).encode())


if __name__ == "__main__":
    main()
