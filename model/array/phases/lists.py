"""Short lists in scratch arrays."""

import numpy as np

from linli.agents.compiled import part

BLOCK = 64
"""Rows that are looked at together."""


@part
def rows(first, last):
    """The numbers from first to last-1, as unsigned ones: they cannot count from the end, so that the loop
    over them works on eight rows or sixteen at a time."""
    return range(np.uint64(first), np.uint64(last))


@part
def which(column, first, last, value, found):
    """The numbers from first to last-1 whose entry is a value, in `found`; returns how many.

    Without a branch, because few entries are and none can be foretold.
    """
    return _which_too(column, first, last, value, found, 0)


@part
def _which_too(column, first, last, value, found, n):
    """The same behind the first n that are there; returns how many there are then."""
    for i in rows(first, last):
        found[n] = i
        n += column[i] == value
    return n


@part
def which_few(column, first, last, value, found):
    """As `which`, where almost none are: whole blocks of rows are passed over at once."""
    n, i = 0, first
    while i < last:
        end, any_of_them = min(i + BLOCK, last), False
        for row in rows(i, end):
            any_of_them |= column[row] == value
        if any_of_them:
            n = _which_too(column, i, end, value, found, n)
        i = end
    return n


@part
def sort_ascending(numbers, n):
    """Sort the first n numbers in place: insertion, because the lists are short or nearly in order."""
    for at in range(1, n):
        number = numbers[at]
        behind = at - 1
        while behind >= 0 and numbers[behind] > number:
            numbers[behind + 1] = numbers[behind]
            behind -= 1
        numbers[behind + 1] = number
