/** Kinds of files that the clerk chooses from. */
import type { FileKind } from "../ipc";
import { t } from "../text";

/** Workbooks written here. */
export const WORKBOOK: FileKind = { name: t("file.workbook"), extensions: ["xlsx"] };

/** Pages to read and print in a browser. */
export const PAGE: FileKind = { name: t("file.page"), extensions: ["html"] };

/** Lists that Excel opens. */
export const LIST: FileKind = { name: t("file.list"), extensions: ["csv"] };

/** Everything that can be imported. */
export const IMPORTS: FileKind = {
  name: t("file.imports"),
  extensions: ["xlsx", "xlsm", "xlsb", "xls", "et", "ett", "ods", "csv", "tsv", "txt"],
};

/** What the headings of a college's own workbooks mean. */
export const HEADINGS: FileKind = { name: t("file.headings"), extensions: ["json"] };

/** Everything that can be exported. */
export const EXPORTS: FileKind[] = [
  WORKBOOK,
  { name: t("file.ods"), extensions: ["ods"] },
  { name: t("file.csv"), extensions: ["csv"] },
  { name: t("file.json"), extensions: ["json"] },
  { name: t("file.jsonl"), extensions: ["jsonl"] },
  { name: t("file.package"), extensions: ["zip"] },
];

/** Endings of forms that hold one table. */
export const ONE_TABLE = ["csv", "jsonl"];

/** The last part of a path with slashes or backslashes. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
