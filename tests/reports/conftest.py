"""How patient the properties of this room are."""

from hypothesis import settings

# The machine may be busy: how long an example takes is a matter of luck.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
