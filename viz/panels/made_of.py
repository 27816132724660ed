"""Of what a figure or a table was made, and how it is made again."""

from linli.experiments.output import version
from linli.model.policies import to_text
from linli.viz.state import Page
from linli.viz.state.link import encode
from linli.viz.state.settings import Settings
from linli.viz.worlds.repeats import Repeated
from linli.viz.worlds.stage import Shown


def made_of(page: Page, shown: Shown, repeated: Repeated | None) -> tuple[str, ...]:
    """Place, days, seeds and version; the command that makes the numbers again; the link to the page."""
    same = repeated is not None and repeated.settings == shown.settings
    return lines_of(page, shown.settings, shown.day, repeated.runs if same and repeated else 1)


def lines_of(page: Page, settings: Settings, day: int, runs: int) -> tuple[str, ...]:
    """The same of any settings, up to a day."""
    where = f"linli {version()}, {settings.scenario}, {settings.days} days, seeds {settings.seed} to "
    link = f"linli viz, then /?{encode(page.but(settings=settings), day)}"
    return f"{where}{settings.seed + runs - 1}", command(settings, runs), link


def command(settings: Settings, runs: int) -> str:
    """What makes the numbers again."""
    policies = "".join(f" --policy {to_text(policy)}" for policy in settings.policies)
    changed = "".join(f" --set {name}={value!r}" for name, value in settings.parameters)
    what = "compare" if settings.policies else "run"
    pairs = f" --runs {runs}" if settings.policies else ""
    return (
        f"linli {what} {settings.scenario}{policies} --days {settings.days} --seed {settings.seed}"
        f"{pairs}{changed}"
    )
