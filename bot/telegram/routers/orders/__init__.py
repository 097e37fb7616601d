"""Own orders, and lost purchases."""
