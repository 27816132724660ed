"""What is measured: each measure has a name, a unit, labels, and one function of a window of days.

A measure of one day is the measure of a window of that day alone. Flows are summed or averaged over the
window, stocks are taken at its end; shares of flows are ratios of sums, so that quiet days do not count as
much as busy ones. A share of nothing is nan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.learning import QUANTUM
from linli.agents.rules.volunteering import ACTIVE_DAYS
from linli.agents.rules.work_time import WORKDAYS
from linli.agents.traits import ELDER, MIDDLE, OLD, OWNER, TENANT, YOUNG
from linli.model.errors import InputError
from linli.model.measures.hours import Shares
from linli.model.measures.record import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from linli.model.place import Place
    from linli.model.population import Population

_AT = {name: at for at, name in enumerate(COLUMNS)}
NAN = float("nan")
GIVEN = (
    *("resident_matter_minutes", "resident_service_minutes", "meeting_minutes"),
    "emergency_resident_minutes",
)
"""What residents give, by what it goes to: columns of records."""
ORGANISED = (
    *("member_matter_minutes", "worker_matter_minutes", "firm_minutes", "organisation_minutes"),
    *("unit_matter_minutes", "department_minutes"),
)
"""What organised forces give to matters: columns of records."""


@dataclass(frozen=True)
class Totals:
    """What shares are shares of: numbers that no day changes. Adults unless said otherwise."""

    residents: int
    adults: int
    owners: int
    tenants: int
    young: int
    middle: int
    elder: int
    old: int
    households: int
    workers: int
    posts: int
    firms: int

    @classmethod
    def of(cls, people: "Population", place: "Place", posts: int, firms: int) -> "Totals":
        """Count them."""
        age, tenure = people.age[people.adults], people.tenure[people.adults]
        return cls(
            residents=len(people),
            adults=len(people.adults),
            owners=int((tenure == OWNER).sum()),
            tenants=int((tenure == TENANT).sum()),
            young=int((age == YOUNG).sum()),
            middle=int((age == MIDDLE).sum()),
            elder=int((age == ELDER).sum()),
            old=int((age == OLD).sum()),
            households=int(people.household[-1]) + 1,
            workers=place.workers,
            posts=posts,
            firms=firms,
        )


@dataclass(frozen=True, eq=False)
class Window:
    """Some days of a run.

    rows: records, shape (days, columns of Record); durations: matters by days to true resolution; given: how
    unequally time was given this year, as of the window's last day; totals: denominators.
    """

    rows: NDArray[np.int64]
    durations: NDArray[np.int64]
    given: Shares
    totals: Totals

    @property
    def days(self) -> int:
        """Length of the window."""
        return len(self.rows)

    @cached_property
    def _sums(self) -> list[int]:
        return self.rows.sum(axis=0).tolist() if self.days else [0] * len(COLUMNS)

    @cached_property
    def _last(self) -> list[int]:
        return self.rows[-1].tolist() if self.days else [0] * len(COLUMNS)

    def sum(self, *names: str) -> int:
        """A flow, or several, added up over the window."""
        return sum(self._sums[_AT[name]] for name in names)

    def last(self, *names: str) -> int:
        """A stock, or several added up, at the end of the window."""
        return sum(self._last[_AT[name]] for name in names)


def ratio(part: float, whole: float) -> float:
    """A share; nan when there is nothing to share."""
    return part / whole if whole else NAN


@dataclass(frozen=True)
class Labelled:
    """A number that a run has: what it is called, and in what unit."""

    name: str
    unit: str
    en: str
    zh: str


@dataclass(frozen=True)
class Measure(Labelled):
    """A measure of a run by itself, and how it is taken."""

    of: Callable[[Window], float]


MEASURES: dict[str, Measure] = {}
"""Every measure by name, in the order of the table in the ODD."""


def measure(unit: str, zh: str = "") -> Callable[[Callable[[Window], float]], Callable[[Window], float]]:
    """Register a measure under the name of its function; its first line of documentation is the label.

    zh: the label in Chinese [the English one]. Raises InputError where a measure of that name is there.
    """

    def register(function: Callable[[Window], float]) -> Callable[[Window], float]:
        name = function.__name__
        if name in MEASURES:
            raise InputError(f"there is a measure {name} already: call it by another name")
        label = (function.__doc__ or name).strip().splitlines()[0].rstrip(".")
        MEASURES[name] = Measure(name, unit, label, zh or label, function)
        return function

    return register


# participation ----------------------------------------------------------------------------------------


@measure("share of adults", "近30天参与率")
def engaged_share(w: Window) -> float:
    """Adults who acted in the last 30 days, at the end."""
    return ratio(w.last("engaged_owners", "engaged_tenants"), w.totals.adults)


@measure("share of adults", "年参与率")
def active_in_year(w: Window) -> float:
    """Adults who acted in the last 365 days, at the end."""
    return ratio(w.last("active_in_year"), w.totals.adults)


@measure("acts per active adult and quarter", "活跃者每季参与次数")
def acts_of_active(w: Window) -> float:
    """Acts in the last 90 days of an adult who acted in them."""
    rows = w.rows[-ACTIVE_DAYS:]
    acts = rows[:, _AT["acts_spontaneous"]].sum() + rows[:, _AT["acts_asked"]].sum()
    return ratio(int(acts), w.last("active_in_quarter")) if w.days >= ACTIVE_DAYS else NAN


@measure("h per active adult and quarter", "活跃者每季投入工时")
def hours_of_active(w: Window) -> float:
    """Hours given in the last 90 days by an adult who acted in them."""
    minutes = w.rows[-ACTIVE_DAYS:][:, [_AT[name] for name in GIVEN]].sum()
    return ratio(int(minutes) / 60.0, w.last("active_in_quarter")) if w.days >= ACTIVE_DAYS else NAN


@measure("acts per 1000 adults and day", "自发参与")
def acts_spontaneous(w: Window) -> float:
    """Acts that nobody asked for."""
    return ratio(1000.0 * w.sum("acts_spontaneous"), w.totals.adults * w.days)


@measure("acts per 1000 adults and day", "受邀参与")
def acts_asked(w: Window) -> float:
    """Acts of people who were asked that day."""
    return ratio(1000.0 * w.sum("acts_asked"), w.totals.adults * w.days)


@measure("share of acts", "受邀参与占比")
def asked_share(w: Window) -> float:
    """Acts that followed an ask."""
    return ratio(w.sum("acts_asked"), w.sum("acts_asked", "acts_spontaneous"))


@measure("acts per 1000 adults and day", "得奖的参与")
def acts_rewarded(w: Window) -> float:
    """Acts that earned points."""
    return ratio(1000.0 * w.sum("acts_rewarded"), w.totals.adults * w.days)


@measure("share of acts", "周末参与占比")
def weekend_share(w: Window) -> float:
    """Acts on Saturdays and Sundays (2/7 where all days are alike)."""
    acts = w.rows[:, _AT["acts_spontaneous"]] + w.rows[:, _AT["acts_asked"]]
    at_weekends = w.rows[:, _AT["day"]] % 7 >= WORKDAYS
    return ratio(int(acts[at_weekends].sum()), int(acts.sum()))


@measure("h per adult and year", "居民投入工时")
def resident_hours(w: Window) -> float:
    """Hours that residents gave, meetings included."""
    return ratio(w.sum(*GIVEN) / 60.0 * 365.0, w.totals.adults * w.days)


@measure("ties per 1000 adults", "参与中结识的关系")
def made_ties(w: Window) -> float:
    """Ties between adults that acting made, at the end."""
    return ratio(1000.0 * w.last("made_ties"), w.totals.adults)


@measure("share of residents", "注册志愿者比例")
def volunteers_registered(w: Window) -> float:
    """Residents on the register of volunteers, at the end."""
    return ratio(w.last("volunteers"), w.totals.residents)


@measure("per 1000 residents", "领取补贴者")
def allowances(w: Window) -> float:
    """Active volunteers and serving members who get an allowance, mean over days."""
    return ratio(1000.0 * w.sum("allowances"), w.totals.residents * w.days)


@measure("share of volunteers", "活跃志愿者比例")
def volunteers_active(w: Window) -> float:
    """Registered volunteers who acted in the last 90 days, at the end."""
    return ratio(w.last("volunteers_active"), w.last("volunteers"))


@measure("share of hours", "最活跃1%居民的工时占比")
def hours_top_1(w: Window) -> float:
    """Hours of this year given by the most active 1 % of adults."""
    return w.given.top_1


@measure("share of hours", "最活跃7%居民的工时占比")
def hours_top_7(w: Window) -> float:
    """Hours of this year given by the most active 7 % of adults."""
    return w.given.top_7


@measure("share of hours", "最活跃10%居民的工时占比")
def hours_top_10(w: Window) -> float:
    """Hours of this year given by the most active 10 % of adults."""
    return w.given.top_10


@measure("-", "工时基尼系数")
def hours_gini(w: Window) -> float:
    """Gini coefficient of the hours adults gave this year, zeros included."""
    return w.given.gini


@measure("difference of shares", "业主与租户的参与差距")
def gap_owner_tenant(w: Window) -> float:
    """Engaged share of owners minus that of tenants, at the end."""
    owners = ratio(w.last("engaged_owners"), w.totals.owners)
    return owners - ratio(w.last("engaged_tenants"), w.totals.tenants)


@measure("difference of shares", "老年与青年的参与差距")
def gap_old_young(w: Window) -> float:
    """Engaged share of those of 60 and over minus that of those under 40, at the end."""
    old = ratio(w.last("engaged_elder", "engaged_old"), w.totals.elder + w.totals.old)
    return old - ratio(w.last("engaged_young"), w.totals.young)


@measure("difference of shares", "老年与中年的参与差距")
def gap_old_middle(w: Window) -> float:
    """Engaged share of those of 60 and over minus that of those of 40 to 59, at the end."""
    old = ratio(w.last("engaged_elder", "engaged_old"), w.totals.elder + w.totals.old)
    return old - ratio(w.last("engaged_middle"), w.totals.middle)


# self-reliance: always the three together -------------------------------------------------------------


@measure("share of hours", "自理:居民工时占比")
def self_reliance(w: Window) -> float:
    """Residents' share of all hours on matters (falls mechanically when organised hours enter)."""
    residents = w.sum("resident_matter_minutes")
    return ratio(residents, residents + w.sum(*ORGANISED))


@measure("h per 1000 residents and day", "自理:居民处理事务工时")
def resident_matter_hours(w: Window) -> float:
    """Residents' own hours on matters."""
    return ratio(1000.0 * w.sum("resident_matter_minutes") / 60.0, w.totals.residents * w.days)


@measure("share of resolved", "自理:无居民参与的解决")
def resolved_without_residents(w: Window) -> float:
    """Matters resolved without a single hour of residents."""
    return ratio(w.sum("resolved_without_residents"), w.sum("resolved", "resolved_unreported"))


# asking -----------------------------------------------------------------------------------------------


@measure("visits per 1000 residents and day", "入户走访")
def visits(w: Window) -> float:
    """Visits by community workers."""
    return ratio(1000.0 * w.sum("visits"), w.totals.residents * w.days)


@measure("asks per 1000 residents and day", "动员次数")
def asks(w: Window) -> float:
    """Asks of all kinds: visits, calls, members, organisations, neighbours."""
    made = w.sum("visits", "calls", "member_asks", "organisation_asks", "peer_asks")
    return ratio(1000.0 * made, w.totals.residents * w.days)


@measure("share of calls", "未获联系的志愿者占比")
def calls_missed(w: Window) -> float:
    """Calls due to volunteers for which workers had no time."""
    return ratio(w.sum("unanswered"), w.sum("calls", "unanswered"))


# members ----------------------------------------------------------------------------------------------


@measure("members", "闲置党员")
def members_idle(w: Window) -> float:
    """Members on the register without a post, at the end."""
    return float(w.last("members_idle"))


@measure("members", "编入功能型支部的党员")
def members_in_branches(w: Window) -> float:
    """Sunk members in branches of their own, at the end."""
    return float(w.last("members_in_branches"))


@measure("members", "在岗党员")
def members_matched(w: Window) -> float:
    """Members who serve in a post, at the end."""
    return float(w.last("members_matched"))


@measure("members", "脱钩党员")
def members_decoupled(w: Window) -> float:
    """Members registered on paper and out of reach, at the end."""
    return float(w.last("members_decoupled"))


@measure("share of members", "未服务党员比例")
def members_not_serving(w: Window) -> float:
    """Members on the register who do not serve, at the end."""
    idle = w.last("members_idle", "members_decoupled")
    return ratio(idle, idle + w.last("members_matched"))


@measure("-", "岗位适配度")
def fit(w: Window) -> float:
    """Mean fit of serving members with their posts, at the end."""
    return ratio(w.last("fit_permille") / 1000.0, w.last("members_matched"))


@measure("share of posts", "岗位填补率")
def posts_filled(w: Window) -> float:
    """Posts that a member serves in, at the end."""
    return ratio(w.last("members_matched"), w.totals.posts)


@measure("h per 1000 residents and day", "党员服务工时")
def member_hours(w: Window) -> float:
    """Hours that members served."""
    given = w.sum("member_matter_minutes", "member_service_minutes", "member_ask_minutes")
    return ratio(1000.0 * given / 60.0, w.totals.residents * w.days)


@measure("h per 1000 residents and day", "打卡工时")
def presence_hours(w: Window) -> float:
    """Hours of members' presence that did nothing."""
    return ratio(1000.0 * w.sum("presence_minutes") / 60.0, w.totals.residents * w.days)


# workers ----------------------------------------------------------------------------------------------


def _worker_minutes(w: Window) -> int:
    parts = ("office_minutes", "report_minutes", "match_minutes", "ask_minutes", "worker_matter_minutes")
    return w.sum(*parts, "outreach_minutes", "emergency_worker_minutes")


@measure("share of time", "行政事务占比")
def worker_administration(w: Window) -> float:
    """Workers' time that went to administration, reporting for an appraisal included."""
    return ratio(w.sum("office_minutes", "report_minutes"), _worker_minutes(w))


@measure("share of time", "事务处理占比")
def worker_matters(w: Window) -> float:
    """Workers' time that went to matters."""
    return ratio(w.sum("worker_matter_minutes"), _worker_minutes(w))


# social organisations ---------------------------------------------------------------------------------


@measure("h per 1000 residents and day", "社会组织工时")
def organisation_hours(w: Window) -> float:
    """Hours that social organisations gave to matters and asking."""
    given = w.sum("organisation_minutes", "organisation_ask_minutes")
    return ratio(1000.0 * given / 60.0, w.totals.residents * w.days)


@measure("share of hours", "购买服务的闲置比例")
def services_idle(w: Window) -> float:
    """Hours bought of social organisations for which nothing was found."""
    return ratio(w.sum("idle_minutes"), w.sum("bought_minutes"))


@measure("organisations", "存续的社会组织")
def organisations_alive(w: Window) -> float:
    """Social organisations that have hours to sell, at the end."""
    return float(w.last("organisations"))


@measure("acts per 1000 adults and day", "社会组织带领的参与")
def acts_led(w: Window) -> float:
    """Acts of people whom a social organisation asked that day, and nobody closer."""
    return ratio(1000.0 * w.sum("acts_led"), w.totals.adults * w.days)


# units of the area ------------------------------------------------------------------------------------


@measure("units", "已共建的驻区单位")
def units_linked(w: Window) -> float:
    """Units of the area linked to the community, at the end."""
    return float(w.last("units_linked"))


@measure("units", "履约的共建单位")
def units_serving(w: Window) -> float:
    """Linked units that keep their word, at the end."""
    return float(w.last("units_serving"))


@measure("h per 1000 residents and day", "共建单位工时")
def unit_hours(w: Window) -> float:
    """Hours that linked units gave to matters and general service."""
    given = w.sum("unit_matter_minutes", "unit_service_minutes")
    return ratio(1000.0 * given / 60.0, w.totals.residents * w.days)


@measure("share of hours", "服务日无事可办的工时比例")
def units_idle(w: Window) -> float:
    """Hours of linked units' service days for which no reported matter was found."""
    given = w.sum("unit_matter_minutes", "unit_service_minutes")
    return ratio(w.sum("unit_service_minutes"), given)


# departments ------------------------------------------------------------------------------------------


@measure("h per 1000 residents and day", "部门办理工时")
def department_hours_given(w: Window) -> float:
    """Hours that departments worked on matters."""
    return ratio(1000.0 * w.sum("department_minutes") / 60.0, w.totals.residents * w.days)


@measure("share of time", "部门工时使用率")
def departments_busy(w: Window) -> float:
    """Departments' time for the place that went to matters: 1 where it is short."""
    return ratio(w.sum("department_minutes"), w.sum("department_minutes", "department_idle_minutes"))


@measure("days", "从反映到部门接收的天数")
def days_to_department(w: Window) -> float:
    """From the report until a department has received a matter, mean of those received."""
    return ratio(w.sum("received_after_days"), w.sum("received"))


@measure("bounces per matter", "每件到达部门的事务的退回次数")
def bounces(w: Window) -> float:
    """Hand-overs that bounced, for each matter that a department received."""
    return ratio(w.sum("bounces"), w.sum("received"))


@measure("matters per 1000 residents", "无人接手的事务")
def owned_by_nobody(w: Window) -> float:
    """Matters handed over that nobody has received, at the end."""
    return ratio(1000.0 * w.last("between_hands"), w.totals.residents)


@measure("share of ended reports", "在移交途中了结的事务")
def lost_between_hands(w: Window) -> float:
    """Reports that lapsed or were closed on paper while nobody owned them."""
    return ratio(w.sum("lost_between_hands"), w.sum("resolved", "closed_on_paper", "lapsed"))


# emergency --------------------------------------------------------------------------------------------


def _reached(w: Window, column: str) -> float:
    return ratio(w.sum(column), w.totals.households)


@measure("visits per household", "应急入户次数")
def households_visited(w: Window) -> float:
    """Emergency visits at which a door was opened: as many as rounds where all are done."""
    return _reached(w, "doors_opened")


@measure("share of households", "第一轮走访到的住户")
def reached_in_first_round(w: Window) -> float:
    """Households reached in the first round of an emergency."""
    return _reached(w, "doors_opened_first")


@measure("share of households", "第二轮走访到的住户")
def reached_in_second_round(w: Window) -> float:
    """Households reached in the second round of an emergency."""
    return _reached(w, "doors_opened_second")


@measure("share of households", "已完成各轮走访的住户")
def emergency_finished(w: Window) -> float:
    """Households of communities where every round of an emergency is done, at the end."""
    return ratio(w.last("households_finished"), w.totals.households)


@measure("days", "应急完成天数")
def days_to_finish(w: Window) -> float:
    """Days from the first of an emergency until every round is done everywhere; nan if it never is."""
    under_way = np.flatnonzero(w.rows[:, _AT["households_in_emergency"]] > 0)
    done = np.flatnonzero(w.rows[:, _AT["households_finished"]] == w.totals.households)
    return float(done[0] - under_way[0] + 1) if len(done) and len(under_way) else NAN


@measure("tries per visit", "每次应答所需敲门次数")
def tries_at_doors(w: Window) -> float:
    """Tries at doors for each that was opened, in an emergency."""
    return ratio(w.sum("doors_tried"), w.sum("doors_opened"))


def _day_of_emergency(w: Window, column: str) -> float:
    """Mean over the days on which there was an emergency anywhere, per 1000 residents."""
    days = int((w.rows[:, _AT["households_in_emergency"]] > 0).sum())
    return ratio(1000.0 * w.sum(column), w.totals.residents * days)


@measure("per 1000 residents", "每日应急入户人员")
def visitors(w: Window) -> float:
    """People sent to doors, mean over the days of an emergency."""
    return _day_of_emergency(w, "visitors")


@measure("per 1000 residents", "每日无人协调的应急人员")
def visitors_idle(w: Window) -> float:
    """People who turned out and whom nobody coordinated, mean over the days of an emergency."""
    return _day_of_emergency(w, "visitors_idle")


@measure("rounds per adult", "应急出动居民")
def turned_out(w: Window) -> float:
    """Residents who turned out in an emergency, each round counted."""
    return ratio(w.sum("turned_out"), w.totals.adults)


# matters ----------------------------------------------------------------------------------------------


@measure("share of households", "分类住户比例")
def households_sorting(w: Window) -> float:
    """Households that sort their waste, at the end."""
    return ratio(w.last("households_sorting"), w.totals.households)


@measure("matters per 1000 residents and day", "产生的事务")
def matters_arisen(w: Window) -> float:
    """Matters that arose."""
    return ratio(1000.0 * w.sum("arisen"), w.totals.residents * w.days)


@measure("reports per resident and year", "反映的事务")
def matters_reported(w: Window) -> float:
    """Matters that were reported."""
    return ratio(365.0 * w.sum("reported"), w.totals.residents * w.days)


@measure("share of ended reports", "真实解决率")
def true_resolution(w: Window) -> float:
    """Reported matters that ended truly resolved."""
    return ratio(w.sum("resolved"), w.sum("resolved", "closed_on_paper", "lapsed"))


@measure("share of ended reports", "账面办结率")
def recorded_closure(w: Window) -> float:
    """Reported matters that ended resolved or closed on paper: what the record shows."""
    closed = w.sum("resolved", "closed_on_paper")
    return ratio(closed, closed + w.sum("lapsed"))


@measure("matters per 1000 residents and day", "真实解决的事务")
def matters_resolved(w: Window) -> float:
    """Matters truly resolved, reported or not."""
    return ratio(1000.0 * w.sum("resolved", "resolved_unreported"), w.totals.residents * w.days)


@measure("matters per 1000 residents and day", "纸面办结的事务")
def matters_closed_on_paper(w: Window) -> float:
    """Matters closed on paper."""
    return ratio(1000.0 * w.sum("closed_on_paper"), w.totals.residents * w.days)


@measure("days", "解决时长中位数")
def days_to_resolution_median(w: Window) -> float:
    """Days from report to true resolution, median."""
    return _duration(w, 0.5)


@measure("days", "解决时长90分位")
def days_to_resolution_p90(w: Window) -> float:
    """Days from report to true resolution, 90th percentile."""
    return _duration(w, 0.9)


def _duration(w: Window, quantile: float) -> float:
    total = int(w.durations.sum())
    if total == 0:
        return NAN
    return float(np.searchsorted(np.cumsum(w.durations), quantile * total))


@measure("matters per 1000 residents", "待办积压")
def backlog(w: Window) -> float:
    """Reported matters not yet ended, at the end."""
    return ratio(1000.0 * w.last("open_reported"), w.totals.residents)


@measure("matters", "可见未办结事项")
def need_in_sight(w: Window) -> float:
    """Open matters that an adult sees, mean over adults and days (the baseline's is the parameter n_bar)."""
    return ratio(w.sum("need_in_sight"), w.totals.adults * w.days)


# fund -------------------------------------------------------------------------------------------------


@measure("yuan per resident and year", "社区基金支出")
def fund_spent(w: Window) -> float:
    """Money that the community fund spent."""
    return ratio(365.0 * w.sum("fund_spent_fen") / 100.0, w.totals.residents * w.days)


@measure("yuan per resident", "社区基金结余")
def fund_unspent(w: Window) -> float:
    """Money in the community fund that nobody spent, at the end."""
    return ratio(w.last("fund_fen") / 100.0, w.totals.residents)


@measure("matters per 1000 residents and day", "获得资金的事务")
def matters_funded(w: Window) -> float:
    """Matters to which the community fund gave the money that they lacked."""
    return ratio(1000.0 * w.sum("matters_funded"), w.totals.residents * w.days)


@measure("works per 1000 residents and year", "微更新")
def small_works(w: Window) -> float:
    """Small works that the community fund paid for."""
    return ratio(365_000.0 * w.sum("small_works"), w.totals.residents * w.days)


@measure("matters per 1000 residents and day", "微更新预防的事务")
def matters_prevented(w: Window) -> float:
    """Matters that did not arise because of small works."""
    return ratio(1000.0 * w.sum("prevented_by_works"), w.totals.residents * w.days)


# states -----------------------------------------------------------------------------------------------


@measure("0 to 1", "信任")
def trust(w: Window) -> float:
    """Mean trust of adults that matters are truly resolved, at the end."""
    return ratio(w.last("trust_quanta") / QUANTUM, w.totals.adults)


@measure("0 to 1", "效能感")
def efficacy(w: Window) -> float:
    """Mean efficacy of adults, at the end."""
    return ratio(w.last("efficacy_quanta") / QUANTUM, w.totals.adults)


@measure("0 to 1", "被奖励磨损的动机")
def worn(w: Window) -> float:
    """How far rewards have worn the motives of adults, mean, at the end."""
    return ratio(w.last("worn_quanta") / QUANTUM, w.totals.adults)


@measure("0 to 1", "物业满意度")
def satisfaction(w: Window) -> float:
    """Mean satisfaction of adults with the property service, at the end."""
    return ratio(w.last("satisfaction_quanta") / QUANTUM, w.totals.adults)


@measure("share", "物业费缴纳率")
def fee_payment(w: Window) -> float:
    """Property fees paid, mean over firms, at the end."""
    return ratio(w.last("paid_quanta") / QUANTUM, w.totals.firms)


@measure("0 to 1", "物业努力")
def property_effort(w: Window) -> float:
    """Effort of property firms, mean over firms, at the end."""
    return ratio(w.last("effort_quanta") / QUANTUM, w.totals.firms)


@measure("0 to 1", "业委会主动性")
def committee_initiative(w: Window) -> float:
    """Initiative of owners' committees, mean over committees, at the end."""
    return ratio(w.last("initiative_quanta") / QUANTUM, w.last("committees"))


# cost -------------------------------------------------------------------------------------------------


@measure("h per 1000 residents and year", "政策工时成本")
def cost_hours(w: Window) -> float:
    """People's time that the policies took."""
    return ratio(365_000.0 * w.sum("policy_minutes") / 60.0, w.totals.residents * w.days)


@measure("yuan per resident and year", "政策费用")
def cost_yuan(w: Window) -> float:
    """What the policies cost, people's time at its value included."""
    return ratio(365.0 * w.sum("policy_fen") / 100.0, w.totals.residents * w.days)


def all_of(window: Window) -> dict[str, float]:
    """Every measure of a window; nan throughout if no day is in it, as before the burn-in has ended."""
    return {name: one.of(window) if window.days else NAN for name, one in MEASURES.items()}


def daily_table(collected: "pd.DataFrame", burn_in: int) -> "pd.DataFrame":
    """Collected measures as a tidy table: day (from the end of the burn-in), measure, unit, value."""
    wide = collected.reset_index(drop=True)
    wide.insert(0, "day", np.arange(len(wide)) - burn_in)
    tidy = wide.melt(id_vars="day", var_name="measure", value_name="value")
    tidy.insert(2, "unit", tidy["measure"].map({name: m.unit for name, m in MEASURES.items()}))
    return tidy
