"""Authorization of requests as AWS does it: which principal, for which action, on which resource, and which policies decide."""
