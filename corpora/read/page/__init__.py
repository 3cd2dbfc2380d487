"""The layout of a page: from characters with boxes to lines in reading order."""
