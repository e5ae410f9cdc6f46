"""Supervision (督办): opened from above, replied to in four fields, accepted or asked for again."""

from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import TERMINAL, Case
from console.domain.command import JudgeReply, ReplySupervision, Supervise
from console.domain.event import EntityKind, entity_ref
from console.domain.rules.scene import Decision, Refused, Scene, case_fact
from console.domain.supervision import Reply, Supervision
from console.domain.timer import TimeBasis, Timer, TimerKind


def supervise(command: Supervise, scene: Scene) -> Decision:
    """The reply clock starts beside the case's own."""
    case = scene.need_case()
    if case.state in TERMINAL:
        raise Refused("wrong-state", f"the case is {case.state.value}")
    if case.supervision is not None and case.supervision.open:
        raise Refused("supervision-open", "the case is under supervision already")
    if not command.words.strip():
        raise Refused("reason-needed", "a supervision says what is wanted")
    opened = Supervision(
        opened_at=scene.occurred_at, by=scene.actor, words=command.words, reply_due=_due(scene)
    )
    return _watched("supervised", case, opened)


def reply(command: ReplySupervision, scene: Scene) -> Decision:
    """All four fields are needed; the reply clock stops."""
    case, supervision = _open(scene)
    if not supervision.awaits_reply:
        raise Refused("already-done", "it has been replied to")
    given = (command.problem, command.cause, command.measures, command.effect)
    if not all(text.strip() for text in given):
        raise Refused("reply-incomplete", "problem, cause, measures and effect are all needed")
    answer = Reply(
        problem=command.problem,
        cause=command.cause,
        measures=command.measures,
        effect=command.effect,
    )
    replied = replace(supervision, reply=answer, replied_at=scene.occurred_at)
    return Decision(facts=(case_fact("supervision_replied", case, supervision=replied),))


def judge(command: JudgeReply, scene: Scene) -> Decision:
    """Accepted: it is over. Not accepted: the reason is told and a new reply clock starts."""
    case, supervision = _open(scene)
    if supervision.replied_at is None:
        raise Refused("no-reply", "there is no reply to judge")
    note = {"words": command.words}
    if command.accepted:
        closed = replace(supervision, closed_at=scene.occurred_at)
        fact = case_fact("supervision_closed", case, note, supervision=closed)
        return Decision(facts=(fact,))
    if not command.words.strip():
        raise Refused("reason-needed", "say what is missing in the reply")
    again = replace(
        supervision,
        replied_at=None,
        overdue=False,
        reply_due=_due(scene),
        refusals=supervision.refusals + 1,
    )
    return _watched("supervision_refused", case, again, note)


def supervision_due(timer: Timer, scene: Scene) -> Decision:
    """The reply clock has run out."""
    case = scene.case
    watched = case.supervision if case is not None else None
    if case is None or watched is None or case.state in TERMINAL or watched.overdue:
        return Decision(facts=())
    if not watched.awaits_reply:
        return Decision(facts=())
    if watched.reply_due != timer.due:
        return Decision(facts=())
    late = replace(watched, overdue=True)
    return Decision(facts=(case_fact("supervision_overdue", case, supervision=late),))


def _open(scene: Scene) -> tuple[Case, Supervision]:
    case = scene.need_case()
    if case.state in TERMINAL or case.supervision is None or not case.supervision.open:
        raise Refused("no-supervision", "the case is not under supervision")
    return case, case.supervision


def _due(scene: Scene) -> datetime:
    return scene.occurred_at + timedelta(minutes=scene.city.policy.supervise_reply_min)


def _watched(
    kind: str, case: Case, supervision: Supervision, note: dict[str, str] | None = None
) -> Decision:
    timer = Timer(
        due=supervision.reply_due,
        basis=TimeBasis.DOMAIN,
        kind=TimerKind.SUPERVISION_DUE,
        entity=entity_ref(EntityKind.CASE, case.id),
    )
    return Decision(facts=(case_fact(kind, case, note, supervision=supervision),), timers=(timer,))
