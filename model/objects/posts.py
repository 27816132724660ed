"""The register of posts that members can serve in: so many a compound, each with a skill and a time."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.matching import beat_of, best_value, fit, post_skill, post_time, value_of_post

if TYPE_CHECKING:
    from linli.model.objects.places import Building


def fits(other_skill: float, other_wish: float) -> NDArray[np.int16]:
    """Fit by whether skill, time and wish agree [permille]. Shape: 2, 2, 2."""
    yes_no = (False, True)
    fit_of = [[[fit(s, t, w, other_skill, other_wish) for w in yes_no] for t in yes_no] for s in yes_no]
    return np.array(fit_of, dtype=np.int16)


class Posts:
    """Posts of a community. Post number n stands in compound n // per_compound.

    Its skill and time follow from the number alone, so that posts of every kind are everywhere.
    """

    def __init__(self, compounds: int, per_compound: int, other_skill: float, other_wish: float) -> None:
        self.per_compound = per_compound
        self.free = [True] * (compounds * per_compound)
        self.open = len(self.free)
        self.skills: list[int] = [post_skill(post) for post in range(len(self.free))]
        self.times: list[int] = [post_time(post) for post in range(len(self.free))]
        self._fit: list[list[list[int]]] = fits(other_skill, other_wish).tolist()

    def __len__(self) -> int:
        return len(self.free)

    def compound(self, post: int) -> int:
        """The compound a post stands in."""
        return post // self.per_compound

    def share_out(self, buildings: "Iterable[Building]") -> None:
        """Every building gets the posts whose beat it is. buildings: of the community, in their order."""
        of_compound = [list(group) for _, group in groupby(buildings, key=lambda house: house.compound)]
        for here in of_compound:
            first = here[0].compound.number * self.per_compound
            for number in range(self.per_compound):
                here[beat_of(number, len(here))].posts.append(first + number)

    def in_compound(self, post: int) -> int:
        """Which of its compound's posts it is."""
        return post % self.per_compound

    def fit(self, post: int, skill: int, time: int, wish: int) -> int:
        """Fit of a member with a post [permille]."""
        return self._fit[skill == self.skills[post]][time == self.times[post]][wish == self.skills[post]]

    def find(self, method: int, skill: int, time: int, wish: int, first: int) -> int:
        """The free post that a method chooses, -1 if none is free. first: where the search begins.

        Among equals the first one met wins.
        """
        best, highest, most = -1, -1, best_value(method)
        posts = len(self.free)
        for step in range(posts):
            post = first + step
            if post >= posts:
                post -= posts
            if not self.free[post]:
                continue
            value = value_of_post(method, skill == self.skills[post], self.fit(post, skill, time, wish))
            if value > highest:
                best, highest = post, value
            if value == most:
                break
        return best

    def take(self, post: int) -> None:
        """A member takes it."""
        self.free[post] = False
        self.open -= 1

    def leave(self, post: int) -> None:
        """It is free again."""
        self.free[post] = True
        self.open += 1
