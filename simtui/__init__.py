"""simtui: a terminal dashboard that keeps prepaid phone numbers alive."""

__version__ = "0.1.0"
