"""Where members serve: the compound of a post, and who serves in which building, counted while it changes.

A post's beat is one building of its compound. The object engine looks at the posts of a building instead;
that the two agree is a check of both.
"""

from linli.agents.compiled import loop, part
from linli.agents.rules.matching import MATCHED, beat_of


@loop
def share_out_beats(w, begin, end):
    """Every post of communities begin .. end-1 gets its beat; a compound without a building has none (-1)."""
    for c in range(begin, end):
        compounds, post = w.com[c + 1].compound - w.com[c].compound, w.com[c].post
        per_compound = (w.com[c + 1].post - post) // compounds
        house = w.com[c].building
        for place in range(w.com[c].compound, w.com[c + 1].compound):
            first = house
            while house < w.com[c + 1].building and w.buildings[house].compound == place:
                house += 1
            for number in range(per_compound):
                w.beats[post] = first + beat_of(number, house - first) if house > first else -1
                post += 1


@part
def tell_beat(w, post, change):
    """A post (number through the tables) is taken (1) or left (-1); it may have no beat."""
    if w.beats[post] >= 0:
        w.buildings[w.beats[post]].serving += change


@loop
def count_beats(w, begin, end):
    """Count afresh who serves in the buildings of communities begin .. end-1."""
    for house in range(w.com[begin].building, w.com[end].building):
        w.buildings[house].serving = 0
    for m in range(w.com[begin].member, w.com[end].member):
        if w.members[m].status == MATCHED:
            tell_beat(w, w.members[m].post, 1)


@part
def post_compound(w, c, m):
    """The compound of a member's post: posts are shared out equally over the community's compounds."""
    compounds = w.com[c + 1].compound - w.com[c].compound
    per_compound = (w.com[c + 1].post - w.com[c].post) // compounds
    return w.com[c].compound + (w.members[m].post - w.com[c].post) // per_compound
