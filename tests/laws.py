"""Changes of the law data that tests propose."""

TL13 = {
    "days": "15",
    "unit": "工作日",
    "first_day": "2026-01-01",
    "basis": "第二十九条",
    "source": "《安徽省行政规范性文件管理办法》",
    "place": "安徽省",
    "verified": "yes",
    "note": "",
    "reason": "已核对现行办法原文。",
}
YEAR_2027 = {
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "address": "https://www.gov.cn/",
    "text": "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月31日（周日）上班。",
    "reason": "2027年放假安排已经公布。",
}
