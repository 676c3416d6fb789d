"""Authorization of requests as AWS does it: who asks, for which action, on which resource, and which policies decide."""
