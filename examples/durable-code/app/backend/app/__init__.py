"""The API of durable-code-test."""
