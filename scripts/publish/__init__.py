"""Publish the description for other tools, list its changes, and test the built wheel."""
