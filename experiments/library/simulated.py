"""One run, or pairs of runs, as a function of a scenario and of what is changed about it."""

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli.experiments.compare.comparison import Comparison
from linli.experiments.compare.measured import Measures
from linli.experiments.compare.pairs import pairs_of
from linli.experiments.compare.provenance import provenance
from linli.experiments.compare.runs import Task, run_one
from linli.experiments.output.progress import Progress, compile_first, said
from linli.model.engines import checked_engine
from linli.model.errors import InputError, count_of
from linli.model.policies import Policy, policies_from
from linli.model.scenario import OWN_SEED, Scenario, Seeding, load, settings_of, with_policies
from linli.model.stopping import Stop, checked_stop
from linli.model.systems import systems_of

if TYPE_CHECKING:
    from linli.model.community import Community
    from linli.model.graphs import Brought

Policies = str | Sequence[Policy | str]
Until = str | Callable[[Any], bool] | None


def simulate(
    scenario: str | Path | Scenario,
    *,
    policies: Policies = (),
    parameters: Mapping[str, float] | None = None,
    seed: Seeding = OWN_SEED,
    days: int | None = None,
    burn_in: int | None = None,
    engine: str = "array",
    network: "Brought | None" = None,
    until: Until = None,
    interventions: "Mapping[int, Callable[[Community], object]] | None" = None,
) -> Measures:
    """Run a scenario once, and return every measure of it.

    scenario: a name (`linli list scenarios`), a file or a `Scenario`; policies: added to its own, as objects
    or as text ("match:method=random; relieve:share=.5"); parameters: values by symbol; seed: a whole number,
    a generator of numpy, None for a fresh one [the scenario's]; days, burn_in: [the scenario's]; engine:
    "array" or "mesa", which agree to the last bit; network: of `linli.load_network`; until: a condition that
    ends the run on a morning after the burn-in (a function of the run, or the name of one that was brought);
    interventions: what functions do to the community on days after the burn-in, on engine "mesa".
    Raises InputError when any of it cannot be.

    >>> simulate("lane", policies="match", parameters={"mu": 0.5}, seed=7)["engaged_share"]  # doctest: +SKIP
    """
    settings = _settings(scenario, policies, parameters, seed, days, burn_in, network)
    task = Task(
        settings,
        network=network,
        engine=checked_engine(engine),
        until=_until(until),
        interventions=_checked(interventions, engine),
    )
    if engine == "array":
        compile_first(said, systems_of(settings.policies, settings.place))
    outcome = run_one(task, None)
    about = provenance(settings, engine, outcome.residents)
    if interventions:
        about["interventions"] = [{"day": day, **_named(do)} for day, do in sorted(interventions.items())]
    return Measures(outcome.measures, settings, about, outcome.days)


def compare(
    scenario: str | Path | Scenario,
    policies: Policies,
    *,
    runs: int = 20,
    parameters: Mapping[str, float] | None = None,
    seed: Seeding = OWN_SEED,
    days: int | None = None,
    burn_in: int | None = None,
    engine: str = "array",
    network: "Brought | None" = None,
    jobs: int = 1,
) -> Comparison:
    """Run a scenario with and without policies under the same luck, and return the effect on every measure.

    runs: pairs of runs; run r has the seed seed + r. jobs: worker processes; a script that asks for more
    than one needs `if __name__ == "__main__":`. Others: see `simulate`. Raises InputError when any of it
    cannot be.
    """
    added = policies_from(policies)
    if not added:
        raise InputError("compare needs policies to hold against the baseline (see: linli list policies)")
    settings = _settings(scenario, (), parameters, seed, days, burn_in, network)
    with Progress("loading") as progress:
        pairs = pairs_of(
            Task(settings, policies=tuple(added), network=network, engine=checked_engine(engine)),
            count_of("runs", runs, 1, 100_000),
            count_of("jobs", jobs, 1, 1024),
            progress,
        )
    return Comparison(pairs, with_policies(settings, added), engine)


def _settings(
    scenario: str | Path | Scenario,
    policies: Policies,
    parameters: Mapping[str, float] | None,
    seed: Seeding,
    days: int | None,
    burn_in: int | None,
    network: "Brought | None",
) -> Scenario:
    """The scenario with all that is changed about it."""
    given = scenario if isinstance(scenario, Scenario) else load(scenario)
    spans = {name: value for name, value in (("days", days), ("burn_in", burn_in)) if value is not None}
    if spans:
        given = given.but(**spans)
    settings = settings_of(given, policies, seed, parameters or {})
    return settings if network is None else network.scenario(settings)


def _until(given: Until) -> Stop | None:
    if given is None or isinstance(given, Stop):
        return given
    if isinstance(given, str):
        return checked_stop(given)
    return Stop(getattr(given, "__name__", "until"), "", given)


def _checked(
    given: "Mapping[int, Callable[[Community], object]] | None", engine: str
) -> tuple[tuple[int, Any], ...]:
    if not given:
        return ()
    if engine != "mesa":
        raise InputError('interventions change objects: give engine="mesa" too')
    return tuple(sorted(given.items(), key=lambda one: one[0]))


def _named(do: Any) -> dict[str, str]:
    """A function by its name, and the hash of its code where that can be had."""
    name = f"{getattr(do, '__module__', '')}.{getattr(do, '__qualname__', type(do).__name__)}"
    try:
        return {"function": name, "hash": hashlib.sha256(inspect.getsource(do).encode()).hexdigest()[:16]}
    except (OSError, TypeError):  # typed at a prompt, or no function of Python
        return {"function": name}
