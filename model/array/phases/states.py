"""States of adults, with the sums over a community kept while they change."""

from linli.agents.compiled import part
from linli.agents.rules.learning import quanta
from linli.agents.rules.occasion import is_of_working_age
from linli.model.measures.hours import BIN, BINS


@part
def age_of(w, i):
    """The age group of a resident."""
    return w.group[i] >> 1


@part
def is_at_work(w, i):
    """Whether a resident is of working age."""
    return is_of_working_age(age_of(w, i))


@part
def tenure_of(w, i):
    """The tenure of a resident."""
    return w.group[i] & 1


@part
def left_since_act(w, now, i, table):
    """The share that is left of what fades since somebody's last act. table: by days since then."""
    return table[min(now.day - w.last_acted[i], len(table) - 1)]


@part
def set_efficacy(w, c, i, value):
    """Commit a new efficacy of an adult."""
    w.com[c].efficacy_quanta += quanta(value) - quanta(w.mind[i].efficacy)
    w.mind[i].efficacy = value


@part
def set_trust(w, c, i, value):
    """Commit a new trust of an adult."""
    w.com[c].trust_quanta += quanta(value) - quanta(w.mind[i].trust)
    w.mind[i].trust = value


@part
def set_satisfaction(w, c, i, value):
    """Commit a new satisfaction of an adult."""
    w.com[c].satisfaction_quanta += quanta(value) - quanta(w.satisfaction[i])
    w.satisfaction[i] = value


@part
def gives(now, before, after):
    """The histogram of hours: somebody's minutes of the year changed."""
    tally, t = now.tally, now.t
    low, high = min(before // BIN, BINS - 1), min(after // BIN, BINS - 1)
    tally.people[t, low] -= 1
    tally.minutes[t, low] -= before
    tally.people[t, high] += 1
    tally.minutes[t, high] += after


@part
def learns(now, i, outcome):
    """Somebody will learn from an outcome at the end of the day."""
    now.s.learner[now.so_far.learners] = i
    now.s.outcome[now.so_far.learners] = outcome
    now.so_far.learners += 1
