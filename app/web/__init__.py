"""The HTTP surface of newsgraph: requests in, answers out. What they mean is known in graph/endpoint/."""
