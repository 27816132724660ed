"""Units of the area linked to the community: see `linli.agents.linked_unit`.

They keep nothing from day to day: who is linked, and who serves, follows from their traits and the levers.
"""

from linli.agents.compiled import part
from linli.agents.rules.linked_unit import is_linked, keeps_its_word
from linli.model.array.optional import in_systems


@part
def keeps_word(w, now, unit):
    """Whether a unit is linked and does what it signed."""
    one = w.units[unit]
    return keeps_its_word(one.rank, one.will, now.lev.units, now.lev.units_serve)


@in_systems()
def rooms_open(w, now, c):
    """Which compounds have an open room today: in `now.s.rooms`, by local number."""
    first = w.com[c].compound
    for local in range(w.com[c + 1].compound - first):
        now.s.rooms[local] = False
    for unit in range(w.com[c].unit, w.com[c + 1].unit):
        if keeps_word(w, now, unit):
            now.s.rooms[w.units[unit].compound - first] = True


@in_systems(0.0)
def reach_of_room(w, now, i):
    """What an open room adds to the council where somebody lives, 0 where there is none."""
    place = w.buildings[w.building[i]].compound
    return now.p.room_reach if now.s.rooms[w.compounds[place].local] else 0.0


@part
def record_units(w, now, c):
    """How many are linked, and how many of them keep their word."""
    for unit in range(w.com[c].unit, w.com[c + 1].unit):
        now.row.units_linked += is_linked(w.units[unit].rank, now.lev.units)
        now.row.units_serving += keeps_word(w, now, unit)
