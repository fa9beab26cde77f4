"""The register, what ends when, and the public register."""
