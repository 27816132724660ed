"""Maps on a canvas for the page: a town of residents, and a city of communities.

plan = plan_town(people, city.columns("member")["home"], workers=21, posts=12, planned=7)
TownMap(plan, states, categories("Acted lately", ["no", "yes"]), on_click=...)

plan = plan_city(residents_of_each_community)
CityMap(plan, values, measure("Engaged adults", 0.0, 0.5, "%"), on_click=...)
"""

from linli.viz.canvas.city import CityMap
from linli.viz.canvas.layout import TownPlan, plan_town
from linli.viz.canvas.packing import CityPlan, plan_city
from linli.viz.canvas.palette import Scale, categories, measure
from linli.viz.canvas.town import TownMap, frame_sent, hands_sent

__all__ = [
    "CityMap",
    "CityPlan",
    "Scale",
    "TownMap",
    "TownPlan",
    "categories",
    "frame_sent",
    "hands_sent",
    "measure",
    "plan_city",
    "plan_town",
]
