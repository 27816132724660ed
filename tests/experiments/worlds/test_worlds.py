"""The ensembles that come with linli: fair, whole, and still what the rules give."""

import pytest

from linli.experiments.calibration import posterior
from linli.experiments.calibration.lived import NEED, agrees, lived
from linli.experiments.evidence import hash_of, targets
from linli.experiments.worlds import FOLDER, places, worlds
from linli.model.errors import InputError
from linli.model.scenario import load

LEAST = 200
MOSTLY = 0.7
"""Worlds lie near the edges of bands too, and under another seed some of them fall outside."""


@pytest.mark.parametrize("place", places())
def test_an_ensemble_is_large_and_says_what_it_was_made_of(place):
    ensemble = worlds(place)
    assert len(ensemble) == ensemble.provenance["worlds"] >= LEAST
    assert all(world.keys() == ensemble.parameters[0].keys() for world in ensemble.parameters)
    assert {*ensemble.provenance["free"], "n_bar"} == ensemble.parameters[0].keys()
    for name, (low, high) in ensemble.provenance["free"].items():
        assert all(low <= world[name] <= high for world in ensemble.parameters), name


@pytest.mark.parametrize("place", places())
def test_the_first_worlds_are_a_sample_of_all(place):
    ensemble = worlds(place)
    assert ensemble.first(7).parameters == ensemble.parameters[:7]
    assert ensemble.first(len(ensemble)) == ensemble
    for wrong in (0, len(ensemble) + 1):
        with pytest.raises(InputError, match="ask for 1 to"):
            ensemble.first(wrong)


@pytest.mark.parametrize("place", places())
def test_the_page_of_an_ensemble_is_made_from_its_tables(place):
    page = (FOLDER / f"{place}.md").read_text(encoding="utf-8")
    assert page == posterior.page(place), "renew it: python -m linli.experiments.calibration.posterior"
    assert all(f"| `{name}` |" in page for name in worlds(place).provenance["free"])


def test_a_parameter_that_was_narrowed_is_identified_and_one_that_was_not_is_not():
    found = {one.name: one for one in posterior.marginals(worlds("donghu"))}
    assert found["s0"].identified
    assert found["s0"].narrowed > 0.5
    assert not found["chi"].identified


def test_a_place_without_an_ensemble_is_told_so():
    with pytest.raises(InputError, match="linli calibrate lane"):
        worlds("lane")


@pytest.mark.parametrize("place", places())
def test_rules_and_evidence_are_those_of_the_table(place):
    """Worlds are lived again: code may be rewritten, only rules that give other numbers are noticed."""
    ensemble = worlds(place)
    renew = f"the worlds of {place} are out of date; renew them: {ensemble.provenance['command']}"
    assert hash_of(targets()) == ensemble.provenance["evidence"], f"other evidence: {renew}"
    for world, pinned in zip(ensemble.parameters, ensemble.provenance["pinned"], strict=False):
        measures = lived(load(place).but(seed=pinned["seed"], parameters=world), "array")
        given = {name: measures[name] for name in pinned["measures"]}
        assert given == pytest.approx(pinned["measures"], rel=1e-6), f"other rules: {renew}"
        assert all(figure.holds(given[figure.measure]) for figure in targets())
        assert agrees(given[NEED], world["n_bar"])


@pytest.mark.long
@pytest.mark.parametrize("place", places())
def test_under_other_seeds_most_worlds_still_meet_each_figure(place):
    shown = [
        lived(load(place).but(seed=7, parameters=world), "array")
        for world in worlds(place).first(30).parameters
    ]
    for figure in targets():
        inside = sum(figure.holds(measures[figure.measure]) for measures in shown)
        assert inside >= MOSTLY * len(shown), figure.measure
