"""Runs and comparisons, on the command line and from Python."""
