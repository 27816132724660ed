"""Who runs a study: its plan, workers, clusters, and the folder it fills."""
