"""The words that all parts share: records, errors, settings, vocabulary. Standard library only."""

__version__ = "0.2.0"
