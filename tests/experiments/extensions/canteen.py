"""A policy, a measure and a stop condition of somebody's own."""

from typing import ClassVar

import linli


class Canteen(linli.Policy):
    """Community canteen 社区食堂: workers have less paper, for a price."""

    name: ClassVar[str] = "canteen"
    share: float = linli.option(0.5, 0, 1, "share", "tasks lifted", "减少的事务比例")
    price: float = linli.option(2.0, 0, 100, "yuan", "of a day", "每日费用")

    def change(self, levers, level, place):
        levers.relief = linli.toward(levers.relief, self.share, level)

    def cost(self, levers, level, today, place, p):
        return linli.Cost(minutes=0.0, yuan=self.price)


@linli.measure(linli.Text("meals per day", "份/日"), "每日用餐")
def meals(w):
    """Meals of a day, which are the adults there are."""
    return float(w.totals.adults)


@linli.measure("days")
def days_lived(w):
    """Days after the burn-in that the run lived."""
    return float(w.days)


@linli.stop
def a_week(run):
    """A week has passed."""
    return run.day - run.settings.burn_in >= 7
