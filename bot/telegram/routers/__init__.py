"""Handlers of two to six lines: each asks a service and returns a Screen."""
