"""Whether it is the time for something in a forum, said to the reader before anything is tried."""

from sinergi.forums.errors import too_early_or_late
from sinergi.forums.models import Forum
from sinergi.forums.stages import Deed, Stage, allows


def not_now(forum: Forum, deed: Deed) -> str:
    """Return why something is not done at the stage of a forum, and when it is; empty when it is."""
    stage = Stage(forum.stage)
    return "" if allows(stage, deed) else too_early_or_late(stage, deed).message
