"""How a word or sentence was rendered."""
