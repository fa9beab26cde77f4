"""The commands, one module for each group of them; what they import is light, the rest comes inside."""
