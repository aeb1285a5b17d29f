"""Prints what openpyxl finds in a workbook: for each sheet its name, frozen pane, merged cells, and cells with their types."""
import json, sys, zipfile
import openpyxl

path = sys.argv[1]
# Reads every part to its end and compares its checksum.
assert zipfile.ZipFile(path).testzip() is None
book = openpyxl.load_workbook(path)
print(json.dumps([{
    "name": sheet.title, "frozen": sheet.freeze_panes, "merged": sorted(str(r) for r in sheet.merged_cells.ranges),
    "width": sheet.column_dimensions["A"].width,
    "bold": sheet["A1"].font.b is True,
    "cells": [[f"{type(c.value).__name__}:{c.value}" for c in row] for row in sheet.iter_rows()],
} for sheet in book], ensure_ascii=False))
