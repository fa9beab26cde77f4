"""From stored portfolios to `analysis.portfolio` and back: the problem, a run, its words."""
