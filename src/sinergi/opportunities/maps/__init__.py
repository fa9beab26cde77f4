"""Saved maps: settings of the map that an organisation keeps and shares under a name."""
