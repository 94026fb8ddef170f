"""留言办: an offline desktop program for offices that answer what citizens write to their leaders."""

__version__ = "0.1.0"
