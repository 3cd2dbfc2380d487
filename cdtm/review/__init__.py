"""What reviewers decide, taken over."""
