"""A comparison over worlds: the policies of `linli compare` in so many worlds, as a study with one arm."""

from dataclasses import dataclass
from pathlib import Path

from linli.experiments.across.effects import Across, one_arm
from linli.experiments.attribution.measured import is_within_reach
from linli.experiments.compare.request import Request
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import made
from linli.experiments.runner.plan import points_of
from linli.experiments.store.manifest import manifest_of
from linli.experiments.store.reading import results_of
from linli.experiments.study import Arm, Study
from linli.experiments.study.seeds import Seeds
from linli.experiments.study.worlds import named_by_set, worlds_for
from linli.model.errors import InputError
from linli.model.policies import to_table
from linli.model.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Compared:
    """What came out. scenario: the baseline, with its days; folder: of the runs; found: the effects."""

    scenario: Scenario
    request: Request
    folder: Path
    found: Across


def study_of(request: Request, worlds: int | str) -> Study:
    """The study. Raises InputError for what does not go with worlds."""
    if request.snapshot or request.network:
        what = request.snapshot or "--network"
        raise InputError(f"{what}: worlds are those of a place that comes with linli; name its scenario")
    scenario = request.baseline()
    request.treated(scenario)  # a policy that does not fit is refused before anything runs
    seeds = Seeds(scenario.seed, request.pairs)
    given = named_by_set(request.values)
    policies = request.added()
    return Study(
        name=f"worlds-{scenario.name}",
        title=f"{' + '.join(p.en for p in policies)}, over worlds",
        title_zh=f"{'＋'.join(p.zh for p in policies)}：遍历各世界",
        text="",
        scenario=scenario,
        engine=request.engine,
        arms=(Arm(" + ".join(p.name for p in policies), tuple(to_table(p) for p in policies)),),
        seeds=seeds,
        attribution=is_within_reach(scenario.place),
        worlds=worlds_for(scenario, worlds, seeds, given),
    )


def compared(request: Request, worlds: int | str, jobs: int, progress: Progress) -> Compared:
    """Live it, in a folder that the same command goes on from."""
    study = study_of(request, worlds)
    folder = request.out or _folder(study)
    store = made(study, folder, jobs, progress)
    return Compared(study.scenario, request, folder, one_arm(results_of(store)))


def _folder(study: Study) -> Path:
    """Where the runs go if nobody says: what is asked has a folder of its own."""
    identity = manifest_of(study, points_of(study))["identity"]
    return Path("results") / f"{study.name}-{study.arms[0].name.replace(' + ', '-')}-{identity[:8]}"
