"""The papers, one a file: from what is recorded of a case to facts, and from facts to the values of its template."""
