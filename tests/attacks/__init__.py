"""What an attacker tries; what is held elsewhere is named in docs/asvs.md."""
