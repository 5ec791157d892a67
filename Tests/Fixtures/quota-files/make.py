"""Makes the workbooks of this folder: pip install openpyxl==3.1.5 xlsxwriter==3.3.1; see why.md."""
import datetime

import openpyxl
import xlsxwriter

NOVEMBER = datetime.date(2026, 11, 1)
HEADINGS = ["Holder", "Measure", "Period", "Amount", "Valid from"]
# Holder, period, amount, valid from.
ROWS = [
    ("World", "FY2027 Q1", 100000, None),
    ("World", NOVEMBER, "=25000*2", None),
    ("North", "FY2027 Q4", 900, None),
    ("North", "FY2027 Q4", 1000, datetime.date(2026, 11, 10)),
    ("north", "2025-11", 7777, None),
    ("South", "2026-11", 10000, None),
    ("South", "2026-11", 99999, datetime.date(2026, 12, 1)),
    ("0055e00000u0001AAA", "FY27 Q1", 100000, None),
    ("0055e00000u0001", "Q4 FY2027", 50000, None),
    ("0055e00000U0002AAB", "FY2027 Q4", 1000, None),
    ("0055e00000U0002AAB", "2025-11", 7777, None),
    ("0055e00000u0003AAA", "2026-11", 10000, None),
]


def with_openpyxl():
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "Quotas are agreed in January."
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Quotas")
    sheet.append(HEADINGS)
    for holder, period, amount, since in ROWS:
        # openpyxl computes nothing: a formula of its own would have no value.
        sheet.append([holder, "Bookings", period, 50000 if amount == "=25000*2" else amount, since])
    sheet["C3"].number_format = "mmm yyyy"
    sheet.merge_cells("A4:A5")
    book.active = 1
    book.save("openpyxl.xlsx")


def with_xlsxwriter():
    book = xlsxwriter.Workbook("xlsxwriter-1904.xlsx", {"constant_memory": True, "date_1904": True})
    book.set_properties({"created": datetime.datetime(2026, 11, 20)})
    sheet = book.add_worksheet("Quotas")
    day = book.add_format({"num_format": "d/m/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for row, (holder, period, amount, since) in enumerate(ROWS, start=1):
        sheet.write_string(row, 0, holder)
        sheet.write_string(row, 1, "Bookings")
        if isinstance(period, datetime.date):
            sheet.write_datetime(row, 2, period, day)
        else:
            sheet.write_string(row, 2, period)
        if isinstance(amount, str):
            sheet.write_formula(row, 3, amount, None, 50000)
        else:
            sheet.write_number(row, 3, amount)
        if since:
            sheet.write_datetime(row, 4, since, day)
    book.close()


with_openpyxl()
with_xlsxwriter()
