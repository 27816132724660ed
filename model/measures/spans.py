"""Spans of time that several files share [days]."""

from linli.agents.rules.volunteering import YEAR

__all__ = ["MAX_DURATION", "YEAR"]

MAX_DURATION = 256
"""Days to resolution are counted up to this."""
