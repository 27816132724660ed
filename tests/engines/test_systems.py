"""What a system does is compiled for worlds in which it acts, and is not there in the others."""

import numpy as np

from linli.agents.compiled import loop_in_place
from linli.model.array.optional import in_systems
from linli.model.array.tables.columns import WorldWithSystems
from linli.model.array.tables.settling import no_world
from linli.model.city import City


@in_systems(otherwise=-1)
def _marks(w, at, mark):
    w.fits[at] = mark
    return mark


@loop_in_place
def _mark(w, at, mark):
    return _marks(w, at, mark)


def _world(of):
    blank = no_world()._replace(fits=np.zeros(8, dtype=np.int16))
    return of(*blank)


def test_a_part_is_there_only_where_systems_act():
    plain, with_systems = _world(type(no_world())), _world(WorldWithSystems)
    assert (_mark(plain, 3, 7), plain.fits.any()) == (-1, False)
    assert (_mark(with_systems, 3, 7), with_systems.fits.tolist()) == (7, [0, 0, 0, 7, 0, 0, 0, 0])


def test_without_the_compiler_too():
    plain, with_systems = _world(type(no_world())), _world(WorldWithSystems)
    assert (_marks(plain, 3, 7), _marks(with_systems, 3, 7)) == (-1, 7)
    assert (plain.fits.any(), with_systems.fits[3]) == (False, 7)


def test_systems_in_which_nobody_acts_change_nothing():
    plain, with_systems = City("lane"), City("lane")
    with_systems.world = WorldWithSystems(*with_systems.world)
    assert np.array_equal(plain.run_to(40).rows, with_systems.run_to(40).rows)


def test_a_run_of_ordinary_policies_has_no_systems():
    assert type(City("lane", policies="match; relieve; council").world) is type(no_world())
