"""What work of others rests on a plan."""

from sinergi.programs.models import Alternative, Plan, PortfolioProject, SyncVersion


def is_used(plan: Plan) -> bool:
    """Whether a run compared a version of a plan, or a ranking or a portfolio holds a line of it.

    Who may read every plan of a finding reads it: without one of them it would say less, to more people.
    """
    return (
        SyncVersion.objects.filter(version__plan=plan).exists()
        or Alternative.objects.filter(plan=plan).exists()
        or PortfolioProject.objects.filter(plan=plan).exists()
    )
