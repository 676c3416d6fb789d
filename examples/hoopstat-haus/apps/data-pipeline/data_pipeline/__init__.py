"""The job that turns raw games into standings."""
