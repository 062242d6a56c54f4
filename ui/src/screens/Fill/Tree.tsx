/** Subsets and their tables, with search by name and pinyin, and the state of each of my tables. */
import {
  CheckOutlined,
  DownOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  RightOutlined,
  SearchOutlined,
} from "@ant-design/icons";
import { Button, Input } from "antd";
import { memo, useState } from "react";

import type { TableCounts, TreeTable } from "../../ipc";
import { Own } from "../../parts/Own";
import { useInSight } from "../../parts/useInSight";
import { useCall } from "../../state/calls";
import { useKept } from "../../state/kept";
import { isReady } from "../../state/ready";
import { count, t } from "../../text";
import "../../parts/tree.css";

interface TreeProps {
  active: string | undefined;
  mine: TableCounts[] | undefined;
  open: boolean;
  setOpen(open: boolean): void;
}

export const Tree = memo(function Tree({ active, mine = [], open: shown, setOpen }: TreeProps) {
  const tree = useCall("standard.tree", { edition: null });
  const department = useCall("settings.get", {}).data?.department ?? "";
  const [find, setFind] = useState("");
  const [folded, setFolded] = useKept<Record<string, boolean>>("fill.folded", {});
  const list = useInSight(tree.data && active);
  const query = find.trim().toLowerCase();
  const states = new Map(mine.map((table) => [table.table, table]));
  const subsets = tree.data?.subsets ?? [];
  const known = new Map(subsets.flatMap((subset) => subset.tables).map((table) => [table.table, table]));
  const myTables = department ? mine.map((table) => known.get(table.table)).filter((table) => table !== undefined) : [];
  const matches = (table: TreeTable) =>
    query === "" || table.search.includes(query) || table.table.toLowerCase().includes(query);
  const open = (id: string, usual: boolean) => query !== "" || !(folded[id] ?? !usual);
  const groups = [
    ...(myTables.length > 0 ? [{ id: "mine", title: t("home.tables"), tables: myTables, usual: true }] : []),
    ...subsets.map((subset) => ({
      id: subset.code,
      title: subset.title,
      tables: subset.tables,
      usual:
        myTables.length === 0 || (subset.tables.some((table) => table.table === active) && !states.has(active ?? "")),
    })),
  ];

  if (!shown)
    return (
      <aside className="tree is-closed" aria-label={t("fill.tree")}>
        <Button
          type="text"
          icon={<MenuUnfoldOutlined aria-hidden />}
          title={t("fill.tree-open")}
          aria-label={t("fill.tree-open")}
          onClick={() => setOpen(true)}
        />
      </aside>
    );

  return (
    <aside className="tree" aria-label={t("fill.tree")}>
      <div className="tree-search row">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("part.search-table")}
          aria-label={t("part.search-table")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        <Button
          type="text"
          icon={<MenuFoldOutlined aria-hidden />}
          title={t("fill.tree-close")}
          aria-label={t("fill.tree-close")}
          onClick={() => setOpen(false)}
        />
      </div>
      <div className="scroll" ref={list}>
        {groups.map((group) => {
          const shown = group.tables.filter(matches);
          if (query !== "" && shown.length === 0) return null;
          const isOpen = open(group.id, group.usual);
          const ready = group.id === "mine" ? mine.filter(isReady).length : 0;
          return (
            <section key={group.id}>
              <button
                type="button"
                className="tree-group"
                aria-expanded={isOpen}
                onClick={() => setFolded({ ...folded, [group.id]: isOpen })}
              >
                {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
                <span className="grow cut">{group.title}</span>
                <span>
                  {group.id === "mine"
                    ? t("fill.ready-of", { n: ready, all: mine.length })
                    : t("fill.tables", { n: shown.length })}
                </span>
              </button>
              {isOpen &&
                shown.map((table) => (
                  <a
                    key={table.table}
                    href={`#/fill/${table.table}`}
                    className={table.table === active ? "is-on" : ""}
                    aria-current={table.table === active || undefined}
                    title={`${table.title}　${table.table}`}
                  >
                    <span className="grow cut">{table.title}</span>
                    {table.own && <Own />}
                    <State table={states.get(table.table)} />
                  </a>
                ))}
            </section>
          );
        })}
        {query !== "" && groups.every((group) => !group.tables.some(matches)) && (
          <p className="sub small tree-none">{t("part.no-match")}</p>
        )}
      </div>
    </aside>
  );
});

function State({ table }: { table: TableCounts | undefined }) {
  if (!table) return null;
  const { mandatory, confirm } = table.findings;
  if (table.rows === 0) return <span className="tree-empty">{t("part.unfilled")}</span>;
  if (mandatory > 0) return <span className="pill is-mandatory">{count(mandatory)}</span>;
  if (confirm > 0) return <span className="pill is-confirm">{count(confirm)}</span>;
  if (isReady(table)) return <CheckOutlined className="ok" aria-label={t("part.ready")} />;
  return <span className="tree-empty">{Math.floor(table.complete * 100)}%</span>;
}
