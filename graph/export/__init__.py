"""Networks as files: a sheet of nodes and edges (sheet.py), its writers, one module each.

Which writer makes which format: formats.py.
"""
