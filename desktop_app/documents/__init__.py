"""Sheets, papers and ledgers: Word, Excel and the office suites."""
