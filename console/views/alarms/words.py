"""What an alarm says, in the language in use; looked up when it is read, so that names are the latest."""

from datetime import datetime

from console.domain.alarm import Alarm, AlarmKind, Priority
from console.domain.city import City
from console.i18n import Texts
from console.store.alarms import Group
from console.store.picture import Picture
from console.tables.rows import category_name, place_text
from console.views.notices import NoticeBook

MARK = {Priority.HIGH: "!!!", Priority.MEDIUM: "!!", Priority.LOW: "!"}
"""How loud without a colour: the marks of IEC 60601-1-8."""


class AlarmWords:
    """Of one window's language."""

    def __init__(self, texts: Texts, city: City, notices: NoticeBook) -> None:
        """`notices` say themselves what troubles."""
        self._texts, self._city, self._notices = texts, city, notices

    def kind(self, kind: AlarmKind) -> str:
        """What happened."""
        return self._texts(f"alarm.kind.{kind}")

    def district(self, code: str | None) -> str:
        """Where, as a district's name."""
        return self._city.area_name(code, self._texts.lang) or self._texts("alarm.anywhere")

    def subject(self, alarm: Alarm, picture: Picture) -> str:
        """To what: category and place, an incident's name, a notice's words; never a person's."""
        case = picture.cases.get(alarm.subject)
        if case is not None:
            words = (
                category_name(case, self._city, self._texts),
                place_text(case, self._city, self._texts),
            )
            return self._texts("list.dot").join(words)
        incident = picture.incidents.get(alarm.subject)
        if incident is not None:
            return incident.name
        if alarm.kind is AlarmKind.TROUBLE:
            found = (n for n in self._notices.open if n.name == alarm.subject)
            return next((notice.text(self._texts) for notice in found), "")
        return self._texts("alarm.gone_case", id=alarm.subject) if alarm.subject else ""

    def line(self, alarm: Alarm, picture: Picture) -> str:
        """All of it in one line."""
        parts = (f"{MARK[alarm.priority]} {self.kind(alarm.kind)}", self.subject(alarm, picture))
        return self._texts("list.dot").join(part for part in parts if part)

    def group(self, group: Group, picture: Picture) -> str:
        """Kind, district and how many; one alone says itself."""
        kind, district = group.key
        first = group.alarms[0]
        if len(group.alarms) == 1:
            return self.line(first, picture)
        words = self._texts(
            "alarm.group",
            kind=self.kind(kind),
            district=self.district(district or None),
            n=len(group.alarms),
        )
        return f"{MARK[first.priority]} {words}"

    def state(self, alarm: Alarm) -> str:
        """New, acknowledged or cleared."""
        return self._texts(f"alarm.state.{alarm.state}")

    def time(self, moment: datetime) -> str:
        """A moment in the city's time of day."""
        return moment.astimezone(self._city.tz).strftime("%H:%M:%S")


def clock_left(seconds: float) -> str:
    """Minutes and seconds that are left, as `14:07`."""
    whole = int(seconds + 0.999)
    return f"{whole // 60}:{whole % 60:02d}"
