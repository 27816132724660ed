"""Centola & Macy 2007, "Complex contagions and the weakness of long ties", American Journal of Sociology 113.

On a ring where everybody knows two on either side, what needs two active neighbours moves by one person a
side and day; what needs three does not move at all. A long tie that is as good as many near ones for what one
neighbour passes on is of no use for what takes two.
"""

import networkx as nx
import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import looks, panels
from linli.experiments.reproduce.case import Case
from linli.model import theory
from linli.model.text import Text

RING = 400
DAYS = 60
SEEDS = (100, 101)
SPEEDS = {1: 2, 2: 1, 3: 0}
"""People a side and day, by threshold."""
RING_WORD, LONG_WORD = "ring", "long ties"
LONG_TIES = 40
"""In place of as many near ones."""


def ring() -> nx.Graph:
    """Everybody knows the two nearest on either side."""
    return nx.circulant_graph(RING, [1, 2])


def rewired() -> nx.Graph:
    """The same with long ties: of every tenth person the second tie ahead leads across the ring."""
    graph = ring()
    for person in range(0, RING, RING // LONG_TIES):
        graph.remove_edge(person, (person + 2) % RING)
        graph.add_edge(person, (person + RING // 2 + 5) % RING)
    return graph


def active(graph: nx.Graph, threshold: int) -> list[int]:
    """How many are active in the evening of each day, the two seeds included. threshold: active neighbours
    it takes."""
    crowd = theory.contagion(graph, theory.Thresholds(count=threshold), active=list(SEEDS))
    return [int(count) for count in crowd.run(DAYS)]


def table() -> pd.DataFrame:
    """Active day by day for thresholds of one, two and three; with long ties, for one and two."""
    rows = []
    for network, graph, thresholds in ((RING_WORD, ring(), (1, 2, 3)), (LONG_WORD, rewired(), (1, 2))):
        for threshold in thresholds:
            for day, count in enumerate(active(graph, threshold), 1):
                rows.append({"network": network, "threshold": threshold, "day": day, "model": count})
    made = pd.DataFrame(rows)
    speed = made["threshold"].map(SPEEDS).where(made["network"] == RING_WORD)
    return made.assign(exact=(2 + 2 * speed * made["day"]).clip(upper=RING))


def found(rows: pd.DataFrame) -> dict[str, float]:
    """How far each moves a day and side on the ring, whether any day differs, and what long ties do."""
    on_ring = rows[rows["network"] == RING_WORD]
    last = rows[rows["day"] == DAYS].set_index(["network", "threshold"])["model"]
    speeds = {
        f"speed_{threshold}": float((last[RING_WORD, threshold] - 2) / 2 / DAYS) for threshold in (2, 3)
    }
    first = on_ring[(on_ring["threshold"] == 1) & (on_ring["day"] == 10)]["model"].iloc[0]
    return {
        "speed_1": float((first - 2) / 2 / 10),
        **speeds,
        "any_day": float((on_ring["model"] - on_ring["exact"]).abs().max()),
        "simple_gain": float(last[LONG_WORD, 1] - last[RING_WORD, 1] > 0),
        "complex_gain": float(last[LONG_WORD, 2] - last[RING_WORD, 2] > 0),
    }


THRESHOLD = Text("threshold {n}", "门槛{n}")
WITH_LONG = Text("threshold {n}, long ties", "门槛{n}，含远距联系")
DAY = Text("day", "天")
ACTIVE = Text("active, of {n}", "参与人数（共{n}人）")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Active people by day."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    kinds = [(RING_WORD, 1), (RING_WORD, 2), (RING_WORD, 3), (LONG_WORD, 1), (LONG_WORD, 2)]
    for (network, threshold), look in looks(kinds):
        part = rows[(rows["network"] == network) & (rows["threshold"] == threshold)]
        label = (THRESHOLD if network == RING_WORD else WITH_LONG).said(lang).format(n=threshold)
        panel.plot(part["day"], part["model"], markersize=3, markevery=10, label=label, **look)
    panel.set_xlabel(DAY.said(lang))
    panel.set_ylabel(ACTIVE.said(lang).format(n=RING))
    panel.legend(loc="center right")
    return figure


CASE = Case(
    name="complex-contagion",
    title=Text("Complex contagion, and the weakness of long ties", "复杂传染与远距联系之弱"),
    about=Text(
        "What one neighbour passes on travels faster over long ties. What takes two does not: where near "
        "ties were given up for long ones, it stops.",
        "只需一位邻居带动的行为借远距联系传得更快；需要两位的则不然：若以近邻换取远距联系，它便停下。",
    ),
    source="Centola & Macy 2007, American Journal of Sociology 113(3)",
    table=table,
    found=found,
    draw=draw,
)
