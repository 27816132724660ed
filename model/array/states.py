"""States of adults, with the sums over a community kept while they change."""

from agents.compiled import part
from agents.rules.learning import quanta


@part
def age_of(w, i):
    """The age group of a resident."""
    return w.group[i] >> 1


@part
def tenure_of(w, i):
    """The tenure of a resident."""
    return w.group[i] & 1


@part
def set_efficacy(w, c, i, value):
    """Commit a new efficacy of an adult."""
    w.com[c].efficacy += quanta(value) - quanta(w.mind[i].efficacy)
    w.mind[i].efficacy = value


@part
def set_trust(w, c, i, value):
    """Commit a new trust of an adult."""
    w.com[c].trust += quanta(value) - quanta(w.mind[i].trust)
    w.mind[i].trust = value


@part
def set_satisfaction(w, c, i, value):
    """Commit a new satisfaction of an adult."""
    w.com[c].satisfaction += quanta(value) - quanta(w.satisfaction[i])
    w.satisfaction[i] = value
