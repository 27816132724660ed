"""In which order the runs of a study are handed out, and which of them a shard makes."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Group, Plan, Variant
from linli.model.errors import InputError, count_of

MOST_RUNS = 64
"""Of one family at a time: what a killed process can lose stays small beside the burn-in it has to repeat."""
PIECES_A_JOB = 4
"""At least so many pieces for every worker, so that none waits long at the end."""


@dataclass(frozen=True)
class Shard:
    """A part of a study: number `of` many, from 1."""

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> "Shard":
        """As typed: `3/10`."""
        number, slash, of = text.partition("/")
        if not slash:
            raise InputError(f"--shard {text}: write the shard's number and how many there are, such as 3/10")
        many = count_of("--shard: how many", of, 1, 1_000_000)
        return cls(count_of("--shard: number", number, 1, many), many)

    def has(self, number: int) -> bool:
        """Whether the part of that number (from 0) is in this shard."""
        return number % self.of == self.number - 1


@dataclass(frozen=True)
class Piece:
    """Runs of one family that are made together. seed: counted from 0."""

    group: Group
    seed: int
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Round:
    """Runs that can be made without waiting for each other.

    seeds: counted from 0; points: those that get them; jobs: how many workers there are, so that even few
    families keep all of them busy.
    """

    plan: Plan
    ledger: Ledger
    shard: Shard
    jobs: int
    seeds: range
    points: frozenset[int]

    def families(self) -> Iterator[tuple[Group, int]]:
        """Groups with a seed: one seed of all groups before the next, so that a stopped study is balanced."""
        groups = self.plan.groups
        by_group = self.plan.study.seeds.until is not None  # its intervals need all its seeds in one shard
        for seed in self.seeds:
            for group in groups:
                part = group.number if by_group else seed * len(groups) + group.number
                if self.shard.has(part) and not self.points.isdisjoint(group.points):
                    yield group, seed

    def variants(self, group: Group) -> list[Variant]:
        """The runs of a family at the points of this round."""
        found = self.plan.variants(group.number)
        if len(self.points) == len(self.plan.points):
            return list(found)
        kept = [
            replace(v, places=tuple(place for place in v.places if place[0] in self.points)) for v in found
        ]
        return [variant for variant in kept if variant.places]

    def missing(self, group: Group, seed: int) -> list[Variant]:
        """The runs of a family that are not in the ledger."""
        return [v for v in self.variants(group) if not self.ledger.has(v.places, seed)]

    def count(self) -> tuple[int, int, int]:
        """Families with something to do, runs to do, and runs altogether."""
        families = missing = runs = 0
        for group, seed in self.families():
            runs += len(self.variants(group))
            here = len(self.missing(group, seed))
            families, missing = families + (here > 0), missing + here
        return families, missing, runs

    def pieces(self, families: int) -> Iterator[Piece]:
        """The runs to do, a family at a time, or in parts where there are few families for the workers."""
        parts = max(1, math.ceil(PIECES_A_JOB * self.jobs / max(1, families)))
        for group, seed in self.families():
            runs = self.missing(group, seed)
            size = min(MOST_RUNS, max(1, math.ceil(len(runs) / parts)))
            for some in itertools.batched(runs, size):
                yield Piece(group, seed, some)


def rounds(plan: Plan, ledger: Ledger, shard: Shard, jobs: int) -> Iterator[Round]:
    """One round, or where intervals decide several; the next is worked out when the last is in the ledger."""
    seeds = plan.study.seeds
    points = frozenset(range(len(plan.points)))
    first, last = 0, seeds.least
    while points:
        done = Round(plan, ledger, shard, jobs, range(first, last), points)
        yield done
        if last == seeds.most:
            return
        own = {point for group, _ in done.families() for point in group.points} & points
        points = frozenset(point for point in own if ledger.is_wide(point, last))
        first, last = last, seeds.more(last)
