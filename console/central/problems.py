"""RFC 9457 problem documents: what went wrong, in English and Chinese, never with internals."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from console.wire.codec import encode

MEDIA_TYPE = "application/problem+json"

_WORDS: Mapping[str, tuple[str, str]] = {
    "ahead": ("The centre does not have that revision", "中心没有这个版本号，请重新取快照"),
    "already-assigned": ("Assigned already", "该单位或人员已在办此件"),
    "already-done": ("Done already", "该步骤已完成"),
    "assignment-ended": ("The assignment has ended", "该派单已结束"),
    "assignment-exists": ("The assignment exists already", "该派单号已存在"),
    "bad-id": ("An id is not well-formed", "编号格式不对"),
    "bad-time": ("A time is out of range", "时间超出范围"),
    "case-exists": ("The case exists already", "该办件号已存在"),
    "clock": ("The clock cannot be set so", "不能这样设定时钟"),
    "clock-backwards": ("Domain time cannot go back", "业务时间不能倒退，请换一个空的数据目录"),
    "compacted": ("That is too long ago", "离开太久，请重新取快照"),
    "conflict": ("It contradicts what is stored", "与已有记录冲突"),
    "epoch": ("The log has begun anew", "日志已换代，请重新取快照"),
    "expectation": ("Someone changed it first", "别人先改动了，请核对后再决定"),
    "expired": ("It expired before it was committed", "提交前已过期，请重新确认"),
    "hazard": ("A hazard that a grid worker may not handle", "危险类办件，网格员不得处置"),
    "has-lead": ("The case has a lead already", "该办件已有主办单位"),
    "internal": (
        "The centre failed; whether it was committed is unknown",
        "中心出错，结果未知，请用同一编号重试",
    ),
    "key-differs": ("The key of the header and of the body differ", "请求头与正文的幂等键不一致"),
    "key-reused": ("The key was used for another command", "该幂等键已用于另一条命令"),
    "malformed": ("The request cannot be read", "请求无法读取"),
    "method": ("This method is not offered here", "此地址不支持该方法"),
    "return-asked": ("The shift leader rules on the return first", "须先由值班长裁定退单"),
    "needs-duty-chief": ("The duty chief decides this", "须由值班区（局）长裁定"),
    "no-lead": ("The case has no lead", "该办件没有主办单位"),
    "no-receiver": ("Nobody is named to receive it", "没有指明承办单位或人员"),
    "not-found": ("There is no such thing", "没有找到"),
    "not-qualified": (
        "The unit is not qualified for this hazard",
        "该单位不具备处置此类险情的职责",
    ),
    "off-duty": ("The worker is off duty", "该人员不在岗"),
    "production": ("Not in production", "正式运行的城市不能模拟时间"),
    "reason-needed": ("A reason is needed", "需要填写理由"),
    "repeat-of-itself": ("A case cannot repeat itself", "办件不能是自己的重复件"),
    "role": ("The role may not do this", "该角色无权办理"),
    "running": ("The first copy is still running", "同一命令正在处理，请稍后用同一编号重试"),
    "schema": ("The centre speaks another version", "中心的接口版本不同，请升级"),
    "seat": ("The seat's name is missing or not well-formed", "坐席名缺失或格式不对"),
    "snapshot-gone": ("That snapshot is no longer kept", "该快照已不保留，请重新取"),
    "token": ("The token is missing or wrong", "令牌缺失或不正确"),
    "too-large": ("The request is too large", "请求太大"),
    "too-many": ("Too many at once", "一次太多"),
    "unavailable": (
        "The database is busy; whether it was committed is unknown",
        "数据库忙，结果未知，请用同一编号重试",
    ),
    "unknown-assignment": ("There is no such assignment", "没有这个派单"),
    "unknown-case": ("There is no such case", "没有这个办件"),
    "unknown-category": ("There is no such subcategory", "没有这个小类"),
    "unknown-unit": ("There is no such unit", "没有这个单位"),
    "unknown-worker": ("There is no such worker", "没有这个人员"),
    "wrong-state": ("The case's state does not allow it", "办件的状态不允许"),
}


class Problem(Exception):
    """A refusal on the way out: HTTP status, kebab-case code, English detail, further members."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        """`members` become extension members of the document."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members

    def response(self) -> Response:
        """The problem document."""
        title, zh = _WORDS.get(self.code, (self.code, self.code))
        document = {
            "type": f"urn:baton:problem:{self.code}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            "problem": self.code,
            "zh": zh,
            **self.members,
        }
        return Response(encode(document), self.status, headers=self.headers, media_type=MEDIA_TYPE)
