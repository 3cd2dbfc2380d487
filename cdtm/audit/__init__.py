"""The audit page: what stands on it."""
