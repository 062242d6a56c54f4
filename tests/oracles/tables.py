"""Validates Data Packages with frictionless: standard input has their paths, standard output each error with row and field."""

import json
import sys

from frictionless import Package

LIMIT = 1_000_000


def location(task, error):
    """One error: its resource, its row, its fields and its type."""
    names = getattr(error, "field_names", None) or [getattr(error, "field_name", None)]
    return {
        "resource": task.name,
        "row": getattr(error, "row_number", None),
        "fields": names,
        "type": error.type,
    }


def validated(path):
    report = Package(path).validate(limit_errors=LIMIT)
    errors = [location(task, error) for task in report.tasks for error in task.errors]
    errors += [{"resource": None, "row": None, "fields": [], "type": e.type} for e in report.errors]
    return {"valid": report.valid, "resources": len(report.tasks), "errors": errors}


json.dump([validated(path) for path in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
