"""From pairs to groups: the best partition of regions per object, under size and reach."""

from sinergi.analysis.groups.base import Group, Limits
from sinergi.analysis.groups.chain import chains
from sinergi.analysis.groups.mesh import meshes
from sinergi.analysis.groups.star import stars

__all__ = ["Group", "Limits", "chains", "meshes", "stars"]
