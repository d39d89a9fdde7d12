"""ReviewFlow: legality review of government decisions, documents and rules."""

__version__ = "0.1.0"
