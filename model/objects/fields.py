"""What is done on a day in the field of each speciality of social organisations."""

from linli.agents.traits import BY_ORGANISATION, SPECIALITIES
from linli.model.matters import USEFULNESS


class Fields:
    """Work on the kinds of each speciality [minute-percent]. organised: by such forces; all: by anybody."""

    __slots__ = ("all", "organised")

    def __init__(self) -> None:
        self.organised = [0] * len(SPECIALITIES)
        self.all = [0] * len(SPECIALITIES)

    def note(self, kind: int, is_organised: bool, done: int) -> None:
        """Work was done on a matter. done: [minute-percent]."""
        for speciality in range(len(SPECIALITIES)):
            if USEFULNESS.item(BY_ORGANISATION + speciality, kind):
                self.all[speciality] += done
                self.organised[speciality] += done if is_organised else 0
