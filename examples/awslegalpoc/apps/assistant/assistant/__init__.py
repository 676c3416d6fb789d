"""The agent of system L."""
