"""Pairs of runs under the same luck, as many as are asked for, in as many processes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from linli.agents.chance import MAX_SEED
from linli.experiments.attribution.measured import MOST_COMMUNITIES, is_within_reach
from linli.experiments.compare.runs import Pair, Task, run_pair
from linli.experiments.output.progress import Progress, compile_first
from linli.experiments.runner.pool import in_parallel
from linli.model.errors import InputError
from linli.model.policies import Policy
from linli.model.scenario import Scenario, with_policies
from linli.model.systems import systems_of


def pairs_of(task: Task, runs: int, processes: int, progress: Progress, begins: int = 0) -> list[Pair]:
    """Both arms of so many runs; run r has the seed of the task's scenario + r. begins: the day on which the
    first arm stands already. Raises InputError for policies that do not fit, before anything runs."""
    settings = task.scenario
    if settings.seed > MAX_SEED - runs + 1:
        raise InputError(f"seed {settings.seed} is too large: {runs} runs count up from it")
    with_policies(settings, task.policies)
    prepare(settings, task.policies, progress.say)
    if not is_within_reach(settings.place):
        progress.say(
            f"{settings.name}: attribution is left out, as of any place of more than {MOST_COMMUNITIES} "
            "communities"
        )
    shared = max(0, settings.burn_in - begins)
    each = settings.burn_in + settings.days - max(settings.burn_in, begins)
    progress.expect(f"{runs} pairs of runs", runs * (shared + 2 * each))
    tasks = [replace(task, scenario=settings.but(seed=settings.seed + run)) for run in range(runs)]
    return in_parallel(run_pair, tasks, processes, progress.reach)


def prepare(settings: Scenario, policies: Sequence[Policy], say: Callable[[str], None]) -> None:
    """Say what a user should know before waiting, and compile what is not compiled yet."""
    for policy in policies:
        if policy.remark(settings.whole):
            say(f"policy {policy.name}: {policy.remark(settings.whole)}")
        if policy.start >= settings.days:
            say(f"policy {policy.name} starts on day {policy.start}, after the run's {settings.days} days")
    compile_first(say, systems_of(policies, settings.place))
