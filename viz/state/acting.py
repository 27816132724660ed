"""Whether a policy can change anything in the world that is set, and what should be known if it cannot."""

from linli.model.policies import Policy
from linli.model.policies.branch import Branch
from linli.model.policies.match import Match
from linli.model.policies.sink import Sink
from linli.model.policies.social import Social
from linli.model.policies.units import Units
from linli.viz.state.settings import Settings

NEEDS: dict[type[Policy], str] = {
    Branch: "acts_no_sunk",
    Social: "acts_no_organisations",
    Units: "acts_no_units",
}
"""Why a policy that finds nobody here does nothing: the words for what its `remark` knows."""

ONLY_SIZED = ("relieve", "property", "teach", "units", "social", "branch")
"""Policies that do nothing at all where the option they are sized by is 0."""


def why_idle(settings: Settings, policy: Policy) -> str | None:
    """The word that says why a policy changes nothing; None if it may change something."""
    if policy.start >= settings.days:
        return "acts_too_late"
    if policy.name in ONLY_SIZED and getattr(policy, policy.sized_by) == 0:
        return "acts_by_nothing"
    return _here(settings, policy)


def _here(settings: Settings, policy: Policy) -> str | None:
    """Why it changes nothing in this place."""
    place = settings.everywhere.whole
    brought = any(isinstance(other, Sink) and other.start < settings.days for other in settings.policies)
    if isinstance(policy, Match):
        if policy.method == "none" or policy.share == 0:
            return "acts_by_nothing"
        idle = place.managed_members + place.sunk_members - place.serving_members
        return None if idle > 0 or brought else "acts_nobody_idle"
    if isinstance(policy, Branch) and brought:
        return None
    if policy.remark(place):
        return "acts_sunk_already" if isinstance(policy, Sink) else NEEDS.get(type(policy), "acts_by_nothing")
    return None


def is_only_registering(settings: Settings, policy: Policy) -> bool:
    """Whether members are brought and get no posts: this changes the register and nothing else."""
    matched = any(
        isinstance(other, Match) and why_idle(settings, other) is None for other in settings.policies
    )
    return isinstance(policy, Sink) and policy.accountability == 0.0 and not matched


def can_act(settings: Settings) -> bool:
    """Whether any of the policies may change something."""
    return any(why_idle(settings, policy) is None for policy in settings.policies)
