"""Whether members, posts, firms, workers and matters fit together: see `model.snapshots.sound`.

That of people has been found sound before.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.linked_unit import place_in_order
from linli.agents.rules.matching import ABSENT, MATCHED, post_skill, post_time
from linli.agents.rules.resolution import LATENT, REPORTED, is_in_sight
from linli.agents.rules.work_time import WORKDAY
from linli.agents.traits import AGENTS, CHILD, SPECIALITIES, TRADES, WEEKEND, Trait
from linli.model.array.phases.beats import count_beats, share_out_beats
from linli.model.array.phases.matters import chain_queues
from linli.model.array.tables.columns import World, column_of
from linli.model.matters import REMEMBERED, SHARED
from linli.model.parameters import Parameters
from linli.model.place import Place
from linli.model.snapshots.sound.people import community_of, in_traits, inside, within

MOST = 2**30
"""Beyond any count or amount of a matter."""

WEEK_OF_SERVICE = 40 * 60
"""The longest session of a member [minutes a week]."""


def check(w: World, places: Sequence[Place], p: Parameters, day: int) -> bool:
    """Whether the tables of the organised, and of matters, are sound on the morning of a day."""
    return (
        _ranges(w)
        and _register(w, places)
        and _members(w, day)
        and _posts(w)
        and _serving(w)
        and _beats(w)
        and _firms(w)
        and _workers(w, places)
        and _organisations(w)
        and _units(w, places)
        and _queues(w)
        and _matters(w, day)
        and _contributors(w)
        and _in_sight(w, p)
        and _chains(w)
        and _counts(w)
    )


def _ranges(w: World) -> bool:
    """Whether every organised agent is in the ranges of its traits, and numbers what is in its community."""
    return all(
        in_traits(getattr(w, f"{kind}s"), traits) and all(_numbers(w, kind, t) for t in traits if t.of)
        for kind, traits in AGENTS.items()
        if kind != "resident"
    )


def _numbers(w: World, kind: str, trait: Trait) -> bool:
    """Whether a column numbers rows of the own community, or none where it may."""
    numbers = column_of(w, kind, trait)
    some = numbers >= 0
    return inside(w, numbers[some], community_of(w, kind)[some], trait.of)


# members -------------------------------------------------------------------------------------------------


def _register(w: World, places: Sequence[Place]) -> bool:
    """Managed members first, their leaders at the front; whoever has never been here stands behind."""
    com = w.com[:-1]
    local = np.arange(len(w.members)) - com["member"][community_of(w, "member")]
    leaders = np.array([place.serving_members for place in places])[community_of(w, "member")]
    return (
        np.array_equal(com["managed"], com["member"] + [place.managed_members for place in places])
        and within(com["created"], com["managed"], w.com["member"][1:])
        and within(com["match_bank"], 0, WORKDAY * (np.diff(w.com["worker"]) + 1))
        and np.array_equal(w.members["standing"].view(np.uint8), local < leaders)
    )


def _members(w: World, day: int) -> bool:
    members, c = w.members, community_of(w, "member")
    created = np.arange(len(members)) < w.com["created"][:-1][c]
    absent = members[~created]
    lives, host = members["home"] >= 0, members["host"] >= 0
    return (
        within(members["session"], 0, np.where(members["time"] == WEEKEND, 1, 4))
        and within(members["spells"], 0, day + 1)
        and within(members["ask_bank"], 0, (day + 1) * WEEK_OF_SERVICE)
        and within(members["host"], -1, len(w.building) - 1)
        and inside(w, members["host"][host], c[host], "resident")
        and bool((w.group[members["host"][host]] >> 1 != CHILD).all())
        and len(np.unique(members["host"][host])) == int(host.sum())
        and np.array_equal(members["home"][lives], members["host"][lives])
        and within(absent["status"], ABSENT, ABSENT)
        and within(absent["home"], -1, -1)
    )


def _posts(w: World) -> bool:
    """Who is matched holds a post that nobody else holds, with the fit of the two; the others are free."""
    members = w.members
    serves = members["status"] == MATCHED
    post, c = members["post"][serves].astype(np.int64), community_of(w, "member")[serves]
    if not (np.array_equal(members["post"] >= 0, serves) and inside(w, post, c, "post")):
        return False
    free = np.ones(len(w.free), dtype=np.uint8)
    free[post] = 0
    local, who = post - w.com["post"][c], members[serves]
    skill = np.array([post_skill(int(n)) for n in local], dtype=np.int64)
    time = np.array([post_time(int(n)) for n in local], dtype=np.int64)
    agree = [
        (who[name] == of).astype(int) for name, of in (("skill", skill), ("time", time), ("wish", skill))
    ]
    left = np.add.reduceat(np.append(free, 0).astype(np.int64), w.com["post"][:-1]) if len(free) else 0
    left = np.where(np.diff(w.com["post"]) > 0, left, 0)
    return (
        len(np.unique(post)) == len(post)
        and np.array_equal(w.free.view(np.uint8), free)
        and np.array_equal(w.com["free_posts"][:-1], left)
        and np.array_equal(who["q"], w.fits[agree[0], agree[1], agree[2]])
        and within(members["q"][~serves], 0, 0)
        and bool(serves[members["standing"]].all())
    )


def _serving(w: World) -> bool:
    """Who lives here and serves is seen to serve, and nobody else."""
    serving = np.zeros(len(w.serving), dtype=np.bool_)
    homes = w.members["home"][w.members["status"] == MATCHED]
    serving[homes[homes >= 0]] = True
    return np.array_equal(w.serving, serving)


def _beats(w: World) -> bool:
    """Every post has its beat, and every building as many serving members as there are in its posts."""
    fresh = w._replace(beats=np.empty_like(w.beats), buildings=w.buildings.copy())
    share_out_beats(fresh, 0, len(w.com) - 1)
    count_beats(fresh, 0, len(w.com) - 1)
    return np.array_equal(fresh.beats, w.beats) and np.array_equal(
        fresh.buildings["serving"], w.buildings["serving"]
    )


# firms and workers ---------------------------------------------------------------------------------------


def _firms(w: World) -> bool:
    """The compounds of a firm stand together, firm by firm, in the rows of their community."""
    firm, c = w.compounds["firm"], community_of(w, "compound")
    served = np.flatnonzero(firm >= 0)
    if not (within(firm, -1, len(w.firms) - 1) and inside(w, firm[served], c[served], "firm")):
        return False
    order = served[np.argsort(firm[served], kind="stable")]
    here = np.bincount(c[served], minlength=len(w.com) - 1)
    rows = np.arange(len(order)) + np.repeat(w.com["compound"][:-1] - (np.cumsum(here) - here), here)
    serves = np.bincount(firm[served], minlength=len(w.firms))
    return (
        np.array_equal(w.firms["serves"], serves)
        and bool((serves > 0).all())
        and np.array_equal(w.firms["first"], rows[np.cumsum(serves) - serves])
        and np.array_equal(w.firm_compounds[rows], order)
    )


def _workers(w: World, places: Sequence[Place]) -> bool:
    """Workers share the grids out in turn."""
    c = community_of(w, "worker")
    grids = np.array([place.grids for place in places])[c]
    local = np.arange(len(w.workers)) - w.com["worker"][c]
    return np.array_equal(w.workers["grid"], local % grids + w.com["grid"][c]) and within(
        w.workers["ask_bank"], 0, 2 * WORKDAY
    )


def _organisations(w: World) -> bool:
    """Specialities go round, and what does not exist has nothing."""
    one = w.organisations
    none = one[one["capacity"] == 0]
    names = ("initiative", "sold", "bank", "own", "ask_bank", "led", "by_others", "in_field")
    local = np.arange(len(one)) - w.com["organisation"][community_of(w, "organisation")]
    return (
        np.array_equal(one["speciality"], local % len(SPECIALITIES))
        and within(one["sold"], 0, one["capacity"])
        and within(one["bank"], 0, one["sold"])
        and within(one["by_others"], 0, one["in_field"])
        and not any(none[name].any() for name in names)
    )


def _units(w: World, places: Sequence[Place]) -> bool:
    """Trades go round, and units stand in the order in which they are linked."""
    c = community_of(w, "unit")
    local = np.arange(len(w.units)) - w.com["unit"][c]
    linked, units = (
        np.array([getattr(place, name) for place in places])[c] for name in ("linked_units", "units")
    )
    rank = np.array([place_in_order(*each) for each in zip(local, linked, units, strict=True)])
    return np.array_equal(w.units["trade"], local % len(TRADES)) and np.array_equal(w.units["rank"], rank)


# matters -------------------------------------------------------------------------------------------------


def _queues(w: World) -> bool:
    """The slots of every community, each once; unfinished matters come first."""
    c = community_of(w, "slot")
    return (
        within(w.com["open"][:-1], 0, np.diff(w.com["slot"]))
        and inside(w, w.order, c, "slot")
        and len(np.unique(w.order)) == len(w.order)
    )


def _open(w: World) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The slots of unfinished matters, in the order of their queues, and the community of each."""
    c = community_of(w, "slot")
    unfinished = np.arange(len(c)) - w.com["slot"][c] < w.com["open"][c]
    return w.order[unfinished], c[unfinished]


def _matters(w: World, day: int) -> bool:
    slots, c = _open(w)
    m = w.matters[slots]
    worked = m["resident_minutes"].astype(np.int64) + m["organised_minutes"]
    reported = m["status"] == REPORTED
    if not (
        inside(w, m["building"], c, "building")
        and inside(w, m["affected"], c, "resident")
        and within(w.compounds["arisen"], 0, MOST)
    ):
        return False
    serials = m["compound"].astype(np.int64) * (MOST + 1) + m["serial"]
    return (
        np.array_equal(m["compound"], w.buildings["compound"][m["building"]])
        and np.array_equal(m["building"], w.building[m["affected"]])
        and bool((w.group[m["affected"]] >> 1 != CHILD).all())
        and within(m["kind"], 0, len(SHARED) - 1)
        and within(m["status"], LATENT, REPORTED)
        and within(m["arose"], 0, day - 1)
        and within(m["reported"], np.where(reported, m["arose"], -1), np.where(reported, day - 1, -1))
        and within(m["serial"], 0, w.compounds["arisen"][m["compound"]].astype(np.int64) - 1)
        and len(np.unique(serials)) == len(serials)
        and within(m["work"], 1, MOST)
        and within(m["need"], 0, m["work"])
        and within(m["resident_minutes"], 0, m["work"])
        and within(m["organised_minutes"], 0, m["work"])
        and within(m["quality_minutes"], 0, 1000 * worked)
        and within(m["remembered"], 0, REMEMBERED)
        and within(m["funded"], 0, 1)
    )


def _contributors(w: World) -> bool:
    """Who is remembered is an adult of the community, and once."""
    slots, c = _open(w)
    who = w.contributors[slots]
    known = np.arange(REMEMBERED) < w.matters["remembered"][slots][:, None]
    if not inside(w, who[known], np.repeat(c, w.matters["remembered"][slots]), "resident"):
        return False
    pairs = np.repeat(slots.astype(np.int64), w.matters["remembered"][slots]) * len(w.building) + who[known]
    return bool((w.group[who[known]] >> 1 != CHILD).all()) and len(np.unique(pairs)) == len(pairs)


def _in_sight(w: World, p: Parameters) -> bool:
    """What residents see is what there is in sight; all news has been heard overnight."""
    m = w.matters[_open(w)[0]]
    worked = m["resident_minutes"].astype(np.int64) + m["organised_minutes"]
    seen = [is_in_sight(need, minutes, p.sees_dead) for need, minutes in zip(m["need"], worked, strict=True)]
    m = m[np.array(seen, dtype=np.bool_)]
    shared = SHARED[m["kind"]]
    return (
        np.array_equal(
            w.compounds["open_shared"], np.bincount(m["compound"][shared], minlength=len(w.compounds))
        )
        and np.array_equal(
            w.buildings["open_matters"], np.bincount(m["building"][~shared], minlength=len(w.buildings))
        )
        and not w.buildings["encouragements"].any()
        and not w.buildings["discouragements"].any()
        and within(w.buildings["expected"], 0, 1)
        and within(w.buildings["resolved"], 0, w.buildings["ended"])
    )


def _counts(w: World) -> bool:
    """Whether what is counted in compounds and buildings can have been counted, and a compound finds its
    buildings."""
    first = np.searchsorted(w.buildings["compound"], np.arange(len(w.compounds) + 1))
    return (
        np.array_equal(w.compounds["house"], first[:-1])
        and np.array_equal(w.compounds["houses"], np.diff(first))
        and all(within(w.buildings[name], 0, MOST) for name in ("service", "service_before"))
        and all(within(w.compounds[name], 0, 2**40) for name in ("firm_work", "others_work"))
    )


def _chains(w: World) -> bool:
    """Whether the matters of every compound are chained in the order of the queue."""
    fresh = w._replace(compounds=w.compounds.copy(), matters=w.matters.copy())
    chain_queues(fresh)
    slots = _open(w)[0]
    return all(
        np.array_equal(mine[name], theirs[name])
        for mine, theirs, names in (
            (w.compounds, fresh.compounds, ("oldest", "newest")),
            (w.matters[slots], fresh.matters[slots], ("before", "behind")),
        )
        for name in names
    )
