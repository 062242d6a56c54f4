/** The head of a column of an import: its name, how many of its cells change, and a menu for all of them. */
import { Dropdown } from "antd";

import type { Choice, ColumnCells, RowKind } from "../../ipc";
import { count, t } from "../../text";
import { asksIn } from "./decisions";

interface ColumnHeadProps {
  title: string;
  cells: ColumnCells | undefined;
  kind: RowKind;
  decide(choice: Choice | null): void;
}

export function ColumnHead({ title, cells, kind, decide }: ColumnHeadProps) {
  const n = cells ? asksIn(cells, kind) - (kind === "conflict" ? cells.differs : 0) : 0;
  if (n === 0) return title;
  const emptying = kind === "cleared";
  const words: [Choice | "none", string][] = [
    ["theirs", t(emptying ? "workbooks.column-empty" : "workbooks.column-theirs", { n: count(n) })],
    ["ours", t("workbooks.column-ours", { n: count(n) })],
    ...(kind === "conflict" ? ([["none", t("workbooks.column-open")]] as [Choice | "none", string][]) : []),
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: words.map(([key, label]) => ({ key, label })),
        onClick: ({ key }) => decide(key === "none" ? null : (key as Choice)),
      }}
    >
      <button type="button" className="proposal-column-head" aria-label={t("workbooks.column-decide", { title, n })}>
        {title} <span className="sub">{count(n)} ▾</span>
      </button>
    </Dropdown>
  );
}
