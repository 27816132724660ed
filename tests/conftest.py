"""What all tests share: how hypothesis searches (the same examples every time, without a clock)."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "linli",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("linli")
