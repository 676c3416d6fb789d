"""The service that serves standings."""
