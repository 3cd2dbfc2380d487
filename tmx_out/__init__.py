"""From alignments to files that a CAT tool, a spreadsheet or a script reads."""
