"""`linli run`."""

from experiments.commands.options import (
    BurnIn,
    Days,
    Engine,
    Json,
    Name,
    NetworkFile,
    Out,
    Policies,
    ResidentsFile,
    Seed,
    Values,
)


def run(
    scenario: Name,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    policy: Policies = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "mesa",
    out: Out = None,
    json: Json = False,
) -> None:
    """Run a scenario once and show every measure."""
    from experiments.progress import Progress

    with Progress("loading") as progress:
        from experiments import output, report
        from experiments.request import Request

        request = Request(scenario, days, seed, burn_in, policy, set_, network, residents, engine, out)
        settings = request.treated(request.baseline())
        folder = output.Folder(out) if out else None
        outcome = report.run(request, settings, progress)
    if folder:
        folder.write(report.run_files(request, settings, outcome))
    data = report.of_run(request, settings, outcome)
    if json:
        output.print_json(data)
    else:
        from experiments import tables

        tables.show_run(settings.title, data)
