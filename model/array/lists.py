"""Short lists in scratch arrays."""

from agents.compiled import part

BLOCK = 64
"""So many entries are compared at once."""


@part
def which(column, first, last, value, found):
    """The numbers from first to last-1 whose entry is a value, in `found`; returns how many.

    Without a branch: for values that one in ten has.
    """
    n = 0
    for i in range(first, last):
        found[n] = i
        n += column[i] == value
    return n


@part
def which_few(column, first, last, value, found):
    """The same for values that one in a hundred has: blocks without any are passed over at once."""
    n = 0
    for begin in range(first, last, BLOCK):
        end, hits = min(begin + BLOCK, last), 0
        for i in range(begin, end):
            hits += column[i] == value
        if hits > 0:
            for i in range(begin, end):
                if column[i] == value:
                    found[n] = i
                    n += 1
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
