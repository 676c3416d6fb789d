"""Authorization of requests as AWS does it: the principal, the action, the resource, and the policies that decide."""
