"""Data Packages as frictionless judges them: stdin names them, stdout tells each error with its row and field."""

import json
import sys

from frictionless import Package

LIMIT = 1_000_000


def told(task, error):
    """One error: where it is and what kind."""
    places = getattr(error, "field_names", None) or [getattr(error, "field_name", None)]
    return {
        "resource": task.name,
        "row": getattr(error, "row_number", None),
        "fields": places,
        "type": error.type,
    }


def judged(path):
    report = Package(path).validate(limit_errors=LIMIT)
    errors = [told(task, error) for task in report.tasks for error in task.errors]
    errors += [{"resource": None, "row": None, "fields": [], "type": e.type} for e in report.errors]
    return {"valid": report.valid, "resources": len(report.tasks), "errors": errors}


json.dump([judged(path) for path in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
