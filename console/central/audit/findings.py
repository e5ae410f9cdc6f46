"""What the audit finds: where the log, its rows or its checkpoints are not what they were."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少事件", "events are missing"),
    "unreadable": ("事件读不出来", "the event cannot be read"),
    "hash": ("内容与哈希不符：事件被改过", "the content does not fit its hash: it was changed"),
    "link": ("与前一事件的哈希不衔接", "it does not link to the event before"),
    "time": ("时间早于前一事件", "its time lies before that of the event before"),
    "version": ("实体版本不等于 rev", "its entity's version is not its rev"),
    "epoch": ("epoch 变了而没有 epoch.began", "the epoch changes without an epoch.began"),
    "head": ("日志的末尾与计数行不符", "the log's end is not what its counter row says"),
    "identity": ("meta 表的 epoch 不是日志的", "the epoch of the table meta is not the log's"),
    "unfollowed": ("事件不能应用到画面", "the picture cannot follow the event"),
    "entity": ("实体行与日志不符", "the entity's row is not what the log says"),
    "entity-missing": ("实体行不见了", "the entity's row is missing"),
    "entity-extra": ("实体行没有任何事件", "the entity's row has no event"),
    "in-picture": ("画面标记与日志不符", "whether the picture shows it is not what the log says"),
    "no-checkpoint": ("没有找到检查点", "there is no checkpoint"),
    "checkpoint": (
        "日志与签过名的检查点不符：被改写、截断或回退",
        "the log is not what a signed checkpoint says: rebuilt, cut or rolled back",
    ),
    "signature": ("检查点的签名不对", "a checkpoint's signature is wrong"),
    "key": ("检查点由不认识的密钥签名", "a checkpoint is signed with an unknown key"),
    "trail": ("检查点文件缺行或乱序", "lines of a checkpoint file are missing or out of order"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `rev` is where, None where no event is meant; `detail` names values."""

    code: str
    rev: int | None = None
    detail: str = ""

    @property
    def zh(self) -> str:
        """In Chinese."""
        return self._told(_WORDS[self.code][0])

    @property
    def en(self) -> str:
        """In English."""
        return self._told(_WORDS[self.code][1])

    def _told(self, words: str) -> str:
        where = "" if self.rev is None else f"rev {self.rev}: "
        return f"{where}{words}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class LostTail:
    """Revs `first` to `last` (by the checkpoints at least) of `epoch` that a declared restore gave up."""

    epoch: str
    first: int
    last: int


@dataclass(slots=True)
class Report:
    """The audit's result: `rev` and `epoch` are the log's end.

    `covered` is the last rev that a checkpoint confirms: behind it a chain that was rebuilt with all
    its hashes cannot be told from a true one. `unchecked` says what could not be looked at.
    """

    rev: int = 0
    epoch: str = ""
    covered: int = 0
    findings: list[Finding] = field(default_factory=list)
    lost: list[LostTail] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
