"""What the program takes, measured against a peer or a floor in the same run (``python -m benchmarks``)."""
