"""cdtm: the front door of the house, from a user's wish to calls of the three rooms."""

__version__ = "0.1.0"
