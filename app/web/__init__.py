"""The HTTP surface of newsgraph: requests in, answers out. What is asked and answered is graph/endpoint/'s."""
