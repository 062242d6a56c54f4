/** What the standard demands of a column, in a few words. */
import type { FieldSpec } from "../ipc";
import { tDynamic, t } from "../text";

/** 必填 · 最多 60 个字 · 代码：学制代码（5 个）. */
export function fieldFacts(field: FieldSpec): string[] {
  const facts = [field.required ? t("field.required") : t("field.optional")];
  if (field.required_when) facts.push(t("field.required-when", { when: field.required_when }));
  if (field.code_list)
    facts.push(t("field.codes", { list: field.code_list_title ?? field.code_list, n: field.code_count ?? 0 }));
  else if (field.kind !== "text" && field.kind !== "longtext")
    facts.push(tDynamic(`kind.${field.kind}`, {}, field.kind));
  if (field.separator) facts.push(t("field.several", { separator: field.separator }));
  if (field.format && !field.format.startsWith("^")) facts.push(t("field.format", { format: field.format }));
  if (field.precision !== null)
    facts.push(t("field.precision", { precision: field.precision, scale: field.scale ?? 0 }));
  else if (field.max_length !== null && !field.code_list && !(field.format && !field.format.startsWith("^")))
    facts.push(t(isNumber(field) ? "field.digits" : "field.length", { n: field.max_length }));
  if (field.unit) facts.push(t("field.unit", { unit: field.unit }));
  if (field.example) facts.push(t("field.example", { example: field.example }));
  return facts;
}

/** Whether the length of a field counts digits. */
function isNumber(field: FieldSpec): boolean {
  return field.kind === "integer" || field.kind === "decimal";
}

/** Patterns that are said in words, by their expression without the number. */
const PATTERNS: Record<string, "field.exact-digits" | "field.exact-signs" | "field.exact-characters"> = {
  "[0-9]": "field.exact-digits",
  "[0-9A-Z]": "field.exact-signs",
  ".": "field.exact-characters",
};

/** A format in words; null where there is none, or where only an expression says it that no clerk can read. */
export function formatWords(format: string | null | undefined): string | null {
  if (!format) return null;
  if (!format.startsWith("^")) return format;
  const [, sign = "", n = ""] = /^\^(.+)\{(\d+)\}\$$/.exec(format) ?? [];
  const words = PATTERNS[sign];
  return words ? t(words, { n }) : null;
}
