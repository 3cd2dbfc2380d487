"""A whole folder of records becomes a memory."""
