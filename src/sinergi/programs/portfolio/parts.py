"""The parts of a run, by how far it is: from which percent to which each goes."""

CHOOSING, SEEKING, PRICING = (5, 40), (40, 70), (70, 99)
