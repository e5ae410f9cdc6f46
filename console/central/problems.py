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
    "log-full": (
        "The log has reached its last rev; nothing more is stored. Archive this database and begin another",
        "日志的版本号已用尽，不再保存任何内容。请归档此库并启用新库",
    ),
    "storage": (
        "The centre's disk is full or may only be read; nothing was stored. It goes on when there is room",
        "中心的磁盘已满或不可写，什么都没有保存；腾出空间后自动恢复",
    ),
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
    "bad-turn": (
        "A turn must end after it starts and last 48 hours at most",
        "班次的结束要晚于开始，最长 48 小时",
    ),
    "bad-until": (
        "The time asked for does not fit: it must be later than the present limit and within the longest allowed",
        "申请的时间不合适：要晚于现在的时限，且不超过规定的最长期限",
    ),
    "footprint-crosses-itself": (
        "The outline crosses itself. Draw it again without crossing lines",
        "画出的边界自己相交。请重新画，不要让线交叉",
    ),
    "footprint-too-fine": (
        "The outline has too many points. Draw it more simply",
        "边界的点太多，请重新画得简单一些",
    ),
    "footprint-too-small": (
        "The area is too small: at least three different points",
        "范围太小，至少要三个不同的点",
    ),
    "footprint-too-wide": ("The area is too large. Make it smaller", "范围太大，请缩小"),
    "incident-ended": ("This incident is over", "这个应急事件已经结束"),
    "incident-exists": ("This incident exists already", "这个应急事件已经存在"),
    "name-needed": ("Please give a name", "请填写姓名或名称"),
    "needs-centre-leader": (
        "This is above your level: the centre leader decides",
        "超出本级权限，须由中心领导决定",
    ),
    "no-reply": ("The unit has not replied yet", "单位还没有回复"),
    "no-request": (
        "There is no open request; somebody may have decided it",
        "没有待批的申请，可能已有人审批",
    ),
    "no-supervision": ("The case is not under supervision", "这件办件没有在督办"),
    "not-attached": ("The case belongs to no incident", "这件办件不属于任何应急事件"),
    "only-the-lead": ("Only the lead unit may ask", "只有主办单位可以申请"),
    "opinion-needed": ("Please give an opinion", "请填写意见"),
    "order-number-needed": (
        "Give the number of the headquarters' order. The headquarters sets the level; here it is only recorded",
        "请填写指挥部命令的文号。响应等级由指挥部决定，这里只作登记",
    ),
    "outside-city": (
        "The area lies outside the city. Draw it again inside",
        "范围在本市之外。请在市域内重新画",
    ),
    "remark-needed": ("A line that is not accepted needs a remark", "不接受的条目要写明原因"),
    "reply-incomplete": (
        "Problem, cause, measures and effect are all needed",
        "问题、成因、措施、效果四项都要填写",
    ),
    "report-order": (
        "Make the first report first; there is only one",
        "请先做首报；首报只能做一次",
    ),
    "request-open": (
        "The case has a request nobody has decided yet. Decide it first",
        "这件办件已有一项待批的申请，请先审批",
    ),
    "review-incomplete": ("Course of events and lessons are needed", "请填写处置经过和经验教训"),
    "ruled": (
        "It was ruled that this unit handles it; it cannot be returned again",
        "已裁定由该单位承办，不能再退",
    ),
    "supervision-open": ("The case is under supervision already", "这件办件正在督办中"),
    "too-many-lines": ("The handover is too long. Narrow its scope", "交接内容太多，请缩小范围"),
    "turn-overlaps": (
        "It overlaps another turn of the same unit. Change that turn first, or the times of this one",
        "与本单位另一班次的时间重叠。请先调整那一班，或改这一班的时间",
    ),
    "unknown-incident": ("There is no such incident", "没有这个应急事件"),
    "unknown-team": ("The city pack has no such team", "城市包里没有这支队伍"),
    "words-needed": ("Please write something", "请填写内容"),
    "sign-first": ("Sign for it first, then ask for more time", "请先签收，再申请延期或挂账"),
    "needs-shift-leader": (
        "A first extension is decided by the shift leader",
        "第一次延期由值班长审批",
    ),
    "rule-failed": (
        "The centre failed on this command; it was not executed. Tell the administrator the time and what was asked",
        "中心处理这条指令时出错，没有执行。请把时间和内容告诉管理员",
    ),
    "turn-exists": (
        "This turn exists already. Look again and change it",
        "这一班已经存在。请刷新后再改",
    ),
    "erased": (
        "The personal data of this case were erased",
        "这件办件的个人信息已按要求删除",
    ),
    "no-number": ("The citizen left no number", "市民没有留下电话号码"),
    "no-telephone": (
        "The centre has no telephone system; use the desk telephone",
        "中心没有接电话系统，请用座机拨打",
    ),
    "telephone-failed": (
        "The telephone system did not connect; try again or use the desk telephone",
        "电话系统没有接通，请再试一次或用座机",
    ),
    "handover-exists": ("This handover has been recorded already", "这次交接已经登记过"),
    "api-key": (
        "The api_key is missing or wrong. The centre's administrator gives one out",
        "api_key 缺失或不正确，请向中心系统管理员申请",
    ),
    "place-needed": ("Say where it is", "请说明地点：经纬度或地址"),
    "place-outside": (
        "The place lies outside the city. Check it, or ask there",
        "地点不在本市范围内，请核对位置",
    ),
    "unknown-jurisdiction": ("Another city is meant", "不是本市的地区代码"),
    "unknown-request": ("There is no such service request", "没有这个服务请求编号"),
    "credentials": ("The login or the password is wrong", "用户名或密码不对"),
    "session-ended": ("The login has ended; log in again", "登录已失效，请重新登录"),
    "must-change-password": ("Change your password first", "请先更换密码"),
    "weak-password": (
        "The password is too easy to guess: leave the login out, use more different characters",
        "密码太容易猜到：不要含用户名，多用几个不同的字符",
    ),
    "slow-down": ("Too often; wait a little and try again", "太频繁，请稍等再试"),
    "scope": (
        "It belongs to another district or unit than yours",
        "这属于别的区或单位，不在您的管辖范围",
    ),
    "person-needed": (
        "Only a person who has logged in can do this, not a system",
        "只有登录的人员可以这样做，系统令牌不可以",
    ),
    "provider-unavailable": (
        "The city's identity provider does not answer. Use a password, or tell the administrator",
        "统一身份认证没有响应。请用密码登录，或告诉管理员",
    ),
    "provider-refused": (
        "The city's identity provider did not vouch for you. Try once more",
        "统一身份认证没有通过。请再试一次",
    ),
    "not-known": (
        "The city knows you, but this centre does not: ask an administrator to add you",
        "您已通过统一身份认证，但本中心没有您的账号：请管理员添加",
    ),
    "unknown-person": ("There is no such person", "没有这个人员账号"),
    "person-exists": ("There is a person of that login already", "这个用户名已有人使用"),
    "bad-login": (
        "A login has 2 to 40 characters: a-z, 0-9, '.', '_', '-', beginning with a letter or digit",
        "用户名为 2 到 40 个字符：小写字母、数字、点、下划线、短横，以字母或数字开头",
    ),
    "bad-role": ("A person cannot hold this role", "人员不能担任这个角色"),
    "bad-scope": (
        "There is no such district or unit, or the two do not go together",
        "没有这个区或单位，或两者不能同时填写",
    ),
    "last-admin": (
        "Somebody must stay administrator. Name another one first",
        "必须至少有一名管理员。请先指定另一名",
    ),
}


CODES = tuple(_WORDS)
"""Every problem that can be told."""


def words_of(code: str) -> tuple[str, str]:
    """The title of a problem in English and in Chinese; an unknown one is its code."""
    return _WORDS.get(code, (code, code))


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

    def document(self) -> dict[str, Any]:
        """What is said, as plain JSON values."""
        title, zh = words_of(self.code)
        return {
            "type": f"urn:baton:problem:{self.code}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            "problem": self.code,
            "zh": zh,
            **self.members,
        }

    def response(self) -> Response:
        """The problem document."""
        content = encode(self.document())
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        headers |= self.headers
        return Response(content, self.status, headers=headers, media_type=MEDIA_TYPE)
