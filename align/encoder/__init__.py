"""How a sentence becomes a vector."""
