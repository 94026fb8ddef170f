"""Holiday notices that the office entered: years the program lacks, and local holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.domain.office_records import HolidayNotice
from desktop_app.storage.tables import holiday_notices

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_ALL = select(*holiday_notices.c).order_by(holiday_notices.c.year, holiday_notices.c.region)
_DROP = delete(holiday_notices).where(
    holiday_notices.c.year == bindparam("of_year"), holiday_notices.c.region == bindparam("of_region")
)


class Notices:
    """One notice a year and region; an empty region is the national one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[HolidayNotice]:
        """Every notice, by year and region."""
        return [HolidayNotice(*row) for row in self._connection.execute(_ALL)]

    def put(self, notice: HolidayNotice) -> None:
        """Enters a notice, in the place of the one of that year and region if there is one."""
        self.drop(notice.year, notice.region)
        self._connection.execute(
            insert(holiday_notices),
            {
                "year": notice.year,
                "region": notice.region,
                "text": notice.text,
                "source": notice.source,
                "entered": notice.entered,
                "by": notice.by,
            },
        )

    def drop(self, year: int, region: str = "") -> None:
        """Takes a notice back."""
        self._connection.execute(_DROP, {"of_year": year, "of_region": region})
