"""What all who act have in common, as Mesa agents: they can be copied, and cannot be taken out."""

from collections import deque
from copy import deepcopy
from typing import Any, Self

import mesa

_WAITING = "objects of linli that are made and not filled yet"


class Linked:
    """An object that knows many others, which know others in turn: a copy makes each of them empty first and
    fills one after the other, so that no chain of acquaintances is too long for Python's recursion."""

    __slots__ = ()

    def __deepcopy__(self, memo: dict[Any, Any]) -> Self:
        twin = object.__new__(type(self))
        memo[id(self)] = twin
        if _WAITING in memo:
            memo[_WAITING].append((self, twin))
            return twin
        waiting: deque[tuple[Linked, Linked]] = deque([(self, twin)])
        memo[_WAITING] = waiting
        while waiting:
            old, new = waiting.popleft()
            fill(new, deepcopy(old.__getstate__(), memo))
        del memo[_WAITING]
        return twin


def fill(it: object, state: Any) -> None:
    """Give an empty object the state that `__getstate__` gave of another."""
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    if attributes:
        vars(it).update(attributes)
    for name, value in (slots or {}).items():
        setattr(it, name, value)


class Shown(mesa.Agent):
    """An agent that says at a glance who it is; what a card of it holds, its community knows."""

    def __repr__(self) -> str:
        number = getattr(self, "number", None)
        who = type(self).__name__ if number is None else f"{type(self).__name__} {number}"
        return f"<{who} of {self.model.settings.name}>"

    def _repr_html_(self) -> str:
        return str(self.model.card_of(self))


class Actor(Linked, Shown):
    """Whoever acts. Everybody has a number that tables, posts, households and draws go by."""

    def remove(self) -> None:
        """Raises NotImplementedError: nobody can be taken out of a community that has begun."""
        raise NotImplementedError(
            f"a {type(self).__name__} cannot be removed: everybody has a number that ties, households, posts "
            "and draws go by. Households leave with the parameter `moves`; for other people, make another "
            "community"
        )
