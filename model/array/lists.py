"""Short lists in scratch arrays."""

from agents.compiled import part


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
