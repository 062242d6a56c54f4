"""Reads every cell of the first sheet of an .xlsx with one library, and prints the processor time that it took.

Usage: beside.py LIBRARY FILE
"""

import resource
import sys


def processor():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def python_calamine(file):
    import python_calamine

    return lambda: python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()


def openpyxl(file):
    import openpyxl

    def read():
        sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
        return sum(1 for _ in sheet.iter_rows(values_only=True))

    return read


def polars(file):
    import polars

    # All cells as text, as the program reads them.
    return lambda: polars.read_excel(file, engine="calamine", infer_schema_length=0)


def duckdb(file):
    import duckdb

    # The extension is fetched once, before the time is taken.
    connection = duckdb.connect()
    connection.execute("INSTALL excel")
    connection.execute("LOAD excel")
    return lambda: connection.execute("SELECT * FROM read_xlsx(?, all_varchar = true)", [file]).fetchall()


def frictionless(file):
    import frictionless
    from frictionless import formats

    def read():
        resource_of = frictionless.Resource(path=file, control=formats.ExcelControl())
        with resource_of:
            return sum(1 for _ in resource_of.row_stream)

    return read


LIBRARIES = {
    "python-calamine": python_calamine,
    "openpyxl": openpyxl,
    "polars": polars,
    "duckdb": duckdb,
    "frictionless": frictionless,
}


if __name__ == "__main__":
    library, file = sys.argv[1:]
    read = LIBRARIES[library](file)
    before = processor()
    read()
    print(f"{processor() - before:.3f}")
