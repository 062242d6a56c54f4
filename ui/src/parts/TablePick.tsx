/** Choosing tables from the tree of subsets, with search. */
import { SearchOutlined } from "@ant-design/icons";
import { Checkbox, Input } from "antd";
import { useState } from "react";

import type { TreeTable } from "../ipc";
import { Shown } from "./index";
import { useCall } from "../state/calls";
import { t } from "../text";
import "./tablePick.css";

interface TablePickProps {
  chosen: string[];
  setChosen(chosen: string[]): void;
  disabled?: boolean;
  /** A word behind a table, such as the department that has it. */
  note?(table: string): string | undefined;
}

export function TablePick({ chosen, setChosen, disabled = false, note }: TablePickProps) {
  const tree = useCall("standard.tree", { edition: null });
  const [find, setFind] = useState("");
  const query = find.trim().toLowerCase();
  const matches = (table: TreeTable) =>
    query === "" || table.search.includes(query) || table.table.toLowerCase().includes(query);
  const marked = new Set(chosen);

  function set(tables: TreeTable[], on: boolean) {
    const next = new Set(chosen);
    for (const { table } of tables) {
      if (on) next.add(table);
      else next.delete(table);
    }
    setChosen([...next]);
  }

  return (
    <div className="table-pick">
      <div className="row">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("part.search-table")}
          aria-label={t("part.search-table")}
          value={find}
          disabled={disabled}
          onChange={(event) => setFind(event.target.value)}
        />
        <span className="sub small nowrap">{t("workbooks.chosen", { n: chosen.length })}</span>
      </div>
      <Shown answer={tree}>
        {({ subsets }) => (
          <div className="scroll">
            {subsets.map((subset) => {
              const tables = subset.tables.filter(matches);
              if (tables.length === 0) return null;
              const on = tables.filter((table) => marked.has(table.table)).length;
              return (
                <section key={subset.code}>
                  <Checkbox
                    className="table-pick-group"
                    disabled={disabled}
                    checked={on === tables.length}
                    indeterminate={on > 0 && on < tables.length}
                    onChange={(event) => set(tables, event.target.checked)}
                  >
                    {subset.title} <span className="sub small">{t("fill.tables", { n: tables.length })}</span>
                  </Checkbox>
                  <div className="table-pick-grid">
                    {tables.map((table) => (
                      <Checkbox
                        key={table.table}
                        disabled={disabled}
                        checked={marked.has(table.table)}
                        onChange={(event) => set([table], event.target.checked)}
                      >
                        <span className="cut" title={`${table.title}　${table.table}`}>
                          {table.title} {note?.(table.table) && <small className="sub">{note(table.table)}</small>}
                        </span>
                      </Checkbox>
                    ))}
                  </div>
                </section>
              );
            })}
          </div>
        )}
      </Shown>
    </div>
  );
}
