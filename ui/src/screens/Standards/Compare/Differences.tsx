/** The numbers of differences, the filter, and the differences that pass it. */
import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Segmented, Select } from "antd";
import { useDeferredValue, useRef, useState } from "react";

import type { ChangeKind, Comparison } from "../../../ipc";
import { Empty } from "../../../parts";
import { go } from "../../../state/route";
import { count, t } from "../../../text";
import { useSearchKeys } from "../Search/useSearchKeys";
import { CHANGES, type Filter, listsIn, rulesIn, type Shown, subsetsOf, tablesIn } from "./filter";
import { Lists } from "./Lists";
import { Numbers } from "./Numbers";
import { RuleRows } from "./RuleRows";
import { Tables } from "./Tables";
import { Whole } from "./Whole";

export function Differences({ comparison, shown }: { comparison: Comparison; shown: Shown }) {
  const [filter, setFilter] = useState<Filter>({ find: "", change: undefined, subset: undefined });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<InputRef>(null);
  useSearchKeys(field);
  const used = useDeferredValue(filter);
  const tables = shown === "tables" ? tablesIn(comparison.tables, used) : [];
  const lists = shown === "lists" ? listsIn(comparison.lists, used) : [];
  const rules = shown === "rules" ? rulesIn(comparison.rules, used) : [];
  const names = shown === "tables" ? tables.map(({ table }) => table) : lists.map(({ id }) => id);
  const all = names.length > 0 && names.every((name) => open.has(name));
  const counts = comparison.counts[shown];
  const filtered = used.find.trim() !== "" || used.change !== undefined || used.subset !== undefined;

  function show(next: Shown) {
    setFilter({ find: "", change: undefined, subset: undefined });
    go({ screen: "standards", what: "compare", column: comparison.from, edition: comparison.to, part: next });
  }
  function toggle(name: string) {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  }

  return (
    <div className="compare">
      <Numbers counts={comparison.counts} shown={shown} show={show} />
      <div className="compare-bar">
        <Input
          ref={field}
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          className="compare-find"
          placeholder={t(`compare.find-${shown}`)}
          aria-label={t(`compare.find-${shown}`)}
          value={filter.find}
          onChange={(event) => setFilter({ ...filter, find: event.target.value })}
        />
        <Segmented
          aria-label={t("compare.by-change")}
          value={filter.change ?? "all"}
          onChange={(change) => setFilter({ ...filter, change: change === "all" ? undefined : (change as ChangeKind) })}
          options={[
            { value: "all", label: t("compare.all") },
            ...CHANGES.filter((change) => counts[change] > 0).map((change) => ({
              value: change,
              label: `${t(`change.${change}`)} ${count(counts[change])}`,
            })),
          ]}
        />
        {shown === "tables" && (
          <Select
            className="compare-subset"
            aria-label={t("compare.by-subset")}
            value={filter.subset ?? ""}
            onChange={(subset) => setFilter({ ...filter, subset: subset || undefined })}
            options={[
              { value: "", label: t("compare.all-subsets") },
              ...subsetsOf(comparison).map(({ title, tables }) => ({
                value: title,
                label: `${title}　${count(tables)}`,
              })),
            ]}
          />
        )}
        <span className="grow" />
        {shown !== "rules" && names.length > 0 && (
          <Button onClick={() => setOpen(all ? new Set() : new Set(names))}>
            {all ? t("compare.fold") : t("compare.unfold")}
          </Button>
        )}
      </div>
      <div
        key={shown}
        className="compare-body scroll"
        tabIndex={0}
        role="region"
        aria-label={t("standards.view-compare")}
      >
        {shown === "tables" && !filtered && <Whole comparison={comparison} />}
        {tables.length + lists.length + rules.length === 0 && (
          <Empty title={filtered ? t("part.no-match") : t("compare.nothing")} />
        )}
        {shown === "tables" && <Tables comparison={comparison} tables={tables} open={open} toggle={toggle} />}
        {shown === "lists" && <Lists comparison={comparison} lists={lists} open={open} toggle={toggle} />}
        {shown === "rules" && rules.length > 0 && (
          <RuleRows key={JSON.stringify(used)} comparison={comparison} rules={rules} />
        )}
      </div>
    </div>
  );
}
