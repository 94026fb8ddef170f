"""Rows, files and keys: the only floor that knows SQLAlchemy and SQLCipher."""
