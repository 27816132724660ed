"""One file a question that is asked of a study: effects, sensitivity, discovery, optimisation."""
