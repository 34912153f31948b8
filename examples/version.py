"""The version of the digits classifier; a release rewrites the line below."""

__version__ = "0.3.0"
