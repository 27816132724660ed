"""Tables read back: the agents' columns, what shares are shares of, and one row a community."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.learning import QUANTUM
from linli.agents.rules.matching import DECOUPLED, MATCHED, REGISTERED
from linli.agents.rules.participation import engaged_since, first_of_last
from linli.agents.traits import (
    AGENTS,
    CHILD,
    ELDER,
    MIDDLE,
    NEVER,
    OLD,
    OWNER,
    SUMMED,
    TENANT,
    YOUNG,
    Trait,
    sum_of,
)
from linli.model.array.tables.columns import World, column_of, rows_of
from linli.model.measures import Totals
from linli.model.measures.spans import YEAR
from linli.model.place import Place

if TYPE_CHECKING:
    import pandas as pd


def state(w: World, of: str, c: int | None = None) -> dict[str, NDArray[Any]]:
    """The state of all agents of a kind as columns, named as in `agents.traits`.

    c: which community of the tables, whose homes, posts and grids are then numbered from 0; None: all of
    them, numbered through the tables.
    """
    begin, end = (0, len(w.com) - 1) if c is None else (c, c + 1)
    at = w.com[begin]
    follows = _homes(w, at, w.com[end]) if of == "resident" else {}

    def column(trait: Trait) -> NDArray[Any]:
        if trait.name in follows:
            return follows[trait.name].astype(trait.dtype)
        kept = rows_of(of, trait)
        if kept != of and w.com[kept][begin] == w.com[kept][end]:  # as on a first morning
            return np.full(w.com[of][end] - w.com[of][begin], trait.start, dtype=trait.dtype)
        numbers = column_of(w, of, trait)[_rows(w, kept, begin, end)].astype(trait.dtype)
        return _local(numbers, at[trait.of]) if trait.of else numbers

    return {trait.name: column(trait) for trait in AGENTS[of]}


def _rows(w: World, of: str, begin: int, end: int) -> slice | NDArray[np.int64]:
    """The rows of a kind of agent in some communities: all, but of members only those created so far."""
    if of != "member":
        return slice(w.com[of][begin], w.com[of][end])
    spans = [(w.com["member"][c], w.com["created"][c]) for c in range(begin, end)]
    return np.concatenate([np.arange(first, behind) for first, behind in spans])


def _local(numbers: NDArray[Any], first: int) -> NDArray[Any]:
    """Numbers counted from where a community begins; -1 (nobody) stays."""
    return np.where(numbers < 0, -1, numbers - first).astype(numbers.dtype)


def _homes(w: World, at: Any, behind: Any) -> dict[str, NDArray[Any]]:
    """What follows from where residents live, and from the groups they are in."""
    here = slice(at["resident"], behind["resident"])
    firsts = w.household_first[at["household"] : behind["household"] + 1]
    return {
        "compound": _local(w.buildings["compound"][w.building[here]], at["compound"]),
        "household": np.repeat(np.arange(len(firsts) - 1, dtype=np.int32), np.diff(firsts)),
        "age": w.group[here] >> 1,
        "tenure": w.group[here] & 1,
    }


def acquaintances(w: World, c: int) -> NDArray[np.int64]:
    """Who became acquainted with whom in acting, in one community of the tables. Shape: twice the ties, 2.

    Pairs of local numbers, each tie both ways: by who it is, and of one resident in the order of meeting.
    """
    here = slice(int(w.com["resident"][c]), int(w.com["resident"][c + 1]))
    made = w.life["ties_made"][here].astype(np.int64)
    who = np.repeat(np.arange(len(made)), made)
    if len(who) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    row = w.com["circle"][c] + w.circle[here][who].astype(np.int64) - 1
    whom = w.made_ties[row, np.arange(len(who)) - np.repeat(np.cumsum(made) - made, made)]
    return np.stack([who, whom.astype(np.int64)], axis=1)


def of_one(pairs: NDArray[np.int64], i: int) -> list[int]:
    """The acquaintances of one resident. pairs: see `acquaintances`."""
    found: list[int] = pairs[pairs[:, 0] == i, 1].tolist()
    return found


def totals_of(w: World, place: Place) -> Totals:
    """What shares are shares of."""
    by_group = np.bincount(w.group, minlength=2 * (OLD + 1)).reshape(-1, 2)
    ages = by_group.sum(axis=1).tolist()
    tenures = by_group[CHILD + 1 :].sum(axis=0).tolist()
    return Totals(
        residents=len(w.group),
        adults=sum(ages) - ages[CHILD],
        owners=tenures[OWNER],
        tenants=tenures[TENANT],
        young=ages[YOUNG],
        middle=ages[MIDDLE],
        elder=ages[ELDER],
        old=ages[OLD],
        households=len(w.household_first) - 1,
        workers=place.workers,
        posts=len(w.free),
        firms=len(w.firms),
    )


def community_table(w: World, day: int) -> "pd.DataFrame":
    """How every community stands on the morning of a day: one row each, by its number.

    Shares are of adults (engaged, active_in_year), of residents (volunteers) or means over adults (efficacy,
    trust, satisfaction); the other columns are counts.
    """
    import pandas as pd

    com = w.com[:-1]
    sums = _sums(w)
    residents, adults = np.diff(w.com["resident"]), com["adults"]
    members = [w.members["status"][a:b] for a, b in zip(com["member"], com["created"], strict=True)]
    return pd.DataFrame(
        {
            "number": com["number"],
            "residents": residents,
            "adults": adults,
            "compounds": np.diff(w.com["compound"]),
            "workers": np.diff(w.com["worker"]),
            "engaged_share": sums(w.last_acted >= engaged_since(day - 1)) / adults,
            "active_in_year": sums(w.last_acted >= first_of_last(YEAR, day - 1)) / adults,
            "volunteers": sums(w.registered > NEVER) / residents,
            **{name: com[sum_of(name)] / QUANTUM / adults for name in SUMMED},
            "open_matters": com["open"],
            "members_idle": [int((status == REGISTERED).sum()) for status in members],
            "members_matched": [int((status == MATCHED).sum()) for status in members],
            "members_decoupled": [int((status == DECOUPLED).sum()) for status in members],
        }
    ).set_index("number")


def _sums(w: World) -> Any:
    """Adds up a column of residents community by community."""
    return lambda column: np.add.reduceat(column.astype(np.int32), w.com["resident"][:-1])
