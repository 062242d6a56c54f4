/** Where in a form the words of a refusal belong. */
/** Controls of the forms. */
export type Control = "table" | "title" | "name" | "list" | "fields" | "key" | "columns" | "condition" | "message" | "cases" | "whole";

const CONTROLS: Record<string, Control> = {
  "overlay.name": "name",
  "overlay.title": "title",
  "overlay.no-list": "list",
  "overlay.list-unused": "list",
  "overlay.no-fields": "fields",
  "overlay.no-column": "key",
  "overlay.no-table": "table",
  "rule.placeholder": "message",
  "rule.case-shows": "message",
  "rule.unlisted": "columns",
  "rule.unknown-column": "columns",
  "rule.case-found": "cases",
  "rule.case-nothing": "cases",
  "rule.case-failed": "cases",
};

/** A refusal, as calls fail with it and as answers tell it. */
export interface Refusal {
  code: string;
  params: Record<string, string | undefined>;
}

export function controlOf({ code, params }: Refusal, title?: string): Control {
  if (code === "overlay.twice") return params.found === title ? "title" : "name";
  return CONTROLS[code] ?? (code.startsWith("rule.") ? "condition" : "whole");
}

/** The part that a refusal speaks of: `TABLE.COLUMN`, a table or a rule. */
export function partOf({ params }: Refusal): string | undefined {
  return params.part ?? params.rule;
}
