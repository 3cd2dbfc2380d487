"""What the desk says, in both languages."""
