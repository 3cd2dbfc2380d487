"""Which files of a folder are the two versions of one record."""
