"""Finding parameters with which the model meets the evidence."""
