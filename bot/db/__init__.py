"""What we remember: the only importer of SQLAlchemy. Functions take a connection and return frozen dataclasses."""
