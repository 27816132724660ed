"""The rules that the page shows are those of the ODD."""

import pytest

from linli.model.parameters import table
from linli.model.policies import POLICIES
from linli.viz.words.rules import OF_POLICY, of_parameter, of_policy, rules


def test_every_policy_has_its_rule():
    assert set(OF_POLICY) == set(POLICIES)
    assert set(OF_POLICY.values()) <= set(rules())
    for name in POLICIES:
        assert of_policy(name).startswith(f"<p><strong>{OF_POLICY[name]}")
    assert of_policy("made-up") == ""


@pytest.mark.parametrize("symbol", list(table()))
def test_every_parameter_is_explained(symbol):
    assert symbol in of_parameter(symbol)


def test_a_rule_names_its_sources():
    assert "Brady, Schlozman" in of_parameter("lambda0")
    assert "<script" not in "".join(map(of_parameter, table()))
