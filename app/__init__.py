"""The top floor: reads settings, builds everything, starts everything."""

__version__ = "0.1.0"
