"""A duty screen on a made picture, with a link that only stands in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.request import Request, RequestKind
from console.domain.role import Role
from console.domain.supervision import Reply, Supervision
from console.geo.cities import default_city
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.settings import Settings
from console.store.picture import Picture
from console.views.duty.screen import DutyScreen
from console.views.selection import Selection
from console.views.stage import Stage
from console.wire.codec import decode, encode
from console.wire.commands import Envelope, unwrap
from tests.map.fakes import fake_boundaries
from tests.qt.desk_picture import NOW, make_picture
from tests.qt.views.stand_ins import StandInLink, snapshot_of

PLAIN = "0101"
"""A category that is no hazard: any unit may have it."""
RETURN, EXTENSION, SUSPENSION, REPLY = range(4)


@dataclass
class Duty:
    """A duty screen at work."""

    screen: DutyScreen
    stage: Stage
    link: StandInLink
    picture: Picture

    def show(self, qtbot: QtBot) -> None:
        """Bring it to the front with what the picture holds now."""
        self.stage.board.sink(snapshot_of(self.picture, self.stage.city))
        self.stage.board.drain()
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)
        self.screen.decisions.refresh()
        self.stage.board.ticked.emit()

    def body(self, number: int = -1) -> dict[str, object]:
        """What was sent; the centre could read it."""
        sent = self.link.sent[number]
        unwrap(decode(encode(sent), Envelope))
        return dict(sent.body)

    def asked(self) -> list[Case]:
        """The cases of the queue, from the top down."""
        keys = self.screen.decisions.rows.keys()
        return [self.picture.cases[key.partition(":")[0]] for key in keys]


MakeDuty = Callable[..., Duty]
"""The fixture `make_duty_screen`: the fields of `make_duty`."""


def make_duty(
    city: City,
    tasks: Tasks,
    data: Path,
    *,
    role: Role = Role.CENTRE_LEADER,
    lang: str = "zh",
    cases: int = 60,
    training: bool = False,
) -> Duty:
    """Not shown yet: the picture may still be changed."""
    board = Board(city)
    link = StandInLink(board.sink)
    texts = Texts(lang, city.case_word if lang == "zh" else city.case_word_en, strict=True)
    stage = Stage(
        board=board,
        headline=Headline(board, board),
        readings=Readings(board, tasks, board),
        tasks=tasks,
        orders=Orders(board, link.submit, board, role=role),
        boundaries=fake_boundaries(2),
        texts=texts,
        cache=data,
        settings=Settings(city=default_city(), data_dir=data, lang=lang),
        selection=Selection(board),
        role=role,
        training=training,
    )
    screen = DutyScreen(stage)
    screen.resize(1920, 1000)
    screen.attach(link)
    return Duty(screen, stage, link, make_picture(city, cases, seed=3))


def ask(picture: Picture, kinds: Iterable[int], minutes: float = 5) -> list[str]:
    """Let cases of the picture be asked about, one of each kind; their ids."""
    free = [c for c in picture.cases.values() if c.state is CaseState.DISPATCHED]
    made = []
    for case, kind in zip(free, kinds, strict=False):
        since = NOW - timedelta(minutes=minutes + len(made))
        asked = _asked(case, kind, since)
        due = NOW + timedelta(days=2)
        picture.cases[case.id] = replace(asked, district="460106", due_at=due, category=PLAIN)
        lead = picture.assignments[case.lead or ""]
        picture.assignments[lead.id] = replace(
            lead,
            state=AssignmentState.RESPONDED,
            acknowledged_at=since,
            responded_at=since,
            unit="D.460106",
            return_reason="not-in-duties" if kind == RETURN else None,
        )
        made.append(case.id)
    return made


def _asked(case: Case, kind: int, since: object) -> Case:
    if kind == RETURN:
        fields = {"state": CaseState.RETURN_ASKED, "former": CaseState.DISPATCHED, "returns": 1}
        return replace(case, waiting_since=since, **fields)  # type: ignore[arg-type]
    if kind == REPLY:
        reply = Reply(problem="路面塌陷", cause="管道破损", measures="围挡换管", effect="明早通行")
        opened = NOW - timedelta(hours=1)
        supervision = Supervision(
            opened_at=opened,
            by="s",
            words="请到场",
            reply_due=NOW,
            reply=reply,
            replied_at=since,  # type: ignore[arg-type]
        )
        return replace(case, supervision=supervision)
    request = Request(
        kind=RequestKind.EXTENSION if kind == EXTENSION else RequestKind.SUSPENSION,
        assignment=case.lead or "",
        until=NOW + timedelta(days=3),
        reason="材料采购需三天",
        number=2,
        asked_at=since,  # type: ignore[arg-type]
    )
    return replace(case, request=request)
