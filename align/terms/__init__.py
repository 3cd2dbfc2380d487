"""Terms of a memory and what they are rendered by."""
