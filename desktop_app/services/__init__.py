"""One function an office act; one act, one transaction."""
