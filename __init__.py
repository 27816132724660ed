"""linli 邻里: an agent-based model of neighbourhood participation, and of what mobilisation does to it.

    import linli

    linli.simulate("lane", policies="match", seed=7)["engaged_share"]     # one run: every measure by name
    linli.compare("lane", "match; relieve:share=.5", runs=8)              # with and without, the same luck
    linli.sweep("study.toml", jobs=2).to_frame()                          # a study, resumed where it stopped
    linli.results("results/sinking").sql("select arm, avg(engaged_share) from runs group by arm")
    linli.simulate("lane", network=linli.load_network("ties.graphml"))    # people and ties of one's own
    linli.Community("lane").run_to(30).residents[7]                       # objects to look at: a mesa.Model
    linli.show("lane", "match", days=60)                                  # both worlds, also as a file
    linli.extend("canteen.py")                                            # policies and measures of one's own

Nothing is loaded before it is asked for.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linli.experiments.compare.comparison import Comparison
    from linli.experiments.compare.measured import Measures
    from linli.experiments.library.networks import load_network
    from linli.experiments.library.simulated import compare, simulate
    from linli.experiments.library.stored import Stored, results, sweep
    from linli.model.city import City
    from linli.model.community import Community
    from linli.model.errors import InputError
    from linli.model.extensions import extend
    from linli.model.measures import Window, measure
    from linli.model.policies.levers import toward
    from linli.model.policies.policy import Cost, Policy, choice, option
    from linli.model.scenario import Scenario
    from linli.model.scenario import load as load_scenario
    from linli.model.stopping import stop
    from linli.model.text import Text
    from linli.viz.standalone.show import show

__all__ = [
    "City",
    "Community",
    "Comparison",
    "Cost",
    "InputError",
    "Measures",
    "Policy",
    "Scenario",
    "Stored",
    "Text",
    "Window",
    "choice",
    "compare",
    "extend",
    "load_network",
    "load_scenario",
    "measure",
    "option",
    "results",
    "show",
    "simulate",
    "stop",
    "sweep",
    "toward",
]

_WHERE = {
    "City": "model.city",
    "Community": "model.community",
    "Comparison": "experiments.compare.comparison",
    "Cost": "model.policies.policy",
    "InputError": "model.errors",
    "Measures": "experiments.compare.measured",
    "Policy": "model.policies.policy",
    "Scenario": "model.scenario",
    "Stored": "experiments.library.stored",
    "Text": "model.text",
    "Window": "model.measures",
    "choice": "model.policies.policy",
    "compare": "experiments.library.simulated",
    "extend": "model.extensions",
    "load_network": "experiments.library.networks",
    "load_scenario": "model.scenario:load",
    "measure": "model.measures",
    "option": "model.policies.policy",
    "results": "experiments.library.stored",
    "show": "viz.standalone.show",
    "simulate": "experiments.library.simulated",
    "stop": "model.stopping",
    "sweep": "experiments.library.stored",
    "toward": "model.policies.levers",
}
"""In which module each name stands (and what it is called there): found when it is asked for."""


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'linli' has no attribute {name!r}")
    module, _, there = _WHERE[name].partition(":")
    found = getattr(importlib.import_module(f"linli.{module}"), there or name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *_WHERE])
