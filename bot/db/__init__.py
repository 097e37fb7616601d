"""What we remember: the only importer of SQLAlchemy. Functions take a transaction and return frozen dataclasses."""
