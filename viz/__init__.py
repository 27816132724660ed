"""Pictures of what the model does. May import experiments and model; nothing imports it."""
