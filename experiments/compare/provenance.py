"""What a result was made from: enough to make it again."""

from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments import output
from linli.model import extensions
from linli.model.policies import to_text
from linli.model.scenario import Scenario


def provenance(settings: Scenario, engine: str, residents: int) -> dict[str, Any]:
    """Scenario, seed, days, policies, version and code; what somebody brought, by the hash of its code."""
    return {
        "scenario": settings.name,
        "seed": settings.seed,
        "days": settings.days,
        "burn_in": settings.burn_in,
        "engine": engine,
        "residents": residents,
        "policies": [to_text(policy) for policy in settings.policies],
        "version": output.version(),
        "code": SOURCE_HASH,
        **extensions.provenance(),
    }
