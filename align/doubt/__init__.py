"""Reasons to doubt a bead, and the order in which an auditor looks at them."""
