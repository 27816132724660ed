"""One community of a city as objects, on any day, and back: to look closely, or to change something."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.owners_committee import OwnersCommittee
from linli.agents.rules.participation import active_since
from linli.agents.traits import AGENTS, NEVER, SUMS
from linli.model.array.engine import ArrayEngine
from linli.model.array.phases.beats import count_beats
from linli.model.array.phases.matters import chain_queues
from linli.model.array.phases.sorting import count_sorting
from linli.model.array.phases.ties import count_ties
from linli.model.array.tables.columns import OF_EMERGENCY, World, column_of, range_of, rows_of
from linli.model.array.tables.reading import acquaintances, state
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures.hours import HoursGiven
from linli.model.network import Network
from linli.model.objects.places import Matter
from linli.model.population import Population
from linli.model.zoom import community_scenario

_OF_MATTER = (
    "kind", "serial", "arose", "work", "need", "status", "reported", "resident_minutes", "organised_minutes",
    "quality_minutes", "funded", "stage", "handed", "due",
)  # fmt: skip
"""What a matter is in both engines, by the same names."""


def to_objects(city: ArrayEngine, number: int) -> Community:
    """A community of a city as it stands this morning. It keeps records from today on.

    Raises InputError for a community that the city does not simulate.
    """
    c, w = city.index(number), city.world
    settings = community_scenario(city.settings, number, city.targets)
    people = _population(w, c)
    community = Community(settings, population=people, network=_network(w, c), number=number)
    community.begin_on(city.day, w.next_occasion[range_of(w, c, "resident")])
    _give(community.residents, w, "resident", c)
    _members_to_objects(w, c, community)
    _matters_to_objects(w, c, community)
    _made_ties_to_objects(w, c, community)
    _counts_to_objects(w, c, community)
    for kind in AGENTS:
        if kind not in ("resident", "member"):
            _give(getattr(community, f"{kind}s"), w, kind, c)
    community.match_bank = int(w.com["match_bank"][c])
    _systems_to_objects(w, c, community)
    community.add_up()
    return community


def from_objects(city: ArrayEngine, community: Community) -> None:
    """Put a community back into its place in the tables, with whatever was changed.

    It must be of this city and stand on the same morning, else an InputError says so.
    """
    c, w = city.index(community.number), city.world
    residents = int(w.com["resident"][c + 1] - w.com["resident"][c])
    if community.day != city.day or len(community.residents) != residents:
        raise InputError(
            f"community {community.number} stands on day {community.day} and the city on day {city.day}: "
            "only a community of this city on the same day can be put back"
        )
    before = HoursGiven.of(_minutes_given(w, c))
    for kind in AGENTS:
        _take(community, w, kind, c)
    after = HoursGiven.of(_minutes_given(w, c))
    city.hours.people += after.people - before.people
    city.hours.minutes += after.minutes - before.minutes
    _members_to_table(w, c, community)
    _matters_to_table(w, c, community)
    _made_ties_to_table(w, c, community)
    _counts_to_table(w, c, community)
    community.add_up()
    w.com["match_bank"][c] = community.match_bank
    _systems_to_table(w, c, community)
    w.com["ties_made"][c] = community.ties_made
    for name in SUMS:
        w.com[name][c] = community.sums[name]
    count_ties(w, active_since(city.day - 1, city.parameters.W), c, c + 1)
    count_beats(w, c, c + 1)
    if len(w.sorters):
        count_sorting(w, c, c + 1)


def _minutes_given(w: World, c: int) -> NDArray[np.int64]:
    """What each adult of a community has given this year [minutes]."""
    first = int(w.com["resident"][c])
    adults = w.adults[first : first + int(w.com["adults"][c])]
    return w.life["minutes_year"][adults].astype(np.int64)


def _give(agents: Sequence[Any], w: World, kind: str, c: int) -> None:
    """Objects of a kind get what their rows hold: all that can be set and does not follow from the home."""
    columns = state(w, kind, c)
    for trait in AGENTS[kind]:
        if trait.plain and trait.kept != "home":
            for agent, value in zip(agents, columns[trait.name].tolist(), strict=True):
                setattr(agent, trait.name, value)


def _take(community: Community, w: World, kind: str, c: int) -> None:
    """The rows of a kind of agent get what its objects hold, numbers counted through the city again."""
    columns = community.columns(kind)
    for trait in AGENTS[kind]:
        rows = rows_of(kind, trait)
        if trait.kept != "home" and not (rows != kind and _is_empty(w, c, rows)):
            values, first = columns[trait.name], int(w.com[rows][c])
            if trait.of:
                values = np.where(values < 0, -1, values + w.com[trait.of][c])
            column_of(w, kind, trait)[first : first + len(values)] = values


def _is_empty(w: World, c: int, rows: str) -> bool:
    """Whether a system does not act in a community, so that what it would change is not kept."""
    return bool(w.com[rows][c] == w.com[rows][c + 1])


def _population(w: World, c: int) -> Population:
    """The people of a community as they are today."""
    columns, at = state(w, "resident", c), w.com[c]
    compounds, buildings = w.compounds[range_of(w, c, "compound")], w.buildings[range_of(w, c, "building")]
    managed = w.members["host"][int(at["member"]) : int(at["managed"])]
    return Population(
        community=int(at["number"]),
        compound=columns["compound"],
        building=columns["building"],
        household=columns["household"],
        age=columns["age"],
        tenure=columns["tenure"],
        party=columns["party"],
        free_minutes=columns["free_minutes"],
        skill=columns["skill"],
        theta=columns["theta"],
        volunteer=columns["registered"] > NEVER,
        last_acted=columns["last_acted"],
        compound_grid=(compounds["grid"] - at["grid"]).astype(np.int32),
        compound_firm=_local(compounds["firm"], int(at["firm"])),
        compound_rank=compounds["rank"].copy(),
        building_compound=(buildings["compound"] - at["compound"]).astype(np.int32),
        head=_local(buildings["head"], int(at["resident"])),
        managed=(managed - at["resident"]).astype(np.int32),
    )


def _local(numbers: NDArray[np.int32], first: int) -> NDArray[np.int32]:
    return np.where(numbers < 0, -1, numbers - first).astype(np.int32)


def _network(w: World, c: int) -> Network:
    here = range_of(w, c, "resident")
    start = w.tie_first[here.start + c : here.stop + c + 1].astype(np.int64)
    base = int(w.com["ties"][c])
    return Network(start, w.ties[base : base + int(start[-1])].astype(np.int32))


_OF_COMPOUND = ("arisen", "firm_work", "others_work")
_OF_BUILDING = ("service", "service_before", "expected", "ended", "resolved")
_OF_CONTEST = ("standing",)
"""What is kept of a compound, a building, and a compound where waste is sorted, by the same names in both
engines."""


def _counted(w: World, c: int, community: Community) -> list[tuple[Sequence[Any], Any, str]]:
    """Each count: the objects that keep it, their rows, and its name."""
    compounds, buildings = w.compounds[range_of(w, c, "compound")], w.buildings[range_of(w, c, "building")]
    contests = w.contests[range_of(w, c, "contest")]
    of_contest = _OF_CONTEST if len(contests) else ()
    return [
        *((community.compounds, contests, name) for name in of_contest),
        *((community.compounds, compounds, name) for name in _OF_COMPOUND),
        *((community.buildings, buildings, name) for name in _OF_BUILDING),
    ]


def _counts_to_objects(w: World, c: int, community: Community) -> None:
    for places, rows, name in _counted(w, c, community):
        for place, count in zip(places, rows[name].tolist(), strict=True):
            setattr(place, name, count)


def _counts_to_table(w: World, c: int, community: Community) -> None:
    for places, rows, name in _counted(w, c, community):
        rows[name] = [getattr(place, name) for place in places]


# systems -------------------------------------------------------------------------------------------------

_OF_COMMITTEE = ("initiative", "forces_work", "all_work", "acts")
"""What an owners' committee is in both engines, by the same names."""


def _rows(w: World, c: int, kind: str, community: Community) -> list[tuple[int, Any]]:
    """The rows of what a system keeps of compounds, each with its compound; none where it does not act."""
    here = range_of(w, c, kind)
    return list(zip(range(here.start, here.stop), community.compounds, strict=False))


def _systems_to_objects(w: World, c: int, community: Community) -> None:
    """The fund and its works; an emergency; committees, of which levers say which there are."""
    community.fund.balance = int(w.com["fund"][c])
    community.departments.week = int(w.com["department_week"][c])
    for name in OF_EMERGENCY:
        setattr(community.emergency, name, int(w.com[name][c]))
    reached = range_of(w, c, "doorstep")
    if reached.start < reached.stop:
        community.emergency.reached = w.reached[reached].tolist()
    for row, compound in _rows(w, c, "small_work", community):
        compound.works = w.small_works[row].tolist()
    for row, compound in _rows(w, c, "committee", community):
        compound.committee = OwnersCommittee(community, compound)
        for name in _OF_COMMITTEE:
            setattr(compound.committee, name, w.committees[name][row].item())


def _systems_to_table(w: World, c: int, community: Community) -> None:
    """The same back; where there is no committee, nothing."""
    w.com["fund"][c] = community.fund.balance
    w.com["department_week"][c] = community.departments.week
    for name in OF_EMERGENCY:
        w.com[name][c] = getattr(community.emergency, name)
    reached = range_of(w, c, "doorstep")
    if reached.start < reached.stop:
        w.reached[reached] = community.emergency.reached
    for row, compound in _rows(w, c, "small_work", community):
        w.small_works[row] = compound.works
    for row, compound in _rows(w, c, "committee", community):
        for name in _OF_COMMITTEE:
            w.committees[name][row] = getattr(compound.committee, name, 0)


# acquaintances -------------------------------------------------------------------------------------------


def _made_ties_to_objects(w: World, c: int, community: Community) -> None:
    people = community.residents
    for who, whom in acquaintances(w, c).tolist():
        people[who].made_ties.append(people[whom])


def _made_ties_to_table(w: World, c: int, community: Community) -> None:
    here = range_of(w, c, "circle")
    circle, rows = w.circle[here], w.made_ties[here]
    circle[:], rows[:] = 0, 0
    acquainted = [resident for resident in community.residents if resident.made_ties]
    for row, resident in enumerate(acquainted):
        circle[resident.number] = row + 1
        rows[row, : resident.ties_made] = [other.number for other in resident.made_ties]
    w.com["circles"][c] = len(acquainted)


# members -------------------------------------------------------------------------------------------------


def _members_to_objects(w: World, c: int, community: Community) -> None:
    first, created = int(w.com["member"][c]), int(w.com["created"][c])
    community.recruit_sunk_members(created - int(w.com["managed"][c]))
    _give(community.members, w, "member", c)
    homes = _local(w.members["home"][first:created], int(w.com["resident"][c])).tolist()
    for member, home in zip(community.members, homes, strict=True):
        member.home = community.residents[home] if home >= 0 else None
        member.draw_lot()
    community.posts.free = w.free[range_of(w, c, "post")].tolist()
    community.posts.open = int(w.com["free_posts"][c])


def _members_to_table(w: World, c: int, community: Community) -> None:
    w.com["created"][c] = int(w.com["member"][c]) + len(community.members)
    w.free[range_of(w, c, "post")] = community.posts.free
    w.com["free_posts"][c] = community.posts.open


# matters -------------------------------------------------------------------------------------------------


def _matters_to_objects(w: World, c: int, community: Community) -> None:
    at, people = w.com[c], community.residents
    first = int(at["resident"])
    for x in w.order[int(at["slot"]) : int(at["slot"]) + int(at["open"])].tolist():
        row = w.matters[x]
        matter = Matter(
            compound=community.compounds[int(row["compound"] - at["compound"])],
            building=community.buildings[int(row["building"] - at["building"])],
            affected=people[int(row["affected"]) - first],
            contributors=[people[i - first] for i in w.contributors[x, : row["remembered"]].tolist()],
            **{name: int(row[name]) for name in _OF_MATTER},
        )
        community.queue.append(matter)
        matter.compound.opens(matter)
        if not matter.is_in_sight(community.parameters.sees_dead):
            matter.compound.sees(matter, -1)


def _matters_to_table(w: World, c: int, community: Community) -> None:
    slot, room = int(w.com["slot"][c]), int(w.com["slot"][c + 1] - w.com["slot"][c])
    if len(community.queue) > room:
        raise InputError(f"community {community.number} has more unfinished matters than there is room for")
    first, compound, building = (int(w.com[name][c]) for name in ("resident", "compound", "building"))
    for x, matter in enumerate(community.queue, slot):
        for name in _OF_MATTER:
            w.matters[name][x] = getattr(matter, name)
        w.matters["compound"][x] = matter.compound.number + compound
        w.matters["building"][x] = matter.building.number + building
        w.matters["affected"][x] = matter.affected.number + first
        w.matters["remembered"][x] = len(matter.contributors)
        for k, resident in enumerate(matter.contributors):
            w.contributors[x, k] = resident.number + first
    w.order[slot : slot + room] = np.arange(slot, slot + room)
    w.com["open"][c] = len(community.queue)
    w.compounds["open_shared"][range_of(w, c, "compound")] = [
        place.open_shared for place in community.compounds
    ]
    w.buildings["open_matters"][range_of(w, c, "building")] = [
        house.open_matters for house in community.buildings
    ]
    chain_queues(w)
