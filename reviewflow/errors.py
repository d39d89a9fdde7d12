"""Every failure raised on purpose, with the sentence its user sees."""

import errno
from collections.abc import Mapping


class ReviewflowError(Exception):
    """What we raise on purpose; `message` is shown to the user."""

    message = "系统未能完成这项操作，请稍后再试。"

    def __init__(self, message: str | None = None) -> None:
        """Take a more exact sentence, or keep the sentence of the class."""
        if message is not None:
            self.message = message
        super().__init__(self.message)


class Missing(ReviewflowError):
    """There is no such thing, or the actor may not see it: both look alike."""

    message = "没有这个页面，或者您无权查看。"


class Refused(ReviewflowError):
    """The actor may see it but may not do this."""

    message = "这项操作不属于您的职责，请联系该环节的办理人。"


class Conflict(ReviewflowError):
    """The case has moved on since the page was opened."""

    message = "该事项已有变化，请查看最新情况后再办理。"


class Invalid(ReviewflowError):
    """What was sent breaks a rule; `errors` has a sentence for each field."""

    message = "填写的内容有误，请更正后再提交。"

    def __init__(
        self, errors: Mapping[str, str] | None = None, message: str | None = None
    ) -> None:
        """Take sentences by field name, or one sentence for the whole."""
        self.errors = dict(errors or {})
        if message is None and self.errors:
            message = next(iter(self.errors.values()))
        super().__init__(message)


class Unavailable(ReviewflowError):
    """A part the program needs is not there or is not ready."""

    message = "系统暂时不能使用，请稍后再试或联系管理员。"


class TaskDone(Conflict):
    """The task was finished or cancelled before this click."""

    message = "该任务已经办结。"


class AlreadySigned(Conflict):
    """A review opinion is signed once; changing it needs a new opinion."""

    message = "该合法性审查意见书已签发，不能再次签发。"


class KeyReused(Conflict):
    """A submission key came again with another content or another user."""

    message = "这份表单已经提交过，请打开新的页面再填写。"


class SeparationOfDuties(Refused):
    """The actor has already acted on this case in a post that excludes this one."""

    message = "按照回避要求，您不能办理这一环节，请转由其他人员办理。"


class TooMany(ReviewflowError):
    """Somebody without an account sends more than one person would."""

    message = "提交过于频繁，请一小时后再试。"


_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.EROFS: "磁盘只能读取",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "同名的文件已经存在",
}


def cause_of(error: OSError) -> str:
    """Return why the disk refused, in words an administrator knows."""
    return _CAUSES.get(error.errno or 0, f"磁盘出错（错误号 {error.errno}）")
