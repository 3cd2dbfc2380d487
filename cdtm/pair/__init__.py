"""One pair of files: from their names to the files that are written."""
