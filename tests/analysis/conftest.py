"""Property tests judge the law, not the speed of the machine they run on."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "calm", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("calm")
