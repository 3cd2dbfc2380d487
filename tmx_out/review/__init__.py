"""The book in which reviewers decide."""
