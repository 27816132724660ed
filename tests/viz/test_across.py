"""The tables of worlds that come with the page, and what is said of them."""

import numpy as np
import pytest

from linli.experiments.worlds import worlds
from linli.viz.across import DECIDING, _read, found_for, names
from linli.viz.panels.across import command, to_measure, verdict
from linli.viz.rooms.landing import TOWNS
from linli.viz.state.settings import Settings
from linli.viz.tour.steps import MATCH


def test_the_tour_ends_on_worlds_that_are_there():
    found = found_for(Settings.of("donghu", days=365, policies=MATCH))
    assert found is not None
    assert found.worlds == 100
    assert found_for(Settings.of("donghu", days=364, policies=MATCH)) is None
    assert found_for(Settings.of("lane")) is None


@pytest.mark.parametrize("name", names())
def test_a_table_is_of_worlds_that_fit_the_evidence(name):
    """Its assumptions are those of the ensemble that comes with linli, world by world."""
    found = _read(name)
    ensemble = worlds(found.about["place"]).parameters
    for one in found.about["deciding"]:
        listed = [ensemble[int(world)][one["parameter"]] for world in found.columns["world"]]
        assert np.allclose(found.columns[one["parameter"]], listed, rtol=1e-3)
    assert np.allclose(found.columns["net"], found.columns["woken"] + found.columns["replaced"], atol=2e-3)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_said_is_counted(lang):
    found = found_for(Settings.of("donghu", days=365, policies=MATCH))
    more = int((found.columns["net"] > 0.0).sum())
    assert f" {more} " in verdict(found, lang)
    for one in found.about["deciding"][:DECIDING]:
        assert one["parameter"] in to_measure(found, lang)
    assert "linli compare donghu --policy match" in command(Settings.of("donghu", policies=MATCH))


def test_the_four_towns_can_be_lived_in():
    assert len({town.settings() for town in TOWNS}) == 4
