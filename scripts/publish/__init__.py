"""Publish the description for other tools, say what changed in it, and test the built wheel."""
