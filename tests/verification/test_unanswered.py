"""Volunteers whom nobody has the time to call, through the engine: an exact case without any luck."""

import networkx as nx
import pytest

from linli.model.measures.record import COLUMNS
from linli.model.theory import theory_world

WEEKS = 4


def test_who_is_never_called_loses_a_share_a_call_due() -> None:
    """Seven people register on the first day, each with a call due on a weekday of his or her own; workers
    have no time at all. Day 0 is a Monday: resident i is due on days that are -i modulo 7, so never those two
    whose day is on a weekend. Nothing else moves efficacy."""
    lost = 0.1
    people = nx.cycle_graph(7)
    given = {"rho_v": 1.0, "call_every": 7, "unanswered": lost}
    world = theory_world(people, theta=1000.0, days=7 * WEEKS, **given).run()
    due = {i: [day for day in range(1, 7 * WEEKS) if (day + i) % 7 == 0 and day % 7 < 5] for i in range(7)}
    assert [len(due[i]) for i in range(7)] == [3, 0, 0, 4, 4, 4, 4]
    for i, resident in enumerate(world.residents):
        assert resident.efficacy == pytest.approx(0.5 * (1 - lost) ** len(due[i]))
    unanswered = [row[COLUMNS.index("unanswered")] for row in world.records]
    assert unanswered == [sum(day in days for days in due.values()) for day in range(7 * WEEKS)]
    assert world.measures()["calls_missed"] == 1.0
