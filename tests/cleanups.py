"""What a clean-up of the bureau is begun and published with."""

CAMPAIGN = {
    "title": "2026年规范性文件清理",
    "basis": "省政府办公厅通知",
    "reference_on": "2026-03-02",
    "due_on": "2026-03-31",
}
PUBLISHED = {
    "published_on": "2026-03-02",
    "channel": "市住建局网站",
    "decision": "局长办公会议决定",
}
