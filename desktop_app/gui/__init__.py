"""The window. It decides nothing; services do."""
