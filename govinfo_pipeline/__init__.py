"""Read, check and publish China's annual reports on open government information."""

__version__ = "0.1.0"
