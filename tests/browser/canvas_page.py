"""A page with the maps alone, for the tests of the maps: what was chosen stands in words above them.

Query: lang=en|zh, dark=1, two=1 (two linked maps), differs=1, city=1 (the city map instead).
"""

from urllib.parse import parse_qs

import numpy as np
import solara
import solara.lab

from linli.model import network as networks
from linli.model.city import City
from linli.model.population import populate
from linli.viz.canvas import CityMap, TownMap, categories, measure, plan_city, plan_town

TOWN = City("lane", rng=1, policies="match").run_to(60)
PEOPLE = populate(TOWN.place, TOWN.parameters, TOWN.seed, 0)
MEMBERS = TOWN.columns("member")
PLAN = plan_town(
    PEOPLE,
    MEMBERS["home"],
    workers=TOWN.place.workers,
    posts=TOWN.parameters.posts,
    planned=TOWN.place.planned_compounds,
)
# some have a place in the office already and join later
PRESENT = {name: column[:-3] for name, column in MEMBERS.items()}
NETWORK = networks.build(PEOPLE, TOWN.parameters, TOWN.seed)
SCALE = categories("Group", ["grey", "blue", "red"])

COMMUNITIES = plan_city(np.arange(300) * 30 + 2_000)
VALUES = np.where(np.arange(300) == 7, np.nan, (np.arange(300) * 37) % 101 / 100)


def states(moment: int) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    """Everybody's colour at a moment: known, and different from the one before."""
    return ((np.arange(len(PEOPLE)) + moment) % 3).astype(np.uint8)


@solara.component
def Page() -> None:
    """The maps, and above them in words what they told Python."""
    query = {name: value[0] for name, value in parse_qs(solara.use_router().search or "").items()}
    chosen, choose = solara.use_state("")
    shown, show = solara.use_state(-1)
    moment, go_to = solara.use_state(0)
    there, put = solara.use_state(True)
    looks = {"language": query.get("lang", "en"), "dark": "dark" in query}
    solara.lab.theme.dark = "dark" in query
    with solara.Row():
        solara.Button("next", on_click=lambda: go_to(lambda now: now + 1))
        solara.Button("away", on_click=lambda: put(lambda now: not now))
        solara.Text(f"chosen: {chosen}", classes=["chosen"])
        solara.Text(f"shown: {shown}", classes=["shown"])
    if not there:
        return
    if "city" in query:
        scale = measure("Engaged adults", 0.0, 1.0)
        CityMap(COMMUNITIES, VALUES, scale, on_click=lambda i: choose(f"community {i}"), **looks)
        return
    with solara.Columns([1] * (1 + ("two" in query))):
        for _ in range(1 + ("two" in query)):
            with solara.Column():
                TownMap(
                    PLAN,
                    states(moment),
                    SCALE,
                    network=NETWORK,
                    members=PRESENT,
                    efforts=TOWN.columns("firm")["effort"],
                    differs=np.arange(len(PEOPLE)) == 450 if "differs" in query else None,
                    moment=moment,
                    on_shown=show,
                    on_click=lambda i: choose(f"resident {i}"),
                    on_compound=lambda i: choose(f"compound {i}"),
                    on_office=lambda: choose("office"),
                    notes=[f"note {c}" for c in range(len(PLAN.plots))],
                    link="town",
                    **looks,
                )
    solara.HTML("div", style="height: 900px")
