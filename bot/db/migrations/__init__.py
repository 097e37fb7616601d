"""Alembic's environment and its steps; run by the bot itself at every start."""
