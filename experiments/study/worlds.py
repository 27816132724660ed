"""The worlds that a study is lived in, and which luck each of them has.

A world is a value for every parameter that the evidence leaves open. Each has seeds of its own: if all had
the same, whatever that one luck does would pass for something that all worlds agree on.
"""

from collections.abc import Mapping, Sequence

from linli.agents.chance import MAX_SEED
from linli.experiments.study.seeds import Seeds
from linli.experiments.worlds import worlds
from linli.model.errors import InputError, count_of
from linli.model.scenario import Scenario

SEEDS_A_WORLD = 1000
"""World number w has the seeds first + w * SEEDS_A_WORLD and following."""


def worlds_for(
    scenario: Scenario, many: object, seeds: Seeds, given: Sequence[str] = ()
) -> tuple[Mapping[str, float], ...]:
    """The first so many worlds of a scenario's place. given: what else says what parameters are, by a word
    and their name. Raises InputError where there are not so many, or where something else would change a
    world: it would no longer be one that fits the evidence."""
    ensemble = worlds(scenario.name)
    found = ensemble.first(count_of("worlds", many, 1, len(ensemble.parameters))).parameters
    for text in given:
        name = text.rpartition(" ")[2]
        if name in found[0]:
            raise InputError(f"{text}: every world has a value of {name}, with which it fits; leave one out")
    if seeds.most > SEEDS_A_WORLD:
        raise InputError(f"{seeds.most:,} seeds are more than a world has: {SEEDS_A_WORLD:,}")
    if seeds.first > MAX_SEED - SEEDS_A_WORLD * len(found):
        raise InputError(f"seed {seeds.first} is too large: the worlds' seeds count up from it")
    return found


def named_by_set(values: Sequence[str] | None) -> list[str]:
    """What --set says, as `worlds_for` is told of it."""
    return [f"--set {text.partition('=')[0].strip()}" for text in values or ()]


def first_seed(first: int, world: int) -> int:
    """The first seed of a world. first: that of the study."""
    return first + SEEDS_A_WORLD * world


def world_of(first: int, seed: int) -> int:
    """The world that a seed belongs to."""
    return (seed - first) // SEEDS_A_WORLD
