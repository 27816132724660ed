"""The same contagion as compiled loops and as Mesa agents, to the last bit; on any form of network."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.agents.rules.contagion import TOO_MANY, needed_of_share
from linli.agents.traits import NEVER
from linli.model import theory
from linli.model.errors import InputError
from linli.model.network import Network

PEOPLE = 150


def graphs(seed: int) -> dict[str, nx.Graph | theory.NetworkLike]:
    """Networks of different kinds: with hubs, with people without ties, regular, complete."""
    return {
        "small world": nx.watts_strogatz_graph(PEOPLE, 6, 0.2, seed=seed),
        "hubs": nx.barabasi_albert_graph(PEOPLE, 3, seed=seed),
        "sparse": nx.gnp_random_graph(PEOPLE, 0.01, seed=seed),
        "regular": theory.regular(PEOPLE, 4, seed),
        "complete": theory.complete(PEOPLE),
    }


def rules(seed: int) -> list[theory.Rule]:
    """Every kind of rule, with everybody alike and with everybody different."""
    chance = np.random.default_rng(seed)
    return [
        theory.SocialInteraction(theta=-1.0, J=2.0),
        theory.SocialInteraction(theta=chance.normal(-1.0, 1.5, PEOPLE), J=5.0, phi=0.4, delta_F=0.2),
        theory.SIS(beta=0.1, delta=0.2),
        theory.SIS(beta=1.0, delta=1.0),
        theory.Thresholds(count=2),
        theory.Thresholds(count=chance.integers(0, 6, PEOPLE)),
        theory.Thresholds(share=chance.normal(0.25, 0.2, PEOPLE)),
    ]


@pytest.mark.parametrize("network", list(graphs(0)))
@pytest.mark.parametrize("number", range(len(rules(0))))
def test_mesa_agents_and_compiled_loops_agree(network, number):
    for seed in (1, 2):
        where, rule = graphs(seed)[network], rules(seed)[number]
        begun = np.random.default_rng(seed).random(PEOPLE) < 0.1
        objects = theory.contagion(where, rule, active=begun, seed=seed, engine="mesa")
        loops = [theory.contagion(where, rule, active=begun, seed=seed, threads=t) for t in (1, 2)]
        for days in (0, 1, 14):
            expected = objects.run(days).tolist()
            for loop in loops:
                assert loop.run(days).tolist() == expected
                assert np.array_equal(loop.active, objects.active)
        assert objects.daily().equals(loops[0].daily())


def test_residents_are_as_tired_and_acted_on_the_same_days():
    graph = nx.barabasi_albert_graph(PEOPLE, 3, seed=4)
    values = {"theta": np.linspace(-3.0, 2.0, PEOPLE), "J": 4.0, "phi": 0.3, "delta_F": 0.15}
    world = theory.theory_world(graph, **values, seed=9, days=40).run()
    crowd = theory.contagion(graph, theory.SocialInteraction(**values), seed=9)
    crowd.run(40)
    assert np.array_equal(world.columns()["last_acted"], crowd.own.last_acted)
    assert np.array_equal(world.columns()["fatigue"], crowd.own.fatigue)
    assert len(set(crowd.record.tolist())) > 20


@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_a_threshold_is_a_steep_pull_of_those_who_ever_acted(threshold):
    """The third way: residents whose pull is a step, and who never forget."""
    graph, steep = nx.random_regular_graph(6, PEOPLE, seed=threshold), 1e6
    last_acted = np.full(PEOPLE, NEVER)
    last_acted[:12] = -1
    world = theory.theory_world(
        graph, theta=-steep * (threshold - 0.5) / 6, J=steep, W=20_000, last_acted=last_acted
    )
    crowd = theory.contagion(graph, theory.Thresholds(count=threshold), active=range(12))
    for _ in range(12):
        world.step()
        crowd.run(1)
        assert np.array_equal(world.columns()["last_acted"] > NEVER, crowd.active)
    assert crowd.record[-1] > 12 or threshold == 3


@given(st.integers(1, 60), st.integers(1, 60), st.floats(-0.5, 1.5))
def test_a_share_is_the_count_that_reaches_it(ties, part, share):
    for threshold in (share, min(part, ties) / ties):
        needed = needed_of_share(threshold, ties)
        reached = [count for count in range(ties + 1) if threshold <= 0.0 or count / ties >= threshold]
        assert needed == (reached[0] if reached else TOO_MANY)
    assert needed_of_share(share, 0) == (0 if share <= 0.0 else TOO_MANY)


# networks -------------------------------------------------------------------------------------------------


def pairs_of(graph: nx.Graph) -> tuple[list[int], list[int]]:
    """The people of each tie, each tie once."""
    one, other = zip(*graph.edges, strict=True)
    return list(other), list(one)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40))
def test_a_graph_a_matrix_and_pairs_are_one_network(seed, people):
    graph = nx.gnm_random_graph(people, people, seed=seed)
    graph.add_edge(people - 2, people - 1)  # pairs know of nobody beyond the last one who is tied
    forms = [graph, nx.to_scipy_sparse_array(graph), pairs_of(graph), 3.5 * nx.to_scipy_sparse_array(graph)]
    found = [theory.ties_of(form) for form in forms]
    for other in found:
        assert np.array_equal(other.start, found[0].start)
        assert np.array_equal(other.ties, found[0].ties)
        assert (other.start.dtype, other.ties.dtype) == (np.int64, np.int32)


@pytest.mark.parametrize(("people", "ties"), [(3, 2), (7, 6), (40, 4), (101, 10)])
def test_the_ring_is_that_of_networkx(people, ties):
    found = theory.ring(people, ties)
    expected = theory.ties_of(nx.circulant_graph(people, list(range(1, ties // 2 + 1))))
    assert np.array_equal(found.start, expected.start)
    assert np.array_equal(found.ties, expected.ties)


def test_random_ties_are_mutual_nearly_regular_and_those_of_the_seed():
    one, again, other = (theory.regular(3_000, 10, seed) for seed in (5, 5, 6))
    one.check(3_000)
    assert 9.9 < one.degrees.mean() <= 10.0
    assert one.degrees.max() == 10
    assert np.array_equal(one.ties, again.ties)
    assert not np.array_equal(one.ties, other.ties)
    graph = nx.Graph([(i, int(j)) for i in range(3_000) for j in one.of(i)])
    assert nx.is_connected(graph)
    assert nx.average_clustering(graph) < 0.02


GOOD, RULE = theory.ring(10), theory.Thresholds(count=1)


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (nx.DiGraph([(0, 1)]), "directed"),
        (nx.empty_graph(4), "the network is empty"),
        (nx.to_scipy_sparse_array(nx.DiGraph([(0, 1)])), "not mutual"),
        (nx.to_scipy_sparse_array(nx.Graph([(0, 1), (1, 1)])), "self-loop at resident 1"),
        (nx.to_scipy_sparse_array(nx.path_graph(4))[:2], "it must be square"),
        (([0, 0], [1, 1]), "a repeated tie"),
        (([0, 1], [1, 0]), "a repeated tie"),
        (([0, 1], [1, 1]), "self-loop at resident 1"),
        (([0, 1], [1, -1]), "people are numbered from 0"),
        (([0, 1], [1]), "as long as each other"),
        (([0.5], [1.0]), "two lists of whole numbers"),
        (([], []), "whole numbers"),
        ([[0, 1], [1, 0]], "a network of type list"),
        (Network(np.array([0, 2, 3, 4]), np.array([2, 1, 0, 0], dtype=np.int32)), "not ascending"),
    ],
)
def test_what_is_no_network_is_one_line(network, said):
    with pytest.raises(InputError, match=said) as error:
        theory.contagion(network, RULE)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: theory.contagion(GOOD, RULE, engine="fast"), "unknown engine 'fast'"),
        (lambda: theory.contagion(GOOD, "SIS"), "rule: give SocialInteraction, Thresholds or SIS"),
        (lambda: theory.contagion(GOOD, RULE, threads=0), "threads must be 1 or more, not 0"),
        (lambda: theory.contagion(GOOD, RULE, seed=-1), "seed must be between 0"),
        (lambda: theory.contagion(GOOD, RULE, active=[10]), "numbers of people from 0 to 9"),
        (lambda: theory.contagion(GOOD, RULE, active=[-1]), "numbers of people from 0 to 9"),
        (lambda: theory.contagion(GOOD, RULE, active=[True]), "one for each of the 10"),
        (lambda: theory.contagion(GOOD, theory.Thresholds(count=[1, 2])), "one for each of the 10"),
        (lambda: theory.contagion(GOOD, theory.Thresholds(share=float("nan"))), "share: nan is no number"),
        (lambda: theory.contagion(GOOD, theory.SocialInteraction(theta="x")), "theta: give numbers"),
        (lambda: theory.contagion(GOOD, RULE).run(-1), "days must be 0 or more"),
        (lambda: theory.Thresholds(), "either a count of neighbours or a share"),
        (lambda: theory.Thresholds(count=1, share=0.5), "either a count of neighbours or a share"),
        (lambda: theory.SIS(beta=1.5, delta=0.1), "beta must be between 0 and 1"),
        (lambda: theory.SIS(beta=0.5, delta=float("nan")), "delta must be between 0 and 1"),
        (lambda: theory.SocialInteraction(delta_F=2.0), "delta_F must be between 0 and 1"),
        (lambda: theory.ring(10, 3), "ties must be an even number below"),
        (lambda: theory.regular(10, 10), "ties must be an even number below"),
        (lambda: theory.complete(1), "people must be between 2"),
    ],
)
def test_what_cannot_be_is_one_line(make, said):
    with pytest.raises(InputError, match=said) as error:
        make()
    assert "\n" not in str(error.value)


def test_a_crowd_that_does_not_fit_is_refused(monkeypatch):
    network = theory.ring(100_000, 4)
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("Little", (), {"available": 1_000_000}))
    with pytest.raises(InputError, match=r"a contagion of 100,000 people takes about 0.0 GB"):
        theory.contagion(network, RULE)
    with pytest.raises(
        InputError, match=r"a network of 1,000,000 people with 10 ties each takes about 0.1 GB"
    ):
        theory.regular(1_000_000)
    with pytest.raises(InputError, match="a complete graph of 5,000 people"):
        theory.contagion(theory.complete(5_000), theory.SocialInteraction(), engine="mesa")
