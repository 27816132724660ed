"""Kinds of public matters 公共事务, and who can do what about them: what both engines look up.

The table of usefulness is assumed.
"""

import numpy as np

from linli.agents.traits import (
    ACTORS,
    AUTHORITY,
    BY_FIRM,
    BY_MEMBER,
    BY_ORGANISATION,
    BY_RESIDENT,
    BY_UNIT,
    BY_WORKER,
    CARE,
    CARING,
    ENTERPRISE,
    GENERAL,
    GREEN,
    MAINTENANCE,
    MEDIATING,
    MEDIATION,
    ORGANISING,
    SCHOOL,
)

PARKING, REPAIR, GREENING, DISPUTE, OLD_PEOPLE, CHILDREN = range(6)
KINDS = ("parking", "repair", "greening_waste", "dispute", "old_people", "children")

SHARE = np.array([0.20, 0.25, 0.20, 0.15, 0.12, 0.08])
"""Share of arrivals by kind (assumption)."""

UP_TO = np.cumsum(SHARE)
"""The same, cumulative."""

SHARED = np.array([True, False, True, False, False, False])
"""Seen by the whole compound; the others only in the building."""

SERVED = np.array([False, False, True, False, True, True])
"""Kinds that general service meets before they become matters (assumption)."""

SORTED = np.array([False, False, True, False, False, False])
"""Kinds, among those served, that sorting waste meets before they become matters (assumption)."""

SKILL = np.array([ORGANISING, MAINTENANCE, ORGANISING, MEDIATION, CARE, CARE], dtype=np.int8)
"""The skill that makes a resident's or member's minute fully useful."""

USEFULNESS = np.zeros((len(ACTORS), len(KINDS)), dtype=np.int64)
USEFULNESS[BY_RESIDENT] = 50, 40, 100, 80, 100, 100
USEFULNESS[BY_MEMBER] = 70, 60, 100, 100, 80, 80
USEFULNESS[BY_WORKER] = 100, 60, 80, 100, 70, 70
USEFULNESS[BY_FIRM] = 100, 100, 100, 0, 0, 0
USEFULNESS[BY_ORGANISATION + CARING] = 0, 0, 0, 0, 80, 80
USEFULNESS[BY_ORGANISATION + MEDIATING] = 0, 0, 0, 80, 0, 0
USEFULNESS[BY_ORGANISATION + GREEN] = 0, 0, 80, 0, 0, 0
USEFULNESS[BY_ORGANISATION + GENERAL] = 80
USEFULNESS[BY_UNIT + ENTERPRISE] = 80, 60, 80, 0, 0, 0
USEFULNESS[BY_UNIT + SCHOOL] = 0, 0, 0, 0, 80, 80
USEFULNESS[BY_UNIT + AUTHORITY] = 80, 0, 0, 80, 0, 0
"""Usefulness of a minute [%], by whose it is and kind (assumption); 0: they do not work on such matters."""

WANTED = np.array([GENERAL, GENERAL, GREEN, MEDIATING, CARING, CARING], dtype=np.int8)
"""The speciality for which a kind speaks when services are bought: each open minute speaks for one. General
organisations can do whatever there is; what speaks for them is what no other speciality does."""

NEEDS_MONEY = np.array([0.3, 0.5, 0.3, 0.0, 0.2, 0.2])
"""Of each kind, the share that hours alone cannot resolve because it takes money, at needs_money = 1
(assumption)."""

FOR_MONEY = NEEDS_MONEY > 0.0
"""Kinds that money can do something about."""

NEEDS_DEPARTMENT = np.array([1.0, 0.6, 0.2, 0.1, 0.1, 0.1])
"""Of each kind, the share that takes a department's authority, at needs_department = 1; at .5 half of parking
and .3 of repair (assumption)."""

OF_PROPERTY = USEFULNESS[BY_FIRM] > 0
"""Kinds for which residents look to the property firm."""

QUALITY = np.zeros((len(ACTORS), 2), dtype=np.int64)
QUALITY[BY_RESIDENT] = 500, 1000
QUALITY[BY_MEMBER] = 1000, 1000
QUALITY[BY_WORKER] = QUALITY[BY_FIRM] = 600, 600
QUALITY[BY_ORGANISATION:] = 800, 800
"""Quality of a minute [permille], by whose it is and whether the skill is there (assumption); of a member's
it is what the fit with the post makes of it."""

MEETS = np.full(len(ACTORS), 2**31 - 1)
MEETS[BY_RESIDENT] = MEETS[BY_MEMBER] = 1
"""So many matters one pool of minutes can meet: a person's bout or session goes to one."""

REMEMBERED = 4
"""So many first contributors learn what their work achieved."""
