"""Writers of units: one format, one file."""
