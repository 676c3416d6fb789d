"""The application of system L: questions to the agent, with their history."""
