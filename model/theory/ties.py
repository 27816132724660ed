"""Who is tied to whom, from whatever a researcher has: a graph, a sparse matrix, pairs, or everybody."""

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array, issparse

from linli.model.errors import InputError, count_of
from linli.model.graphs import network_from
from linli.model.memory import check_memory
from linli.model.network import Network

MOST_PEOPLE = 2**31 - 1
"""People are numbered by 31 bits."""


@dataclass(frozen=True)
class Everybody:
    """A complete graph, without a row of ties for anybody: everybody is tied to everybody else."""

    people: int

    def __len__(self) -> int:
        return self.people


type Ties = Network | Everybody
type NetworkLike = nx.Graph | Network | Everybody | csr_array | tuple[ArrayLike, ArrayLike] | Any
"""A simple undirected networkx graph; a `Network`; a square scipy sparse array or matrix, symmetric, whose
entries other than zero are ties; two arrays (one, other) with the people of each tie, each tie once; or
`complete(people)`."""


def complete(people: int) -> Everybody:
    """A complete graph of people. Takes no memory for ties. Raises InputError below two people."""
    return Everybody(count_of("people", people, 2, MOST_PEOPLE))


def ties_of(network: NetworkLike) -> Ties:
    """Ties in one form. Person n is the n-th node of a graph, or row n of a matrix.

    Raises InputError for anything that is not simple and undirected, or has no tie at all.
    """
    if isinstance(network, Everybody):
        return network
    if isinstance(network, nx.Graph):
        return network_from(network)
    found = network
    if issparse(network):
        found = _from_matrix(network)
    elif isinstance(network, tuple) and len(network) == 2:
        found = _from_pairs(*(np.asarray(side) for side in network))
    if not isinstance(found, Network):
        raise InputError(
            f"a network of type {type(network).__name__}: give a networkx graph, a scipy sparse matrix, "
            "two arrays with the people of each tie, or complete(people)"
        )
    found.check(len(found))
    return found


def materialised(ties: Ties) -> Network:
    """Rows of ties, also for a complete graph: people * (people - 1) entries of four bytes."""
    if isinstance(ties, Network):
        return ties
    n = len(ties)
    check_memory(
        24 * n * n, f"a complete graph of {n:,} people with a row of ties for each", "take fewer people"
    )
    others = np.arange(n - 1, dtype=np.int32)
    rows = others[None, :] + (others[None, :] >= np.arange(n, dtype=np.int32)[:, None])
    return Network(np.arange(n + 1, dtype=np.int64) * (n - 1), rows.astype(np.int32).ravel())


def _from_matrix(matrix: Any) -> Network:
    if len(matrix.shape) != 2 or matrix.shape[0] != matrix.shape[1]:
        raise InputError(f"a matrix of shape {matrix.shape} is no network: it must be square")
    entries = csr_array(matrix != 0)
    entries.sort_indices()
    return Network(entries.indptr.astype(np.int64), entries.indices.astype(np.int32, copy=False))


def _from_pairs(one: NDArray[Any], other: NDArray[Any]) -> Network:
    whole = one.dtype.kind in "iu" and other.dtype.kind in "iu"
    if one.ndim != 1 or one.shape != other.shape or not whole:
        raise InputError("ties as two arrays: give two lists of whole numbers, as long as each other")
    if len(one) == 0:
        raise InputError("the network is empty: residents without a single tie cannot influence each other")
    last = max(int(one.max()), int(other.max()))
    if min(int(one.min()), int(other.min())) < 0 or last >= MOST_PEOPLE:
        raise InputError(f"ties as two arrays: people are numbered from 0 to at most {MOST_PEOPLE - 1}")
    entries = np.ones(2 * len(one), dtype=np.int8)
    there_and_back = np.concatenate([one, other]), np.concatenate([other, one])
    rows = coo_array((entries, there_and_back), shape=(last + 1, last + 1)).tocsr()
    if rows.nnz < len(entries) - np.count_nonzero(one == other):
        raise InputError("the network has a repeated tie: use a simple graph")
    rows.sort_indices()
    return Network(rows.indptr.astype(np.int64), rows.indices.astype(np.int32, copy=False))
