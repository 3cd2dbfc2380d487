"""What is kept of a memory, and how it is searched."""
