"""Figures of a study's results, as matplotlib figures: colours that colour-blind readers tell apart."""
