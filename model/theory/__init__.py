"""Theory: what spreads on any network by the textbook's rules, and whole worlds with every coupling off.

    import networkx as nx
    from linli.model import theory

    crowd = theory.contagion(nx.karate_club_graph(), theory.SIS(beta=0.2, delta=0.1), active=[0])
    crowd.run(50)                               # how many are active, day by day
    town = theory.contagion(theory.regular(1_000_000), theory.SocialInteraction(theta=-3.0, J=6.0), threads=2)
    town.run(100)
    joined = theory.contagion(theory.complete(100), theory.Thresholds(count=range(100)))   # Granovetter 1978

`contagion` runs social interaction (Brock & Durlauf 2001), thresholds (Granovetter 1978), complex contagion
(Centola & Macy 2007) and SIS on a networkx graph, a scipy sparse matrix, two arrays of ties, or the generated
networks `complete`, `ring` and `regular`, from a handful to ten million people. `theory_world` is a community
as everywhere else in the model, but for what would disturb: any parameter can be coupled again.
"""

from numpy.typing import ArrayLike

from linli.agents.chance import MAX_SEED
from linli.model.engines import ENGINES, checked_engine
from linli.model.errors import InputError, count_of
from linli.model.memory import check_memory
from linli.model.theory.crowd import crowd_bytes
from linli.model.theory.each import active_at_first
from linli.model.theory.generators import regular, ring
from linli.model.theory.objects import as_objects
from linli.model.theory.sis import SIS
from linli.model.theory.social_interaction import SocialInteraction
from linli.model.theory.spread import ArrayContagion, Contagion, Rule
from linli.model.theory.thresholds import Thresholds
from linli.model.theory.ties import NetworkLike, complete, ties_of
from linli.model.theory.world import UNCOUPLED, theory_world

__all__ = [
    "ENGINES", "SIS", "UNCOUPLED", "Contagion", "NetworkLike", "Rule", "SocialInteraction", "Thresholds",
    "complete", "contagion", "regular", "ring", "theory_world", "ties_of",
]  # fmt: skip


def contagion(
    network: NetworkLike,
    rule: Rule,
    *,
    active: ArrayLike = (),
    seed: int = 1,
    threads: int = 1,
    engine: str = "array",
) -> Contagion:
    """A crowd on a network in which something spreads; `run(days)` lives through days.

    network: a simple undirected networkx graph (person n is its n-th node); a symmetric scipy sparse matrix,
    whose entries other than zero are ties; a tuple of two arrays with the people of each tie, each tie once;
    a `Network`; or what `complete`, `ring` and `regular` give. rule: `SocialInteraction`, `Thresholds` or
    `SIS`. active: who is active at first: numbers of people, or a truth value for each of them; nobody unless
    said. seed: of all draws. threads: how many share the people out; the result does not depend on it.
    engine: "array" (compiled loops) or "mesa" (agents to look at; one thread): the same results to the last
    bit. Days are synchronous: everybody decides from what was so yesterday.
    Raises InputError for what is no such network, rule, start or number, and for a crowd that the memory of
    this machine cannot hold.
    """
    checked_engine(engine)
    if not isinstance(rule, Rule):
        raise InputError(f"rule: give SocialInteraction, Thresholds or SIS, not {type(rule).__name__}")
    seed, threads = count_of("seed", seed, 0, MAX_SEED), count_of("threads", threads, 1)
    ties = ties_of(network)
    begun = active_at_first(active, len(ties))
    if engine == "mesa":
        return as_objects(ties, rule, begun, seed)
    check_memory(crowd_bytes(ties, threads), f"a contagion of {len(ties):,} people", "take fewer people")
    return ArrayContagion(ties, rule, begun, seed, threads)
