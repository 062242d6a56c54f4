/** What the line of a group is called, and into which groups it opens. */
import type { FindingGroup, Grouping } from "../../ipc";
import { momentWords } from "../../parts/dates";
import { tDynamic, t } from "../../text";

/** The ways to group that the screen offers, the usual one first. */
export const GROUPINGS = ["cause", "shared", "value", "rule", "import", "table", "department", "level"] as const;

/** The groups that an open group shows; undefined where it shows its cells. */
export function finer(by: Grouping, group: FindingGroup): Grouping | undefined {
  if (by === "value") return undefined;
  if (group.rules > 1 || (by === "rule" && group.tables > 1)) return "cause";
  if (by === "shared" && group.tables === 1) return undefined;
  return group.values > 1 || group.tables > 1 ? "value" : undefined;
}

/** What the findings of a group have in common, in words. */
export function titleOf(by: Grouping, group: FindingGroup): string {
  const { table_title: table, column_title: column } = group;
  const cells = column === null ? table : `${table} · ${column}`;
  switch (by) {
    case "import":
      return group.import === null
        ? t("check.by-hand")
        : t("check.imported", { files: group.import.files, at: momentWords(group.import.at) });
    case "table":
      return table;
    case "level":
      return t(`level.${group.level}`);
    case "department":
      return group.department || t("check.no-department");
    case "rule":
      return group.tables > 1 ? tDynamic(`rule.${group.rule}`, {}, t("rule.of-file")) : cells;
    case "shared":
      return group.tables > 1 && group.shown !== "" ? `“${group.shown}”` : cells;
    default:
      return cells;
  }
}
