/**
 * Where in a form the words of a refusal belong, and the form's own words where they are clearer than the program's.
 */
import { errorWords, t } from "../../../text";

/** Controls of the forms. */
export type Control =
  | "table"
  | "title"
  | "name"
  | "list"
  | "fields"
  | "key"
  | "columns"
  | "condition"
  | "message"
  | "reason"
  | "cases"
  | "whole";

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

/** The same by the parts of a rule's text. */
const PLACES: Record<string, Control> = {
  table: "table",
  columns: "columns",
  expect: "condition",
  message: "message",
  reason: "reason",
  pass: "cases",
  fail: "cases",
};

/** A refusal: the error of a call, or an error inside an answer. */
export interface Refusal {
  code: string;
  params: Record<string, string | undefined>;
}

export function controlOf({ code, params }: Refusal, title?: string): Control {
  if (code === "overlay.twice") return params.found === title ? "title" : "name";
  const place = code === "overlay.rule" ? PLACES[faultOf(params).place] : undefined;
  return place ?? CONTROLS[code] ?? (code.startsWith("rule.") ? "condition" : "whole");
}

/** The part that a refusal is about: `TABLE.COLUMN`, a table or a rule. */
export function partOf({ params }: Refusal): string | undefined {
  return params.part ?? params.rule;
}

/** `columns/1：X_BZ`: the part of a rule's text, and its content. */
function faultOf(params: Refusal["params"]): { place: string; found: string } {
  const [place = "", found = ""] = (params.found ?? "").split("\uFF1A");
  return { place: place.split("/")[0] ?? "", found };
}

/** What the clerk has to enter, where the form knows it; otherwise the program's own sentence. */
export function refusalWords(refusal: Refusal): string {
  const { code, params } = refusal;
  if (code === "overlay.rule") {
    const { place, found } = faultOf(params);
    if (place === "table") return t("own.need-table");
    if (place === "columns")
      return found === "none" ? t("own.need-columns") : t("own.gone-column", { rule: params.part, column: found });
    if (place === "expect") return t("own.need-condition");
    if (place === "message")
      return found === "nothing"
        ? t("own.need-message")
        : t("own.bad-message", { found: `{${found}}`, value: "{value}" });
    if (place === "reason") return t("own.need-reason");
    if (place === "fail") return t("own.need-fail");
    if (place === "pass") return t("own.need-pass");
  }
  if (params.found === "") {
    if (code === "overlay.no-table") return t("own.need-table");
    if (code === "overlay.title") return t("own.need-title");
    if (code === "overlay.name") return t("own.need-name");
    if (code === "overlay.no-list") return t("own.need-list");
    if (code === "overlay.no-fields") return t("own.need-fields");
  }
  return errorWords(refusal);
}
