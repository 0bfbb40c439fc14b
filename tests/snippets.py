"""Reports in pieces, and what is read of them."""

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form
from govinfo_pipeline.report import Report

HEAD = "安吉县人民政府2023年政府信息公开工作年度报告\n本报告统计期限为2023年1月1日至2023年12月31日。\n"
FORM = load_form("2021")
HEADINGS = "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"
CASES = "四、政府信息公开行政复议、行政诉讼情况\n" + "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n"


def read(text: str) -> Report:
    return extract(read_bytes((HEAD + text).encode(), "a.txt"))


def printed(report: Report, cell: str) -> tuple[str, object]:
    figure = report.figure(cell)
    return figure.state, figure.value


def row(report: Report, name: str) -> list[object]:
    columns = FORM.table("applications").columns
    return [printed(report, f"applications.{name}.{column.id}")[1] for column in columns]
