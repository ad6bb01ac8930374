"""The report as JUnit XML, which CI systems read."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kling.check import Finding, Part, Report
from kling.check.reports.groups import counted, family_name, printable, setting, summary


def junit(report: Report) -> str:
    """Return a report as JUnit XML.

    Each part is a test suite. A finding is a failed test case. A request that is undecided or was
    not tried is a skipped test case. A part that sent requests, but has no findings, has one test
    case that passed. A check that could not be finished is a test case with an error.
    """
    root = Element("testsuites", name="kling check")
    if report.unreachable:
        _add_error(SubElement(root, "testsuite", name="kling check"), report)
    parts = {part.name: part for part in report.parts}
    # A part that did not run has a test suite too, which shows what was not tried.
    names = [entry.part for entry in report.findings]
    names += [entry.part for entry in report.undecided]
    names += [entry.part for entry in report.not_tried]
    for name in names:
        parts.setdefault(name, Part(name, 0, 0))
    for part in parts.values():
        _fill_suite(SubElement(root, "testsuite"), part, report)
    for suite in root:
        for counter, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            suite.set(counter, str(len(suite.findall(f"testcase/{tag}"))))
        suite.set("tests", str(len(suite.findall("testcase"))))
    for counter in ("tests", "failures", "errors", "skipped"):
        root.set(counter, str(sum(int(suite.get(counter, 0)) for suite in root)))
    properties = Element("properties")
    for name, value in (("setting", setting(report)), ("summary", summary(report))):
        SubElement(properties, "property", name=name, value=value)
    # Only a suite can have properties, so the first suite gets those of the whole check.
    if len(root):
        root[0].insert(0, properties)
    root.set("time", f"{sum(part.seconds for part in report.parts):.3f}")
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _fill_suite(suite: Element, part: Part, report: Report) -> None:
    suite.set("name", f"kling check: {printable(part.name)}")
    suite.set("time", f"{part.seconds:.3f}")
    suite.set("timestamp", report.started.isoformat(timespec="seconds"))
    suite.set("hostname", printable(report.url))
    findings = [finding for finding in report.findings if finding.part == part.name]
    for finding in findings:
        _add_failure(suite, finding)
    if part.requests and not findings:
        _add_case(suite, part.name, "", f"nothing found in {counted(part.requests, 'request')}")
    for entry in report.undecided:
        if entry.part == part.name:
            case = _add_case(
                suite, part.name, entry.family, f"{entry.place or entry.operation}: undecided"
            )
            skipped = SubElement(case, "skipped", type="undecided", message=printable(entry.reason))
            skipped.text = printable(entry.request)
    for omitted in report.not_tried:
        if omitted.part == part.name:
            case = _add_case(suite, part.name, "", f"{omitted.what}: not tried")
            SubElement(case, "skipped", type="not tried", message=printable(omitted.reason))
    if part.stopped:
        SubElement(suite, "system-out").text = f"ended early: {printable(part.stopped)}"


def _add_case(suite: Element, part: str, family: str, name: str) -> Element:
    where = f"kling check.{printable(part)}.{family_name(family)}"
    return SubElement(suite, "testcase", classname=where, name=printable(name))


def _add_failure(suite: Element, finding: Finding) -> None:
    where = finding.place or finding.operation
    case = _add_case(suite, finding.part, finding.family, f"{where}: {finding.kind.value}")
    failure = SubElement(case, "failure", type=finding.kind.name.lower())
    failure.set("message", printable(f"expected {finding.expected}; got {finding.got}"))
    lines = {
        "request": finding.request,
        "expected": finding.expected,
        "got": finding.got,
        "place": finding.place,
        "operation": finding.operation,
        "shown by": counted(finding.times, "request"),
    }
    failure.text = "\n".join(f"{name}: {printable(text)}" for name, text in lines.items() if text)


def _add_error(suite: Element, report: Report) -> None:
    case = SubElement(suite, "testcase", classname="kling check", name=printable(report.url))
    SubElement(case, "error", type="unreachable", message=printable(report.unreachable))
    SubElement(suite, "system-out").text = summary(report)
