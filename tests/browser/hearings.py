"""What people do at a hearing that took place ten days ago."""

from tests.browser.turns import TEXT, Turn, day

ANNOUNCED = {
    "公告日期": day(-45),
    "听证会拟定日期": day(-10),
    "听证地点": "市政务服务中心三楼会议室",
}
DELIVERED = {"送达日期": day(-20), "送达方式和对象": "直接送达 10 人"}
HELD = {"听证会是否举行": "已举行", "听证会日期": day(-10), "参加人数": "10"}
LISTED, REPORTED = {"名单公布日期": day(-30)}, {"主要意见和处理情况": TEXT}
WANTED = {"是否举行听证": "是"}


def heard(drafter: str, host: str) -> list[Turn]:
    """Return the turns of drafter and host, from the decision to the report."""
    return [
        Turn(drafter, "决定是否听证", "作出决定", WANTED),
        Turn(drafter, "发布听证公告", "登记公告", ANNOUNCED, ("听证公告",)),
        Turn(drafter, "公布参加人名单", "登记名单", LISTED),
        Turn(drafter, "送达听证材料", "登记送达", DELIVERED),
        Turn(host, "举行听证会", "登记听证", HELD, ("听证笔录",)),
        Turn(drafter, "形成听证报告", "提交报告", REPORTED, ("听证报告",)),
    ]
