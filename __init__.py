"""linli 邻里: an agent-based model of neighbourhood participation, and of what mobilisation does to it."""
