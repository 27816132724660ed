"""Spans of time that several files share [days]."""

YEAR = 365
"""A year; hours given are counted by years from the first day of a run."""
MAX_DURATION = 256
"""Days to resolution are counted up to this."""
