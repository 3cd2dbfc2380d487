"""Memories of other people, taken into a workspace as records of its own."""
