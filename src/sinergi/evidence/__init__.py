"""What is measured: sources, indicators, observations, imports."""
