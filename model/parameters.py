"""Every parameter of the model: default, range, unit, basis and labels, as data.

One field a parameter; the command line, the ODD, the tests and the pages read the same table. `basis` says
where a value comes from: "assumption" is an unmeasured value, material for calibration and never a fact.
A parameter is known by its symbol in the equations.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from linli.model.errors import InputError, number_of, unknown

DONGHU = "Problems and remedies of urban community governance: the case of Donghu community, city S"
ZHANGZHOU = "Governance and self-management as two drives: grassroots governance in Zhangzhou"
ASSUMPTION = "assumption"
CALIBRATED = "calibrated"


@dataclass(frozen=True)
class About:
    """What is known of a parameter besides its value."""

    name: str
    default: float
    low: float
    high: float
    unit: str
    en: str
    zh: str
    basis: str
    off: float | None
    whole: bool


def _p(
    default: float, low: float, high: float, unit: str, en: str, zh: str, basis: str = ASSUMPTION, *,
    off: float | None = None,
) -> Any:  # fmt: skip
    """A parameter. off: the value at which a mechanism that can be left out of the model is left out."""
    about = {"default": default, "low": low, "high": high, "unit": unit, "en": en, "zh": zh, "basis": basis}
    return field(default=default, metadata={**about, "off": off})


VERBA = "sign: Verba, Schlozman & Brady 1995; value: assumption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One value for every parameter. Make one with `parameters(mu=.5)`, which checks names and ranges."""

    # fmt: off
    # motive ---------------------------------------------------------------------------------------
    theta_mean: float = _p(-7.6, -9, -4, "-", "mean motive of residents", "居民参与动机均值", CALIBRATED)
    sigma: float = _p(4.0, 2.5, 4.5, "-", "dispersion of motives", "参与动机的离散度", CALIBRATED)
    owner: float = _p(0.9, 0.4, 1.4, "-", "motive added by owning the home", "业主的额外动机", VERBA)
    elder: float = _p(0.5, 0, 1, "-", "motive added at 60 and over", "60岁以上的额外动机", VERBA)
    young: float = _p(-0.6, -1.1, -0.1, "-", "motive added under 40", "40岁以下的额外动机", VERBA)
    party: float = _p(0.8, 0.3, 1.3, "-", "motive added by party membership", "党员的额外动机", VERBA)
    # occasions ------------------------------------------------------------------------------------
    lambda0: float = _p(0.12, 0.01, 0.2, "1/day", "occasions to take part", "参与机会的频率", CALIBRATED)
    mu: float = _p(0.3, 0, 1, "share", "share of occasions that come from open matters", "由未办结事项产生的参与机会比例")
    n_bar: float = _p(
        4.0, 0.1, 100, "matters", "usual number of open matters in sight", "可见未办结事项的通常数量", "mean of the scenario's baseline run"
    )
    R: int = _p(3, 0, 60, "days", "rest after an act", "一次参与后的休整期", CALIBRATED)
    rest_motive: float = _p(0.8, 0, 1, "-", "how far a motive shortens the rest", "动机对休整期的缩短", CALIBRATED, off=0)
    council_occasions: float = _p(0.25, 0, 1, "share", "occasions a full council adds", "议事会增加的参与机会")
    weekend: float = _p(
        1.4, 0.2, 3, "factor", "occasions on a weekend day of those under 60, in the week's mean", "60岁以下居民周末的参与机会（与一周均值之比）", CALIBRATED, off=1
    )
    # participation --------------------------------------------------------------------------------
    J: float = _p(3.0, 0, 6, "-", "pull of active neighbours", "邻里示范的影响", "form: Brock & Durlauf 2001; value: assumption")
    W: int = _p(30, 1, 365, "days", "how long an act is remembered by neighbours", "邻里记得一次参与的天数")
    w_P: float = _p(2.0, 1, 5, "-", "weight of a serving party member as a role model", "在岗党员的示范权重")
    seen: float = _p(0.5, 0, 1, "share", "residents of a building who see a member serve there", "见到党员在本楼服务的居民比例", off=0)
    chi: float = _p(0.7, 0, 2, "-", "weight of holding back because members serve", "因党员已在服务而不参与的权重", off=0)
    b_h: float = _p(0.7, 0, 2, "-", "weight of habit", "参与习惯的权重", CALIBRATED, off=0)
    eta_h: float = _p(0.2, 0, 1, "-", "habit made by one act", "一次参与形成的习惯")
    delta_h: float = _p(1 / 180, 0, 0.1, "1/day", "fading of a habit", "习惯的消退速度")
    b_r: float = _p(0.5, 0, 2, "-", "pull of a reward of ten yuan", "十元奖励的吸引力", "sign: while it lasts, Frey & Jegen 2001; value: assumption", off=0)
    b_w: float = _p(0.7, 0, 2, "-", "weight of a motive worn out by rewards", "动机被奖励磨损的权重", "sign: Deci 1971, Frey & Jegen 2001; value: assumption, that of habit", off=0)
    eta_w: float = _p(0.2, 0, 1, "-", "motive worn by one rewarded act", "一次得奖的参与磨损的动机")
    delta_w: float = _p(1 / 180, 0, 0.1, "1/day", "recovery of a worn motive", "被磨损动机的恢复速度")
    allowance_scale: float = _p(300.0, 20, 3000, "yuan/month", "allowance that keeps all but 1/e of those who would leave", "使离开者降至1/e的补贴额", DONGHU + " (claim that allowances retain); value: assumption")
    bond: float = _p(0.1, 0, 0.5, "probability", "that two who act side by side become acquainted", "并肩参与的两人结识的概率", off=0)
    bond_lasts: int = _p(365, 30, 3650, "days", "without an act of either until acquaintances lose touch", "双方均未参与多少天后失去联系")
    E: float = _p(3.0, 0, 6, "-", "weight of efficacy", "效能感的权重", "form: Bandura 1997; value: assumption")
    tau: float = _p(1.0, 0, 3, "-", "weight of trust", "信任的权重")
    # asking ---------------------------------------------------------------------------------------
    A_known: float = _p(1.2, 0.5, 2, "-", "pull of an ask by somebody known", "熟人邀请的影响", VERBA)
    A_stranger: float = _p(0.3, 0.1, 0.4, "-", "pull of an ask by a stranger", "陌生人邀请的影响", VERBA)
    peer_ask: float = _p(0.03, 0, 0.2, "1/day", "asks among neighbours by an active resident", "活跃居民邀请邻居的频率")
    c_ask: float = _p(0.25, 0.05, 1, "h", "time of one visit", "一次入户走访的时间")
    call_every: int = _p(90, 7, 365, "days", "days between calls to a registered volunteer", "联系注册志愿者的间隔")
    c_call: float = _p(0.25, 0.01, 0.5, "h", "worker's time of one call", "一次电话联系的时间")
    # the act --------------------------------------------------------------------------------------
    bout_median: float = _p(2.4, 0.5, 4, "h", "median length of a bout", "一次参与时长的中位数", CALIBRATED)
    bout_spread: float = _p(0.6, 0, 1.2, "-", "spread of the log length", "参与时长的对数离散度")
    mu_m: float = _p(0.5, 0, 1, "share", "share of bouts that go to a matter in sight", "投入身边事务的比例")
    y_service: float = _p(0.6, 0, 1, "probability", "that general service feels worth it", "一般服务让人觉得值得的概率")
    unskilled: float = _p(0.6, 0.1, 1, "factor", "usefulness without the skill", "无相应技能时的效率")
    council_meeting: float = _p(1.5, 0.5, 4, "h", "a council meeting", "一次议事会的时间")
    # learning -------------------------------------------------------------------------------------
    eta_e: float = _p(0.1, 0, 0.5, "-", "efficacy learnt from own experience", "自身经验对效能感的影响")
    eta_o: float = _p(0.02, 0, 0.2, "-", "efficacy learnt from neighbours' success", "邻里成功对效能感的影响")
    omega: float = _p(0.02, 0, 0.1, "-", "efficacy lost when organised forces do it all", "包办对效能感的损害")
    delta_e: float = _p(1 / 365, 0, 0.02, "1/day", "drift of efficacy back home", "效能感的回归速度")
    xi: float = _p(0.5, 0, 2, "-", "how much a council deepens own experience", "议事会对自身经验的加深")
    eta_T: float = _p(0.05, 0, 0.3, "-", "trust learnt from the fate of a matter", "事务结果对信任的影响")
    learn_at_end: int = _p(1, 0, 1, "0 or 1", "contributors learn when a matter ends, not at each attempt", "事务终结时才学习（1）或每次办理后学习（0）", off=0)
    expects: float = _p(0.5, 0, 1, "-", "how far an outcome is judged by what could be expected", "以预期衡量结果的程度", off=0)
    eta_b: float = _p(0.2, 0, 1, "-", "speed at which a building's expectation follows its matters", "楼栋预期随事务结果的变化速度", off=0)
    thanked: float = _p(0.03, 0, 1, "-", "what being thanked adds to a lesson", "受到感谢对学习的增益", off=0)
    phi: float = _p(0.35, 0, 2, "-", "fatigue of one act", "一次参与的疲劳")
    delta_F: float = _p(1 / 21, 0.005, 0.5, "1/day", "recovery from fatigue", "疲劳恢复速度")
    # voice ----------------------------------------------------------------------------------------
    theta_v: float = _p(-2.0, -3, 3, "-", "readiness to report", "反映问题的意愿", CALIBRATED)
    sigma_v: float = _p(1.0, 0, 2, "-", "dispersion of readiness to report", "反映意愿的离散度", off=0)
    owner_v: float = _p(0.5, 0, 2, "-", "readiness added by owning the home", "业主的额外反映意愿", "sign: Fischel 2001; value: assumption", off=0)
    beta_v: float = _p(0.2, 0, 1, "-", "readiness lost for each own report in vain, in a row", "每次反映落空对意愿的损害", off=0)
    dilemma_of_building: int = _p(1, 0, 1, "-", "1: the adults of a building wait for each other to report, 0: of a compound", "1：同楼成年人相互等待他人反映，0：同小区", off=0)
    c_report: float = _p(0.5, 0, 3, "-", "cost of reporting", "反映问题的成本")
    g: float = _p(1.0, 0, 3, "-", "weight of dissatisfaction", "不满的权重", "sign: Hirschman 1970; value: assumption")
    platform_ease: float = _p(0.8, 0, 3, "-", "cost of reporting that a platform takes away", "平台减少的反映成本")
    discover: float = _p(0.3, 0, 1, "probability", "that a visit comes upon an unreported matter and reports it", "走访时发现并上报未反映事务的概率", off=0)
    # matters --------------------------------------------------------------------------------------
    arrivals: float = _p(1.12, 0.1, 10, "per 1000 people and day", "matters that arise", "新产生的公共事务")
    prevent_service: float = _p(0.2, 0, 1, "share", "matters of the kinds served that general service can prevent", "一般服务可预防的相应事务比例", off=0)
    work_hours: float = _p(2.0, 0.25, 10, "h", "mean work in a matter", "一件事务的平均工作量")
    deadline: int = _p(20, 1, 120, "days", "from report to closing", "反映后的办理期限")
    patience: int = _p(30, 1, 120, "days", "until an unreported matter lapses", "未反映事务的消退时间")
    s0: float = _p(0.33, 0, 1, "probability", "that a complete attempt resolves a matter", "一次办理真正解决的概率", CALIBRATED)
    s1: float = _p(0.2, 0, 1, "-", "effect of a firm's extra effort on success", "物业努力对解决率的影响")
    s2: float = _p(0.2, 0, 1, "-", "effect of quality of work on success", "工作质量对解决率的影响")
    needs_money: float = _p(0.5, 0, 1, "factor", "matters that also need money, in what their kind can need", "需要资金的事务，按类别可能比例的倍数", off=0)
    needs_department: float = _p(0.5, 0, 1, "factor", "matters that also need a department, in what their kind can need", "需要部门职权的事务，按类别可能比例的倍数", off=0)
    hindered: float = _p(0.25, 0, 1, "factor", "success where money or a department is needed and missing", "缺资金或部门配合时的解决概率倍数")
    nu: float = _p(0.8, 0, 1, "probability", "that a failed matter is taken up again", "未解决事务重新办理的概率")
    sees_dead: int = _p(0, 0, 1, "-", "1: a failed matter stays in sight until it ends", "1：办理失败的事务直到办结仍为居民所见", off=1)
    psi: float = _p(0.5, 0, 1, "probability", "that an overdue matter is closed on paper", "逾期事务纸面办结的概率")
    platform_pressure: float = _p(
        0.8, 0, 1, "share", "overdue matters that a full platform closes on paper, of those it would let lapse", "平台考核下改为纸面办结的比例"
    )
    # departments ----------------------------------------------------------------------------------
    bounce: float = _p(0.4, 0, 1, "probability", "that a hand-over bounces where duties are split and nobody coordinates", "职责分割且无人协调时一次移交被退回的概率")
    handover_days: int = _p(3, 1, 30, "days", "of a hand-over, from the community to the street or from there to a department", "一次移交（社区到街道、街道到部门）的天数")
    department_work: float = _p(2.0, 0.25, 40, "h", "mean work of a department on a matter that needs it", "部门处理一件所需事务的平均工作量")
    # order and appraisal --------------------------------------------------------------------------
    judged: float = _p(0.5, 0, 1, "share", "ends of overdue matters that a full appraisal moves, onto paper or off it", "考核所左右的逾期事务结局（纸面办结与否）的比例")
    c_record: float = _p(0.5, 0, 2, "h/day", "a worker's reporting at a full appraisal by the record", "按台账考核时社区工作者每日填报的时间")
    b4: float = _p(0.3, 0, 1, "-", "weight in effort of what residents miss, at a full appraisal by them", "居民考核下不满意程度对物业努力的影响")
    # fund -----------------------------------------------------------------------------------------
    fund_matter: float = _p(500.0, 1, 100_000, "yuan", "a fund gives to a matter that lacks money", "社区基金为一件缺资金事务支付的金额")
    small_work: float = _p(5000.0, 10, 1_000_000, "yuan", "a small work in a compound", "一个小区一处微更新的费用")
    works_most: float = _p(0.5, 0, 1, "share", "matters of a kind that small works in a compound can prevent", "小区微更新可预防的同类事务比例")
    delta_works: float = _p(1 / 365, 0, 0.1, "1/day", "fading of small works", "微更新效果的消退速度")
    # owners' committees ---------------------------------------------------------------------------
    b_c: float = _p(0.2, 0, 1, "-", "weight in effort of the initiative of owners' committees", "业委会主动性对物业努力的影响")
    eta_c: float = _p(0.2, 0, 1, "-", "speed of a committee's initiative", "业委会主动性的变化速度")
    # volunteers -----------------------------------------------------------------------------------
    rho_v: float = _p(0.06, 0, 1, "probability", "to register after an act", "参与后注册为志愿者的概率", CALIBRATED)
    delta_V: float = _p(1 / 365, 0, 0.05, "1/day", "lapse of an inactive volunteer", "不活跃志愿者的流失")
    lapse_after: int = _p(365, 30, 1095, "days", "inactivity before a volunteer may lapse", "志愿者流失前的不活跃期")
    rho_d: float = _p(0.3, 0, 1, "probability", "to register at the door in a drive", "入户登记时同意注册的概率")
    unanswered: float = _p(0.05, 0, 1, "share", "efficacy lost by a volunteer for whose call there is no time", "志愿者未获联系时效能感的损失", off=0)
    # members --------------------------------------------------------------------------------------
    delta_I: float = _p(1 / 90, 1 / 180, 1 / 30, "1/day", "idle members decouple", "闲置党员的脱钩")
    branch_keeps: float = _p(0.5, 0, 1, "share", "of decoupling that a branch of sunk members takes away", "功能型支部减少的脱钩比例", off=0)
    delta_R: float = _p(1 / 180, 0, 0.05, "1/day", "decoupled members return", "脱钩党员的回归")
    delta_M: float = _p(1 / 365, 0, 0.05, "1/day", "matched members leave", "在岗党员的离岗")
    delta_q: float = _p(1 / 180, 0, 0.05, "1/day", "leaving added by a bad fit", "岗位不合适导致的离岗")
    c_m: float = _p(1.5, 0.1, 8, "h", "worker's time of one matching", "一次岗位匹配的时间")
    posts: int = _p(12, 0, 200, "posts per compound", "posts open to members", "每个小区的岗位数")
    member_hours: float = _p(2.0, 0.5, 20, "h/week", "a serving member's session", "党员每周服务时间")
    member_asks: float = _p(0.3, 0, 1, "share", "of a session that goes to asking", "服务时间中用于动员的比例")
    other_skill: float = _p(0.4, 0, 1, "-", "fit of skill when it is another", "技能不符时的适配度")
    other_wish: float = _p(0.3, 0, 1, "-", "fit of wish when it is another", "意愿不符时的适配度")
    sunk_at_home: float = _p(0.5, 0, 1, "share", "sunk members who live in the community", "居住在本社区的下沉党员比例")
    # workers --------------------------------------------------------------------------------------
    a0: float = _p(0.75, 0.5, 0.9, "share", "of workers' time that is administration", "社区工作者行政事务占比", DONGHU + " (claim); value: assumption")
    rho: float = _p(0.5, 0, 1, "share", "of lifted burden that comes back", "减负的反弹", "Chengdu's 2019 work points (claim); value: assumption")
    s_match: float = _p(0.1, 0, 1, "share", "of free time for matching", "用于岗位匹配的时间")
    s_ask: float = _p(0.3, 0, 1, "share", "of free time for visits", "用于走访动员的时间")
    # property -------------------------------------------------------------------------------------
    eta_S: float = _p(0.2, 0, 1, "-", "speed of satisfaction", "满意度的变化速度")
    eta_x: float = _p(0.2, 0, 1, "-", "speed of a firm's effort", "物业努力的变化速度")
    b1: float = _p(0.5, 0, 3, "-", "weight of fees in effort", "物业费对努力的影响")
    b2: float = _p(0.2, 0, 1, "-", "weight of joint control in effort", "联防联控对努力的影响")
    b3: float = _p(0.15, 0, 1, "-", "weight in effort of the share of a firm's work that others do", "他人代劳比例对物业努力的影响", off=0)
    pi: float = _p(4.0, 0, 12, "-", "weight of satisfaction in paying", "满意度对缴费的影响")
    x0: float = _p(0.5, 0.1, 0.9, "share", "usual effort of a property firm", "物业的通常努力")
    firm_h: float = _p(2.0, 0, 24, "h/day", "a firm's supply to a compound at full effort", "物业每日投入每个小区的工时")
    # social organisations -------------------------------------------------------------------------
    org_hours: float = _p(8.0, 1, 80, "h/week", "what a social organisation can sell when it is founded", "社会组织成立时每周可出售的工时")
    eta_k: float = _p(0.15, 0, 1, "1/week", "speed at which an organisation's capacity follows what is bought", "社会组织服务能力随购买量变化的速度")
    own_hours: float = _p(4.0, 0, 40, "h/week", "unpaid hours of an organisation of full initiative", "主动性充分的社会组织每周的无偿工时", off=0)
    initiative0: float = _p(0.3, 0, 1, "-", "initiative of an organisation when it is founded", "社会组织成立时的主动性")
    eta_i: float = _p(0.05, 0, 1, "1/week", "speed of an organisation's initiative", "社会组织主动性的变化速度", DONGHU + " (sign, claim); value: assumption")
    y_led: float = _p(0.1, 0, 1, "probability", "added to it that general service feels worth it, when an organisation leads", "社会组织带领时一般服务让人觉得值得的概率增量", off=0)
    # units of the area ----------------------------------------------------------------------------
    unit_day: float = _p(30.0, 0, 500, "h", "a linked unit's people give on a service day, all together", "共建单位一次服务日全部人员的工时")
    room_reach: float = _p(0.2, 0, 1, "share", "of what a council lacks in power to bring people together, made up by an open room", "开放场地弥补议事会聚集居民能力之不足的比例", off=0)
    # emergency ------------------------------------------------------------------------------------
    c_door: float = _p(1 / 6, 0.05, 0.5, "h", "an emergency visitor's time at one door, the way there included", "应急入户每敲一户门的时间（含路程）")
    r_door: float = _p(0.7, 0.1, 1, "probability", "that a door is opened", "敲门有人应答的概率")
    door_tries: int = _p(3, 1, 10, "tries", "at a door that stays closed, a day at most", "无人应答时每天最多敲门次数")
    visit_hours: float = _p(4.0, 0.5, 12, "h/day", "of a visitor in an emergency", "应急入户人员每天投入的时间")
    span: int = _p(20, 1, 200, "people", "visitors whom one worker coordinates", "一名社区工作者可协调的入户人员数")
    urgent: float = _p(0.2, 0, 1, "share", "of a worker's day for what cannot wait in an emergency", "应急期间社区工作者用于不可延后事务的时间比例")
    staff: float = _p(18.0, 0, 100, "per 1000 residents", "a property firm's staff who turn out at full effort", "物业充分投入时每千名居民出动的物业人员")
    idle_come: float = _p(0.5, 0, 1, "share", "of members on the register without a post who come in an emergency", "在册无岗党员在应急时到场的比例")
    rally: float = _p(0.0, -6, 6, "-", "pull of an emergency, less the fear that keeps people at home", "应急号召的影响（扣除使人留在家中的顾虑）")
    rally_register: float = _p(1.0, 0, 4, "-", "the same for who is on the register of volunteers", "应急号召对注册志愿者的额外影响")
    eta_em: float = _p(0.1, 0, 0.5, "-", "trust learnt from whether an emergency was over in time", "应急是否按期完成对信任的影响")
    # waste sorting --------------------------------------------------------------------------------
    theta_s: float = _p(-2.0, -4, 2, "-", "readiness of a household to sort its waste", "住户分类的意愿")
    J_s: float = _p(2.0, 0, 6, "-", "pull of the households of the building that sort", "同楼分类住户的影响", "form: Brock & Durlauf 2001; value: assumption", off=0)
    taught: float = _p(1.0, 0, 4, "-", "readiness added by a child who is taught", "受教儿童带来的分类意愿", DONGHU + " (claim); value: assumption", off=0)
    honour: float = _p(1.0, 0, 4, "-", "readiness added where the compound was honoured", "小区获评带来的分类意愿", ZHANGZHOU + " (claim); value: assumption", off=0)
    given_up: float = _p(0.5, 0, 4, "-", "readiness lost where a contest passed the compound by", "小区落选损失的分类意愿", off=0)
    w_s: float = _p(0.3, 0, 2, "-", "readiness added by a member who serves in the building", "本楼在岗党员带来的分类意愿", off=0)
    prevent_sorting: float = _p(0.5, 0, 1, "share", "matters of greening and waste that do not arise where all sort", "全部分类时可预防的绿化垃圾事务比例", off=0)
    # place ----------------------------------------------------------------------------------------
    moves: float = _p(0.1, 0, 1, "1/year", "households that move house", "每年搬家的住户比例")
    homophily: float = _p(0.3, 0, 1, "share", "likeness of age and tenure among ties", "邻里关系的同质性")
    ties_building: int = _p(6, 0, 40, "ties", "in the building", "同楼关系数")
    ties_compound: int = _p(4, 0, 40, "ties", "in the compound", "同小区关系数")
    ties_community: int = _p(2, 0, 40, "ties", "anywhere in the community", "同社区关系数")
    wage: float = _p(40.0, 0, 500, "yuan/h", "value of an hour in cost accounts", "成本核算的小时工价")
    # fmt: on


@cache
def table() -> dict[str, About]:
    """Every parameter with what is known of it, by name."""
    return {
        f.name: About(name=f.name, whole=f.type in (int, "int"), **f.metadata)
        for f in dataclasses.fields(Parameters)
    }


def mechanisms_off() -> dict[str, float]:
    """The values with which every mechanism that can be left out is left out."""
    return {name: about.off for name, about in table().items() if about.off is not None}


def checked(name: str, value: object) -> float:
    """A value for one parameter, or an InputError that says which names or values are valid."""
    if name not in table():
        raise unknown("parameter", name, table())
    about = table()[name]
    number = number_of(f"parameter {name}", value, about.low, about.high)
    if not about.whole:
        return number
    if number != int(number):
        raise InputError(f"parameter {name} counts {about.unit}: give a whole number, not {value}")
    return int(number)


def parameters(values: Mapping[str, object] | None = None, /, **more: object) -> Parameters:
    """Parameters with some values changed, checked against names and ranges."""
    changed = {name: checked(name, value) for name, value in {**(values or {}), **more}.items()}
    return Parameters(**changed)  # type: ignore[arg-type]


def beyond_range(base: Parameters | None = None, /, **values: float) -> Parameters:
    """For theory work: limits such as a pull of 1000 that no neighbourhood has. Names are still checked."""
    for name in values:
        if name not in table():
            raise unknown("parameter", name, table())
    return dataclasses.replace(base or Parameters(), **values)  # type: ignore[arg-type]
