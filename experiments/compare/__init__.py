"""Run and compare: a scenario with and without its policies."""
