"""What holds for every test."""

from hypothesis import settings

# Tests assert no times: a shared machine is slow now and then.
settings.register_profile("baton", deadline=None)
settings.load_profile("baton")
