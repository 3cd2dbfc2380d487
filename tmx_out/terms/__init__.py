"""Glossaries, written and read."""
