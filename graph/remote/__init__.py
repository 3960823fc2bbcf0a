"""The same graph on a remote SPARQL server: what has to be sent there, and how it is found to be whole.

Knows SPARQL and the snapshots on disk, not HTTP: flows/push.py sends. docs/decisions/0027
"""
