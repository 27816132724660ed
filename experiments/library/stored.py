"""Studies from Python: run one, and look at the runs of one."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w

from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import Sweeping
from linli.experiments.store import Store, query
from linli.experiments.study import Study, from_toml, load
from linli.model import cards
from linli.model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


class Stored:
    """The runs of a study in a folder, as far as they are made.

    folder: where; columns: what each column of `runs` means, by name. Raises InputError if the folder is not
    that of a study.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._store = Store(self.folder)

    @property
    def overview(self) -> dict[str, Any]:
        """How far the study is: rows done and failed, and why, as `linli results --json` prints it."""
        return query.overview(self._store)

    @property
    def columns(self) -> "pd.DataFrame":
        """What every column of the table `runs` means: unit, en, zh."""
        import pandas as pd

        from linli.experiments.store.schema import columns_of

        listed = columns_of("runs", self._store.manifest)
        rows = {column.name: (column.unit, column.en, column.zh) for column in listed}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["unit", "en", "zh"])

    def to_frame(self) -> "pd.DataFrame":
        """All runs, a row each: point, arm, seed, factors and measures, in an order that depends on nothing
        but the study."""
        return self._store.read()

    def sql(self, text: str) -> "pd.DataFrame":
        """What a query over `runs` (and `daily` and `compounds`, if kept) answers. Raises InputError."""
        return query.ask(self._store, text).to_pandas()

    def __len__(self) -> int:
        return int(self.overview["done"])

    def __repr__(self) -> str:
        about = self.overview
        rows = f"{about['done']:,} rows done, {about['failed']:,} failed"
        return f"<Study {about['study']} in {self.folder}: {rows}>"

    def _repr_html_(self) -> str:
        about = self.overview
        facts = {
            "folder": str(self.folder), "points": f"{about['points']:,}", "arms": ", ".join(about["arms"]),
            "done": f"{about['done']:,}", "failed": f"{about['failed']:,}",
        }  # fmt: skip
        return cards.card(about["title"] or about["study"], facts)


def results(folder: str | Path) -> Stored:
    """The runs of a study that stands in a folder. Raises InputError if none does."""
    return Stored(folder)


def sweep(
    study: str | Path | Mapping[str, Any],
    out: str | Path | None = None,
    *,
    jobs: int = 1,
    dask: str | None = None,
    shard: str = "1/1",
    engine: str | None = None,
    worlds: int | None = None,
    retry: bool = False,
) -> Stored:
    """Run a study, or go on with it: what its folder does not hold yet is made.

    study: a name, a TOML file, or what stands in one as a mapping; out: the folder [results/NAME]; jobs:
    worker processes, for which a script needs `if __name__ == "__main__":`; dask: the address of a scheduler
    in place of them; shard: "3/10" for one of ten parts that share the folder; engine, worlds: in place of
    the study's; retry: what failed is run again. Raises InputError when any of it cannot be.
    """
    asked = Sweeping(
        _study(study, worlds),
        out=None if out is None else Path(out),
        jobs=None if dask is not None else str(jobs),
        dask=dask,
        shard=shard,
        retry=retry,
        engine=engine,
    )
    with Progress("loading", "runs") as progress:
        return Stored(asked.run(progress)["folder"])


def _study(given: str | Path | Mapping[str, Any], worlds: int | None) -> Study:
    if not isinstance(given, Mapping):
        return load(given, worlds)
    try:
        text = tomli_w.dumps(given)
    except (TypeError, ValueError) as error:
        raise InputError(f"study: {error}") from None
    return from_toml(text, worlds=worlds)
