/** One sheet of a proposal: its table, its headings, and its rows by what would become of them. */
import { Button, Checkbox, Segmented, Select } from "antd";
import { useState } from "react";

import { type Choice, call, type ProposalSheet, type RowKind, type SheetCorrection } from "../../ipc";
import { Empty } from "../../parts";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";
import { countOf, DECIDABLE, KINDS } from "./decisions";
import { LEAVE_OUT, SheetHeadings } from "./SheetHeadings";
import { type Part, ProposalRows } from "./ProposalRows";
import { Remarks } from "./Remarks";

interface SheetDetailProps {
  proposal: number;
  file: string;
  sheet: ProposalSheet;
  correction: SheetCorrection | undefined;
  kind: RowKind | undefined;
  setKind(kind: RowKind): void;
  correct(correction: SheetCorrection): void;
  decide(part: Part, choice: Choice | null): void;
}

export function SheetDetail(props: SheetDetailProps) {
  const { proposal, file, sheet, correction, correct, decide, setKind } = props;
  const [headings, setHeadings] = useState(false);
  const [allColumns, setAllColumns] = useState(false);
  const tree = useCall("standard.tree", { edition: null }).data;
  const spec = useCall("standard.table", sheet.table ? { edition: null, table: sheet.table } : null).data;
  const tables = tree?.subsets.flatMap((subset) => subset.tables) ?? [];
  const kinds = KINDS.filter((kind) => countOf(sheet, kind) > 0);
  const kind = props.kind && kinds.includes(props.kind) ? props.kind : kinds[0];
  const takenIn = correction?.taken_in ?? [];
  const kept = (correction?.columns ?? {}) as Record<string, string>;

  function put(columns: Record<string, string>) {
    const all = { ...kept, ...columns };
    // The meaning of a heading is remembered for the next file. If that fails, this import can continue all the same.
    for (const [heading, column] of Object.entries(columns))
      if (sheet.table) void call("workbook.set_heading", { table: sheet.table, heading, column }).catch(() => {});
    correct({ file, sheet: sheet.sheet, table: sheet.table, columns: all, taken_in: takenIn });
  }

  /** Reads a line as a record that was left out because it did not look like one. */
  function takeIn(line: number) {
    correct({ file, sheet: sheet.sheet, table: sheet.table, columns: kept, taken_in: [...takenIn, line] });
  }

  return (
    <>
      <div className="row proposal-sheet-head">
        <b className="cut">{sheet.sheet}</b>
        <span className="sub">{t("workbooks.is")}</span>
        <Select
          showSearch={{ filterOption: (find, option) => String(option?.search ?? "").includes(find.toLowerCase()) }}
          style={{ width: 220 }}
          aria-label={t("workbooks.is")}
          value={sheet.table ?? LEAVE_OUT}
          onChange={(table) =>
            correct({ file, sheet: sheet.sheet, table: table === LEAVE_OUT ? null : table, columns: {}, taken_in: [] })
          }
          options={[
            { value: LEAVE_OUT, label: t("workbooks.leave-sheet"), search: "" },
            ...tables.map((table) => ({
              value: table.table,
              label: table.title,
              title: table.table,
              search: `${table.search} ${table.table.toLowerCase()}`,
            })),
          ]}
        />
        {sheet.header_row !== null && (
          <span className="sub small cut">{t("workbooks.header-row", { n: sheet.header_row })}</span>
        )}
        <span className="grow" />
        {sheet.table && (
          <Button onClick={() => setHeadings(!headings)}>
            {headings ? t("workbooks.show-rows") : t("workbooks.show-headings", { n: sheet.columns.length })}
          </Button>
        )}
      </div>
      <Remarks sheet={sheet} spec={spec} />
      {!sheet.table ? (
        <Empty title={t("workbooks.unknown-table")}>{t("workbooks.unknown-help")}</Empty>
      ) : headings ? (
        <SheetHeadings sheet={sheet} spec={spec} put={put} />
      ) : kind === undefined ? (
        <Empty title={t("workbooks.empty-file")} />
      ) : (
        <>
          <Segmented<RowKind>
            value={kind}
            onChange={setKind}
            options={kinds.map((one) => ({
              value: one,
              label: (
                <span className={one === "conflict" && sheet.undecided > 0 ? "warn" : undefined}>
                  {t(`workbooks.kind-${one}`)} {count(countOf(sheet, one))}
                </span>
              ),
            }))}
          />
          <div className="row proposal-kind">
            <span className="sub small grow">{t(`workbooks.about-${kind}`)}</span>
            {["conflict", "changed", "cleared"].includes(kind) && (
              <Checkbox checked={allColumns} onChange={(event) => setAllColumns(event.target.checked)}>
                {t("workbooks.all-columns")}
              </Checkbox>
            )}
            {DECIDABLE.includes(kind) && (
              <>
                <Button size="small" onClick={() => decide({ kind }, "theirs")}>
                  {t(`workbooks.all-${kind as "new"}`)}
                </Button>
                <Button size="small" onClick={() => decide({ kind }, "ours")}>
                  {t(kind === "new" ? "workbooks.none-new" : "workbooks.none")}
                </Button>
              </>
            )}
          </div>
          <ProposalRows
            key={`${sheet.no} ${kind}`}
            proposal={proposal}
            file={file}
            sheet={sheet}
            kind={kind}
            spec={spec}
            allColumns={allColumns}
            decide={decide}
            takeIn={takeIn}
          />
        </>
      )}
    </>
  );
}
