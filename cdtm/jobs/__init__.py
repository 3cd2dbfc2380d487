"""What can be asked of cdtm: a job a command, light enough to be loaded for its help alone."""
