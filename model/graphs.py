"""Networks to and from networkx: a community for other tools, and a real network for a community.

    people, ties = load("ties.graphml", "residents.csv")
    Community(scenario_for(people, "donghu"), population=people, network=ties)

Attributes of ties (weights, dates) are not used: a tie is there or not.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from linli.agents.traits import CHILD, OWNER
from linli.model import cards
from linli.model import place as places
from linli.model import scenario as scenarios
from linli.model.errors import InputError, unknown
from linli.model.network import Network
from linli.model.network.graph_files import NetworkFile, read_graph, save_file, save_graph
from linli.model.place import Place
from linli.model.population import Population, settle
from linli.model.population.residents_table import (
    COLUMNS,
    coded,
    columns_of,
    identifier,
    read_residents,
    residents_table,
)
from linli.model.reading import printable
from linli.model.scenario import Scenario

if TYPE_CHECKING:
    from linli.model.community import Community


# out ------------------------------------------------------------------------------------------------------


def network_of(community: "Community") -> Network:
    """The ties of a community's residents."""
    rows = [sorted(other.number for other in resident.ties) for resident in community.residents]
    return _network(rows)


def to_networkx(of: "Community | tuple[Population, Network]") -> nx.Graph:
    """A community as an undirected graph. Nodes are residents, with their traits as attributes in words.

    Nodes are named by the residents' ids (their numbers where nobody gave them ids) and stand in the order of
    the residents.
    """
    people, ties = of if isinstance(of, tuple) else (of.people, network_of(of))
    table = residents_table(people)
    names = table["id"].tolist()
    graph = nx.Graph()
    graph.add_nodes_from(zip(names, table.drop(columns="id").to_dict("records"), strict=True))
    source = np.repeat(np.arange(len(ties)), ties.degrees)
    once = source < ties.ties
    graph.add_edges_from(
        (names[a], names[b]) for a, b in zip(source[once].tolist(), ties.ties[once].tolist(), strict=True)
    )
    return graph


def write_graph(of: "Community | tuple[Population, Network]", file: str | Path) -> None:
    """Write a network; the file's ending decides: .graphml, .gexf, or an edge list (.edges, .txt, .csv).

    An edge list holds ties alone: write the residents beside it with `write_residents`. The file appears
    whole or not at all. Raises InputError for another ending or a place that cannot be written to.
    """
    save_graph(to_networkx(of), file)


def write_residents(of: "Community | Population", file: str | Path) -> None:
    """Write everybody's traits as a CSV that `load` reads. Whole or not at all; raises InputError."""
    people = of if isinstance(of, Population) else of.people
    save_file(Path(file), lambda part: residents_table(people).to_csv(part, index=False, encoding="utf-8"))


# in -------------------------------------------------------------------------------------------------------


def load(
    network_file: str | Path,
    residents_file: str | Path | None = None,
    scenario: str | Scenario = "donghu",
    community: int = 0,
) -> tuple[Population, Network]:
    """A researcher's network, and residents if given: see `from_networkx`. Raises InputError."""
    return looked_at(network_file, residents_file).settled(scenario, community)


@dataclasses.dataclass(frozen=True, repr=False)
class Brought:
    """A network that somebody brings, as its files say, before anybody is settled. residents: their table,
    None if the nodes' attributes describe them."""

    file: NetworkFile
    residents: pd.DataFrame | None

    def settled(self, scenario: str | Scenario, community: int = 0) -> tuple[Population, Network]:
        """Its population and network: see `from_networkx`."""
        return from_networkx(self.file.graph, self.residents, scenario, community)

    def scenario(self, scenario: str | Scenario) -> Scenario:
        """A scenario with the figures of these people in place of its own: see `scenario_for`."""
        return scenario_for(self.settled(scenario)[0], scenario)

    def __str__(self) -> str:
        """What was read, to look at before it is run: people, ties, the first names, columns."""
        graph = self.file.graph
        people = len(graph) if self.residents is None else len(self.residents)
        first = ", ".join(
            printable(str(node)[:MOST_SHOWN]) for node, _ in zip(graph, range(FIRST), strict=False)
        )
        columns = [("read", self.file.used), ("not used", self.file.ignored)]
        told = [f"{what}: {printable(', '.join(names))}" for what, names in columns if names]
        return "; ".join(
            [f"{people:,} residents, {graph.number_of_edges():,} ties; the first: {first}", *told]
        )

    def __repr__(self) -> str:
        return f"<Network: {self}>"

    def _repr_html_(self) -> str:
        return cards.card("network", {"read": str(self)})


FIRST, MOST_SHOWN = 4, 40
"""Names that are shown of a network, and characters of each."""


def looked_at(network_file: str | Path, residents_file: str | Path | None = None) -> Brought:
    """The files of a network, read and not yet settled. Raises InputError.

    Where nodes have numbers and the table of residents has names, nodes are known by their labels: so
    igraph and Gephi write a network.
    """
    file = read_graph(network_file, COLUMNS[1:])
    residents = read_residents(residents_file) if residents_file is not None else None
    if residents is not None:
        known = {identifier(value) for value in residents["id"]}
        names = [file.labels.get(node) for node in file.graph]
        if not known.issuperset(map(identifier, file.graph)) and known.issuperset(map(identifier, names)):
            if len(set(names)) < len(names):
                raise InputError(
                    f"network {network_file}: two nodes have one label, and the residents go by labels"
                )
            graph = nx.relabel_nodes(file.graph, dict(zip(file.graph, names, strict=True)))
            file = dataclasses.replace(file, graph=graph)
    return Brought(file, residents)


def from_networkx(
    graph: nx.Graph,
    residents: pd.DataFrame | None = None,
    scenario: str | Scenario = "donghu",
    community: int = 0,
) -> tuple[Population, Network]:
    """A population and its network from a graph whose nodes are residents.

    residents: a table as in `model.population.residents_table`, in any order; who is in it and not in the
    graph has no ties. Without it the nodes' attributes of the same names are read, and other attributes are
    left alone. scenario: gives the seed and parameters of what is drawn (motives, and what the table leaves
    open), and the figures of the place, scaled to the number of residents. Residents are numbered anew so
    that whoever lives together is a range; `Population.ids` keeps their own ids by number. Raises InputError
    for anything but a simple undirected graph with ties among known residents.
    """
    base = scenario if isinstance(scenario, Scenario) else scenarios.load(scenario)
    _check_simple(graph)
    new = coded(_nodes(graph) if residents is None else residents)
    ids = tuple(new["id"].tolist())
    network = network_from(graph, ids)
    place = _place(base.place, new)
    known = columns_of(new, base.seed, community)
    return settle(place, base.parameters, base.seed, community, ids=ids, **known), network


def _check_simple(graph: nx.Graph) -> None:
    if graph.is_directed():
        raise InputError("the network is directed; ties here are mutual: make it undirected first")
    if graph.is_multigraph():
        again = next(((a, b) for a, b, k in graph.edges(keys=True) if graph.number_of_edges(a, b) > 1), None)
        about = f" (residents {again[0]} and {again[1]})" if again else ""
        raise InputError(f"the network is a multigraph with repeated ties{about}: use a simple graph")
    for node in nx.nodes_with_selfloops(graph):
        raise InputError(f"the network has a self-loop at resident {node}: remove it")


def _nodes(graph: nx.Graph) -> pd.DataFrame:
    """The residents as the nodes' attributes describe them."""
    return pd.DataFrame(
        [
            {"id": node, **{name: about[name] for name in COLUMNS[1:] if name in about}}
            for node, about in graph.nodes(data=True)
        ],
        columns=list(COLUMNS),
        dtype=object,
    )


def network_from(graph: nx.Graph, ids: Sequence[str] | None = None) -> Network:
    """The ties of a simple undirected graph. ids: residents in the order of their numbers (the nodes').

    Raises InputError for other graphs, for nodes that are not among the ids, and without any tie.
    """
    _check_simple(graph)
    ids = [identifier(node) for node in graph] if ids is None else ids
    if len(ids) < 2:
        raise InputError(f"a network of {len(ids)} residents: a community needs at least two")
    number = {who: at for at, who in enumerate(ids)}
    at: dict[Any, int] = {}
    for node in graph:
        who = identifier(node)
        if who not in number:
            raise InputError(f"the network has resident {who}, who is missing from the table of residents")
        at[node] = number[who]
    if len(set(at.values())) < len(at):
        raise InputError("the network has two nodes whose names are the same as text, such as 1 and '1'")
    rows: list[list[int]] = [[] for _ in ids]
    for node, others in graph.adjacency():
        rows[at[node]] = sorted(at[other] for other in others)
    network = _network(rows)
    network.check(len(ids))
    return network


def _network(rows: list[list[int]]) -> Network:
    start = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return Network(start, np.array([other for row in rows for other in row], dtype=np.int32))


# the place of an imported population ----------------------------------------------------------------------


def _place(base: Place, new: pd.DataFrame) -> Place:
    """The figures of a place for a coded table: people and homes as they are, organisation scaled."""
    return place_for(
        base,
        residents=len(new),
        households=int(new["household"].max()) + 1,
        compounds=int(new["compound"].max()) + 1,
        managed=int(new["party"].sum()),
        adults=int((new["age"] != CHILD).sum()),
        owners=float((new["tenure"] == OWNER).mean()),
    )


def place_for(
    base: Place, *, residents: int, households: int, compounds: int, managed: int, adults: int, owners: float
) -> Place:
    """A place of another size. Counts of people scale with the residents, counts of what serves compounds
    with the compounds; nothing exceeds what it is part of, and there is at least one worker and one grid."""
    ratio = {"residents": residents / base.residents, "compounds": compounds / base.compounds}
    found = {
        "residents": residents,
        "households": households,
        "compounds": compounds,
        "managed_members": managed,
    }

    def scaled(name: str) -> int:
        if name not in found:
            about = places.table()[name]
            grown = round(getattr(base, name) * ratio[about.grows])
            within = min(grown, scaled(about.within)) if about.within else grown
            found[name] = max(int(about.low), within)
        return found[name]

    grown = {name: scaled(name) for name, about in places.table().items() if about.grows}
    served = grown["managed_compounds"]
    return dataclasses.replace(
        base,
        **{
            **grown,
            "residents": residents,
            "households": households,
            "managed_members": managed,
            "mixed_compounds": compounds - grown["planned_compounds"],
            "volunteers": min(adults, grown["volunteers"]),
            "firms": max(1, grown["firms"]) if served else 0,
        },
        owners=owners,
    )


def scenario_for(
    people: Population, scenario: str | Scenario = "donghu", figures: Mapping[str, object] | None = None
) -> Scenario:
    """A scenario whose place agrees with a population: counted where it can be, scaled where it cannot.

    Workers, serving and sunk members are scaled with the number of residents; figures: other values for
    these three, such as {"workers": 4}. Parameters, policies, days and seed are those of the scenario.
    Raises InputError for other names and for figures that do not fit.
    """
    base = scenario if isinstance(scenario, Scenario) else scenarios.load(scenario)
    counted = {
        "grids": int(people.compound_grid.max()) + 1,
        "firms": int(people.compound_firm.max()) + 1,
        "managed_compounds": int((people.compound_firm >= 0).sum()),
        "volunteers": int(people.volunteer.sum()),
    }
    scaled = [name for name, f in places.table().items() if f.grows == "residents" and name not in counted]
    for name in figures or {}:
        if name not in scaled:
            raise unknown("figure to set for an imported population", name, scaled)
    place = place_for(
        base.place,
        residents=len(people),
        households=int(people.household[-1]) + 1,
        compounds=len(people.compound_grid),
        managed=len(people.managed),
        adults=len(people.adults),
        owners=float((people.tenure == OWNER).mean()),
    )
    place = dataclasses.replace(place, **{**counted, **(figures or {})})  # type: ignore[arg-type]
    sources = {
        f.name: f"scaled from {base.name}" if f.name in scaled else "counted in the imported population"
        for f in dataclasses.fields(Place)
        if f.name not in ("households_per_building", "planned_weight")
    }
    sources.update(dict.fromkeys(figures or {}, "given with the imported population"))
    return base.but(place=place, sources=sources)
