"""Names under which an office's settings are kept."""

OFFICE_NAME = "office.name"
OFFICE_PHONE = "office.phone"
OFFICE_CONTACT = "office.contact"
DEFAULT_REGULATION = "office.regulation"
ROLES_SEPARATED = "users.separated"
OFFICE_CODE = "office.code"
COLUMN_CHOICES = "import.columns"
