#!/usr/bin/env python3
"""Reads one edition of a report in every format that lies beside its XML and prints what differs, a
sentence a line. Each format is read by another tool than wrote it; the XML is what they are held to.

usage: check-agreement.py STEM [FORMAT…]     such as out/2026-11-20/weekly-territory/west

Without formats it takes those whose files are there. Status: 0 all agree, 1 something differs,
2 something could not be read.
"""
import csv
import datetime
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

NAMESPACE = "{urn:cadastre:report:1}"
NUMERIC = {"money", "count", "rate", "points", "multiple", "days", "number"}
# Problems of one format that are printed.
MOST = 20
FORMULA_SIGNS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


class Value:
    """A value as the XML has it: what readers see, and the exact data."""

    def __init__(self, text="", data="", unit="text", mark=None, record=None):
        self.text, self.data, self.unit = text, data, unit
        self.mark, self.record = mark, record

    @property
    def is_number(self):
        return self.unit in NUMERIC and self.data != ""


class Table:
    """Columns as (key, title), rows of Values as pages show them, and the rest of the list."""

    def __init__(self, name, columns, shown, rest, other, total, is_drawn=False):
        self.name, self.columns = name, columns
        self.shown, self.rest, self.other, self.total = shown, rest, other, total
        # Whether it holds what a chart draws.
        self.is_drawn = is_drawn

    @property
    def listed(self):
        """Every row, as lists and workbooks hold them."""
        return self.shown + self.rest + ([self.other] if self.other and not self.rest else [])

    def flat(self):
        """Titles and rows with Ids, marks and levels in columns of their own."""
        rows = self.listed
        keys = {key for key, _ in self.columns}
        plan = []
        if any(level for level, _ in rows):
            plan.append(("Level", lambda row: Value(str(row[0]), str(row[0]), "count")))
        for index, (key, title) in enumerate(self.columns):
            plan.append((title, lambda row, index=index: row[1][index]))
            plain = re.sub(r" \([^)]*\)$", "", title)
            if key + "_id" not in keys and any(row[1][index].record for row in rows):
                plan.append((plain + " Id", lambda row, index=index: Value(
                    row[1][index].record or "", row[1][index].record or "", "id")))
            if any(row[1][index].mark for row in rows):
                plan.append((plain + " mark", lambda row, index=index: Value(
                    row[1][index].mark or "", row[1][index].mark or "")))
        total = None
        if self.total:
            total = [take(self.total) if title != "Level" else Value() for title, take in plan]
        return [title for title, _ in plan], [[take(row) for _, take in plan] for row in rows], total


class Document:
    def __init__(self, figures, tables, prose):
        # Figures are (label, value, change or None), prose is plain sentences.
        self.figures, self.tables, self.prose = figures, tables, prose


def read_xml(path):
    root = ElementTree.parse(path).getroot()

    def find(element, name):
        return element.find(NAMESPACE + name)

    def all_of(element, name):
        return element.findall(NAMESPACE + name)

    def value(element):
        return Value(
            "".join(element.itertext()), element.get("data", ""), element.get("unit"),
            element.get("mark"), element.get("id"))

    def row(element):
        return int(element.get("level", "0")), [value(cell) for cell in all_of(element, "cell")]

    drawn = {
        table for chart in root.iter(NAMESPACE + "chart") for table in chart.iter(NAMESPACE + "table")}
    tables = []
    for element in root.iter(NAMESPACE + "table"):
        columns = [
            (column.get("key"), column.text + (f" ({column.get('unit')})" if column.get("unit") else ""))
            for column in all_of(element, "column")]
        rest, other, total = (find(element, name) for name in ("rest", "other", "total"))
        tables.append(Table(
            element.get("id"), columns, [row(one) for one in all_of(element, "row")],
            [row(one) for one in all_of(rest, "row")] if rest is not None else [],
            row(other) if other is not None else None, row(total) if total is not None else None,
            element in drawn))
    figures = []
    for element in root.iter(NAMESPACE + "figure"):
        change = find(element, "change")
        figures.append((
            find(element, "label").text, value(find(element, "value")),
            value(find(change, "value")) if change is not None else None))
    prose = [find(root, "headline")] + all_of(root, "comment")
    for name in ("paragraph", "callout", "takeaway"):
        prose += root.iter(NAMESPACE + name)
    return Document(figures, tables, ["".join(one.itertext()) for one in prose])


def decimal(found):
    try:
        return Decimal(repr(found) if isinstance(found, float) else str(found))
    except InvalidOperation:
        return None


def is_same(expected, found):
    """Whether a cell of data holds a value."""
    if found is None:
        found = ""
    if expected.is_number:
        return not isinstance(found, bool) and decimal(found) == Decimal(expected.data)
    if isinstance(found, (int, float)):
        return False
    # A text is what readers see where it has no data of its own.
    return found == (expected.data if expected.unit != "text" else expected.data or "")


def compare_figures(expected, found):
    if len(expected) != len(found):
        yield f"{len(found)} key figures in place of {len(expected)}"
    for (label, value, change), (other_label, other_value, other_change) in zip(expected, found):
        if label != other_label:
            yield f"the figure {label!r} is called {other_label!r}"
        if not is_same(value, other_value):
            yield f"the figure {label!r} is {other_value!r} in place of {value.data!r}"
        if not is_same(change or Value(), other_change):
            yield f"the change of {label!r} is {other_change!r}"


def compare_flat(document, found):
    """Tables as (titles, rows, total) against those of the document."""
    if len(document.tables) != len(found):
        yield f"{len(found)} tables in place of {len(document.tables)}"
    for table, (titles, rows, total) in zip(document.tables, found):
        wanted_titles, wanted_rows, wanted_total = table.flat()
        plain = [re.sub(r" \([A-Z]{3}\)$", "", title) for title in titles]
        if [re.sub(r" \([A-Z]{3}\)$", "", title) for title in wanted_titles] != plain:
            yield f"{table.name}: columns {titles} in place of {wanted_titles}"
            continue
        if len(rows) != len(wanted_rows):
            yield f"{table.name}: {len(rows)} rows in place of {len(wanted_rows)}"
        pairs = list(zip(wanted_rows, rows))
        if (total is None) != (wanted_total is None):
            yield f"{table.name}: the total is {'missing' if total is None else 'too much'}"
        elif total is not None:
            pairs.append((wanted_total, total))
        for number, (wanted, row) in enumerate(pairs):
            for title, value, cell in zip(wanted_titles, wanted, row):
                if not is_same(value, cell):
                    yield f"{table.name}, row {number + 1}, {title}: {cell!r} in place of {value.data!r}"


def check_json(document, path, _):
    with open(path, encoding="utf-8") as file:
        content = json.load(file)

    def cell(found):
        return Value(
            found["text"], found["data"] or "", found["unit"], found.get("mark"), found.get("id"))

    def row(found):
        return (found["level"], [cell(one) for one in found["cells"]]) if found else None

    tables, figures = [], []
    for section in content["sections"]:
        for block in section["blocks"]:
            for figure in block.get("figures", []):
                change = figure["change"]
                figures.append((
                    figure["label"], figure["value"]["data"], change and change["value"]["data"]))
            if "table" in block:
                found = block["table"]
                columns = [
                    (one["key"], one["title"] + (f" ({one['unit']})" if one["unit"] else ""))
                    for one in found["columns"]]
                tables.append(Table(
                    found["id"], columns, [row(one) for one in found["rows"]],
                    [row(one) for one in found["rest"]], row(found["other"]), row(found["total"])))
    yield from compare_figures(document.figures, figures)
    for wanted, found in zip(document.tables, tables):
        for wanted_row, found_row in zip(wanted.shown, found.shown):
            for one, other in zip(wanted_row[1], found_row[1]):
                if one.text != other.text:
                    yield f"{wanted.name}: readers see {other.text!r} in place of {one.text!r}"

    def flat(table):
        titles, rows, total = table.flat()
        return titles, [[cell.data for cell in row] for row in rows], (
            total and [cell.data for cell in total])

    yield from compare_flat(document, [flat(table) for table in tables])


def check_csv(document, path, _):
    def rows(name):
        with open(os.path.join(path, name), encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        for row in found:
            for cell in row:
                if cell.startswith(FORMULA_SIGNS) and decimal(cell) is None:
                    problems.append(f"{name}: {cell!r} would be a formula")
        # The apostrophe is no part of the record's text.
        return [
            [cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_SIGNS) else cell
             for cell in row] for row in found]

    problems = []
    with open(os.path.join(path, "README.txt"), encoding="utf-8") as file:
        names = re.findall(r"^(\S+\.csv): ", file.read(), re.MULTILINE)
    figures = []
    if names and names[0] == "figures.csv":
        figures = [(row[1], row[2], row[5]) for row in rows(names.pop(0))[1:]]
    yield from compare_figures(document.figures, figures)
    tables = []
    for table, name in zip(document.tables, names):
        found = rows(name)
        total = found.pop() if table.total else None
        tables.append((found[0], found[1:], total))
    yield from compare_flat(document, tables)
    yield from problems


def check_xlsx(document, path, _):
    import openpyxl

    book = openpyxl.load_workbook(path)
    cover, sheets = book.worksheets[0], book.worksheets[1:-1]

    def held(cell):
        found = cell.value
        if isinstance(found, datetime.datetime):
            return found.date().isoformat()
        if cell.data_type == "f":
            return "(a formula)"
        if isinstance(found, (int, float)) and "pts" in cell.number_format:
            # Percent points are shown as hundredths.
            return Decimal(repr(found)) / 100
        return found

    figures, is_inside = [], False
    for row in cover.iter_rows(max_col=4):
        # The heads of key figures: no other line has words in all of these columns.
        if all(isinstance(cell.value, str) and cell.value for cell in row[1:4]):
            is_inside = True
        elif is_inside and row[0].value is None:
            is_inside = False
        elif is_inside:
            figures.append((row[0].value, held(row[1]), held(row[2])))
    yield from compare_figures(document.figures, figures)
    tables = []
    for table, sheet in zip(document.tables, sheets):
        # The row above the frozen edge holds the heads; the list ends at an empty row.
        head = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
        width = max(cell.column for cell in sheet[head] if cell.value is not None)
        found = [[held(cell) for cell in row[:width]] for row in sheet.iter_rows(min_row=head)]
        count = len(table.listed)
        rows, after = found[1:count + 1], found[count + 1:]
        after = [row for row in after if any(cell not in (None, "") for cell in row)]
        if len(after) > (1 if table.total else 0):
            yield f"{table.name}: more rows than there should be: {after[:2]}"
        tables.append((found[0], rows, after[0] if after else None))
        if count and sheet.auto_filter.ref is None:
            yield f"{table.name}: no filter"
    if len(sheets) != len(document.tables):
        yield f"{len(sheets)} sheets of tables in place of {len(document.tables)}"
    yield from compare_flat(document, tables)


def check_libreoffice(document, path, _):
    """What LibreOffice shows in the cells of the workbook is what the page shows."""
    with tempfile.TemporaryDirectory() as folder:
        filters = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true,false,false,-1'
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", filters, "--outdir", folder, path],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)
        import openpyxl
        names = openpyxl.load_workbook(path, read_only=True).sheetnames[1:-1]
        stem = os.path.basename(path)[:-len(".xlsx")]
        for table, name in zip(document.tables, names):
            with open(os.path.join(folder, f"{stem}-{name}.csv"), encoding="utf-8", newline="") as file:
                found = list(csv.reader(file))
            titles, rows, _ = table.flat()
            heads = [index for index, row in enumerate(found) if row[:len(titles)] == titles]
            if not heads:
                yield f"{table.name}: no line of heads {titles}"
                continue
            for number, (wanted, row) in enumerate(zip(rows, found[heads[0] + 1:])):
                for title, value, cell in zip(titles, wanted, row):
                    seen = value.text if value.is_number else value.data
                    if value.unit == "days" and "." in value.data:
                        # The data of a mean has two places; its cell rounds them once more.
                        rounded = Decimal(value.data).quantize(Decimal("0.1"), ROUND_HALF_UP)
                        if cell.replace(",", "").replace("\u2212", "-") == str(rounded):
                            continue
                    if cell != seen and value.data:
                        yield f"{table.name}, row {number + 1}, {title}: {cell!r} in place of {seen!r}"


class Page(html.parser.HTMLParser):
    """Tables by id, and key figures, of a page."""

    def __init__(self):
        super().__init__()
        self.tables, self.figures = {}, []
        self.table = self.cell = self.part = None
        self.is_figure = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        kind = (attributes.get("class") or "").split()
        if tag == "table":
            self.table = self.tables.setdefault(attributes.get("id"), {"rows": [], "foot": []})
            self.part = "head"
        elif tag in ("tbody", "tfoot"):
            self.part = "rows" if tag == "tbody" else "foot"
        elif tag == "tr" and self.table is not None and self.part != "head":
            self.table[self.part].append([])
        elif tag in ("td", "th") and self.table is not None and self.part != "head":
            self.cell = [""]
            self.table[self.part][-1].append((self.cell, attributes.get("data-sort")))
        elif tag == "div" and "figure" in kind:
            self.figures.append({"label": [""], "value": [""], "change": [""]})
            self.is_figure = True
        elif tag == "dt" and self.is_figure:
            self.cell = self.figures[-1]["label"]
        elif tag == "dd" and self.is_figure and kind and kind[0] in ("value", "change"):
            self.cell = self.figures[-1][kind[0]]

    def handle_endtag(self, tag):
        if tag == "table":
            self.table = None
        if tag == "dl":
            self.is_figure = False
        if tag in ("td", "th", "dt", "dd"):
            self.cell = None

    def handle_data(self, text):
        if self.cell is not None:
            self.cell[0] += text


def check_html(document, path, _):
    page = Page()
    with open(path, encoding="utf-8") as file:
        page.feed(file.read())

    def seen(value):
        return value.text + (f" {value.mark}" if value.mark else "")

    if len(page.figures) != len(document.figures):
        yield f"{len(page.figures)} key figures in place of {len(document.figures)}"
    for (label, value, change), found in zip(document.figures, page.figures):
        if found["label"][0] != label or found["value"][0] != value.text:
            yield f"the figure {label!r} is {found['value'][0]!r} in place of {value.text!r}"
        if (change.text if change else "") not in found["change"][0]:
            yield f"the change of {label!r} is {found['change'][0]!r}"
    for table in document.tables:
        if not table.shown:
            continue
        found = page.tables.get(table.name)
        if found is None:
            yield f"{table.name}: not on the page"
            continue
        wanted = [row for row in table.shown]
        rows = found["rows"] + found["foot"]
        for extra in (table.other, table.total):
            if extra:
                wanted.append(extra)
        if len(rows) != len(wanted):
            yield f"{table.name}: {len(rows)} rows in place of {len(wanted)}"
        for number, ((_, values), row) in enumerate(zip(wanted, rows)):
            for value, (cell, data) in zip(values, row):
                if cell[0] != seen(value):
                    yield f"{table.name}, row {number + 1}: {cell[0]!r} in place of {seen(value)!r}"
                if data is not None and data != value.data:
                    yield f"{table.name}, row {number + 1}: sorted by {data!r}, not {value.data!r}"


def numbers(text):
    """The numbers that a text names, as written, whatever stands around them."""
    return re.findall(r"\d(?:[\d,.]*\d)?", text)


def shown_numbers(document, left_out, has_pictures):
    """The numbers that every reader sees: key figures, headline, takeaways, the rows of pages; but
    for columns that a narrow format says it leaves out."""
    texts = list(document.prose)
    for _, value, change in document.figures:
        texts += [value.text, change.text if change else ""]
    for table in document.tables:
        # Of a mail's charts there is the picture: its numbers are no text.
        if has_pictures and table.is_drawn:
            continue
        for _, values in table.shown + [row for row in (table.other, table.total) if row]:
            # Names may be cut where there is no room; figures never are.
            texts += [
                value.text for value, (_, title) in zip(values, table.columns)
                if (value.is_number or value.unit == "date") and title not in left_out]
    return Counter(number for text in texts for number in numbers(text))


class Words(html.parser.HTMLParser):
    """What a reader of HTML sees, without styles and without what stands in attributes."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script", "title")
        if tag in ("td", "th", "p", "tr", "br", "div", "li", "dd", "dt"):
            self.text.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "title")

    def handle_data(self, text):
        if not self.hidden:
            self.text.append(text)


def check_mail(document, path, _):
    words = Words()
    with open(path, encoding="utf-8") as file:
        words.feed(file.read())
    yield from missing_numbers(document, "".join(words.text), has_pictures=True)


def check_text(document, path, tool):
    if tool:
        found = subprocess.run(tool + [path, "-"], check=True, capture_output=True).stdout.decode()
    else:
        with open(path, encoding="utf-8") as file:
            found = file.read()
    yield from missing_numbers(document, found)


def missing_numbers(document, found, has_pictures=False):
    """Every number is there at least as often as it should be."""
    have = Counter(numbers(found))
    sentences = re.findall(r"more columns?[^:]*: ([^.]*)\.", re.sub(r"\s+", " ", found))
    left_out = {title for one in sentences for title in re.split(r", | and ", one)}
    for number, count in sorted((shown_numbers(document, left_out, has_pictures) - have).items()):
        yield f"the number {number} is missing {count} times"


# name: (what the file is called behind the stem, who checks it, a tool that makes text of it)
FORMATS = {
    "json": (".json", check_json, None),
    "csv": ("", check_csv, None),
    "xlsx": (".xlsx", check_xlsx, None),
    "libreoffice": (".xlsx", check_libreoffice, None),
    "html": (".html", check_html, None),
    "pdf": (".pdf", check_text, ["pdftotext", "-layout"]),
    "text": (".txt", check_text, None),
    "mail": (".mail/index.html", check_mail, None),
    "mail text": (".mail/message.txt", check_text, None),
}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    stem, asked = sys.argv[1], sys.argv[2:]
    document = read_xml(stem + ".xml")
    print(
        f"{len(document.figures)} figures, {len(document.tables)} tables, "
        f"{sum(len(table.listed) for table in document.tables)} rows", file=sys.stderr)
    has_problems = False
    for name in asked or FORMATS:
        ending, check, tool = FORMATS[name]
        if not asked and (name == "libreoffice" or not os.path.exists(stem + ending)):
            continue
        problems = list(check(document, stem + ending, tool))
        for problem in problems[:MOST]:
            print(f"{name}: {problem}")
        if len(problems) > MOST:
            print(f"{name}: and {len(problems) - MOST} more")
        has_problems = has_problems or bool(problems)
    return 1 if has_problems else 0


if __name__ == "__main__":
    sys.exit(main())
