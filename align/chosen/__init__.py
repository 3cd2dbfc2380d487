"""Links that a person chose: what they are worth, what lies between, where a unit is cut."""
