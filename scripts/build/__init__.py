"""Generate the joined description, the view for generators, the client, and other files."""
