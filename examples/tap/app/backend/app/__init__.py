"""API of tap."""
