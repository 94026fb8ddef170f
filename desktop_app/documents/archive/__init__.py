"""Packages for the archive: written, and proven without the program that wrote them."""
