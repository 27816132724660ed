"""Tables read back: the agents' columns, what shares are shares of, and one row a community."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from agents.rules.learning import QUANTUM
from agents.rules.matching import DECOUPLED, MATCHED, REGISTERED
from agents.rules.participation import engaged_since, first_of_last
from agents.traits import (
    CHILD,
    ELDER,
    FIRM,
    MEMBER,
    MIDDLE,
    NEVER,
    OLD,
    OWNER,
    RESIDENT,
    TENANT,
    WORKER,
    YOUNG,
)
from model.array.columns import LIFE, MIND, World
from model.measures import Totals
from model.place import Place
from model.spans import YEAR

if TYPE_CHECKING:
    import pandas as pd


def state(w: World, of: str, c: int | None = None) -> dict[str, NDArray[Any]]:
    """The state of all agents of a kind as columns, named as in `agents.traits`.

    c: which community of the tables, whose homes, posts and grids are then numbered from 0; None: all of
    them, numbered through the tables.
    """
    begin, end = (0, len(w.com) - 1) if c is None else (c, c + 1)
    at, behind = w.com[begin], w.com[end]
    if of == "resident":
        return _residents(w, at, behind)
    if of == "member":
        spans = [(w.com["member"][k], w.com["created"][k]) for k in range(begin, end)]
        here = np.concatenate([np.arange(a, b) for a, b in spans])
        columns = {t.name: w.members[t.name][here] for t in MEMBER}
        return {
            **columns,
            "home": _local(columns["home"], at["resident"]),
            "post": _local(columns["post"], at["post"]),
        }
    if of == "firm":
        return {t.name: w.firms[t.name][at["firm"] : behind["firm"]] for t in FIRM}
    columns = {t.name: w.workers[t.name][at["worker"] : behind["worker"]] for t in WORKER}
    return {**columns, "grid": _local(columns["grid"], at["grid"])}


def _local(numbers: NDArray[Any], first: int) -> NDArray[Any]:
    """Numbers counted from where a community begins; -1 (nobody) stays."""
    return np.where(numbers < 0, -1, numbers - first).astype(numbers.dtype)


def _residents(w: World, at: Any, behind: Any) -> dict[str, NDArray[Any]]:
    here = slice(at["resident"], behind["resident"])
    firsts = w.household_first[at["household"] : behind["household"] + 1]
    homes = {
        "compound": _local(w.buildings["compound"][w.building[here]], at["compound"]),
        "building": _local(w.building[here], at["building"]),
        "household": np.repeat(np.arange(len(firsts) - 1, dtype=np.int32), np.diff(firsts)),
    }

    homes["age"], homes["tenure"] = w.group[here] >> 1, w.group[here] & 1

    def column(name: str) -> NDArray[Any]:
        if name in homes:
            return homes[name]
        for table, dtype in ((w.mind, MIND), (w.life, LIFE)):
            if name in (dtype.names or ()):
                return table[name][here]
        found: NDArray[Any] = getattr(w, name)[here]
        return found

    return {t.name: column(t.name).astype(t.dtype) for t in RESIDENT}


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
            "efficacy": com["efficacy"] / QUANTUM / adults,
            "trust": com["trust"] / QUANTUM / adults,
            "satisfaction": com["satisfaction"] / QUANTUM / adults,
            "open_matters": com["open"],
            "members_idle": [int((status == REGISTERED).sum()) for status in members],
            "members_matched": [int((status == MATCHED).sum()) for status in members],
            "members_decoupled": [int((status == DECOUPLED).sum()) for status in members],
        }
    ).set_index("number")


def _sums(w: World) -> Any:
    """Adds up a column of residents community by community."""
    return lambda column: np.add.reduceat(column.astype(np.int32), w.com["resident"][:-1])
