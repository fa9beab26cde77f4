"""Agreements: who owes what to whom, from the first proposal to the last obligation that was kept."""
