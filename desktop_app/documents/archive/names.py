"""Names of what every package has on its top level."""

ITEMS = "件"
README = "说明.txt"
REPORT = "四性检测报告.txt"
SHA256_LIST, SM3_LIST = "SHA256SUMS.txt", "SM3SUMS.txt"
UNLISTED = frozenset((SHA256_LIST, SM3_LIST, REPORT))
"""Files that a list of digests need not name: the lists themselves, and the report, which older packages left out."""
