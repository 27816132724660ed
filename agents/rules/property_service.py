"""The loop between a property firm's effort, residents' satisfaction and the fees they pay.

Bad service and unpaid fees pull each other down when the gain of the loop exceeds one; below it the loop
settles. Firms in joint control with the community are held to more effort ("Chengdu in the epidemic", on
property firms in joint control).
"""

from math import exp

from linli.agents.compiled import rule
from linli.agents.rules.shares import share

USUAL_SATISFACTION = 0.5
"""Where satisfaction starts."""

PAYS_AT_HALF = 1.1
"""Log-odds of paying the fee at satisfaction 1/2: three of four pay (assumption)."""


@rule
def pays(pi, satisfaction):
    """Probability that a resident pays the fee. pi: weight of satisfaction [-]; satisfaction: [0, 1]."""
    return 1.0 / (1.0 + exp(-(PAYS_AT_HALF + pi * (satisfaction - 0.5))))


@rule
def satisfaction_after(satisfaction, experience, eta_S):
    """Satisfaction follows the effort seen (monthly), or the fate of an own matter (1 or 0). eta_S: [-]."""
    return satisfaction + eta_S * (experience - satisfaction)


@rule
def share_of_others(firm_work, others_work):
    """Which share of the work that is a firm's to do was done by others [0, 1]; 0 where there was none.

    firm_work, others_work: in the firm's compounds in a month [minute-percent].
    """
    return share(others_work, firm_work + others_work)


@rule
def effort_after(effort, x0, eta_x, b1, b2, paid, pi, joint_control, b3, by_others, pressed):
    """A firm's effort next month [0, 1].

    x0: usual effort; eta_x: speed; b1: weight of fees; paid: share of fees paid [0, 1]; b2: weight of joint
    control; joint_control: share of the firm's compounds under it [0, 1]; b3: weight of being replaced (for
    whom others act becomes passive); by_others: see `share_of_others`; pressed: added to what is wanted by
    whoever else presses the firm (0: nobody).
    """
    wanted = x0 + b1 * (paid - pays(pi, 0.5)) + b2 * joint_control - b3 * by_others + pressed
    return effort + eta_x * (min(1.0, max(0.0, wanted)) - effort)


@rule
def supply_minutes(firm_h, effort):
    """Minutes a firm gives to matters in one compound and day. firm_h: [hours at full effort]."""
    return int(firm_h * 60.0 * effort + 0.5)


@rule
def loop_gain(b1, pi, satisfaction):
    """How much of a change of effort comes back through fees; above 1 the spiral runs away."""
    p = pays(pi, satisfaction)
    return b1 * pi * p * (1.0 - p)
