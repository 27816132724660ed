"""The world the agents act in: parameters, scenarios, population, network, matters, policies, the day."""
