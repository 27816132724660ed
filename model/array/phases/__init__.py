"""The phases of a day as compiled loops."""
