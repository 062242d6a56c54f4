/** One sheet of a proposal: its table, its headings, and sample rows of each kind. */
import { Alert, Button, Segmented, Select } from "antd";
import { useState } from "react";

import type { ProposalRow, ProposalSheet, RowKind, SheetCorrection, TableSpec } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { useCall } from "../../state/calls";
import { count, tDynamic, t } from "../../text";
import { cellOf, type Show, shownAs } from "./cell";

interface SheetDetailProps {
  proposal: number;
  file: string;
  sheet: ProposalSheet;
  correction: SheetCorrection | undefined;
  correct(correction: SheetCorrection): void;
}

type Kind = "all" | RowKind;

/** Value of the chooser that leaves a sheet or a heading out. */
const LEAVE_OUT = "";

export function SheetDetail({ proposal, file, sheet, correction, correct }: SheetDetailProps) {
  const [kind, setKind] = useState<Kind>("all");
  const [headings, setHeadings] = useState(false);
  const tree = useCall("standard.tree", { edition: null }).data;
  const spec = useCall("standard.table", sheet.table ? { edition: null, table: sheet.table } : null).data;
  const tables = tree?.subsets.flatMap((subset) => subset.tables) ?? [];
  const kinds: [Kind, number][] = [
    ["all", sheet.rows],
    ["new", sheet.new],
    ["changed", sheet.changed],
    ["cleared", sheet.cleared],
    ["conflict", sheet.conflicts],
    ["unreadable", sheet.unreadable],
    ["doubled", sheet.doubled],
    ["left-out", sheet.left_out],
    ["unchanged", sheet.unchanged],
  ];
  const shown = kinds.filter(([name, n]) => n > 0 || ["all", "new", "changed", "unchanged"].includes(name));
  const takenIn = correction?.taken_in ?? [];

  function put(columns: Record<string, string>) {
    const kept = (correction?.columns ?? {}) as Record<string, string>;
    correct({
      file,
      sheet: sheet.sheet,
      table: sheet.table,
      columns: { ...kept, ...columns },
      taken_in: takenIn,
    });
  }

  /** A row that was taken for no record is a record after all. */
  function takeIn(line: number) {
    const columns = (correction?.columns ?? {}) as Record<string, string>;
    correct({ file, sheet: sheet.sheet, table: sheet.table, columns, taken_in: [...takenIn, line] });
  }

  return (
    <>
      <div className="row workbooks-sheet-head">
        <b className="cut">{sheet.sheet}</b>
        <span className="sub">{t("workbooks.is")}</span>
        <Select
          showSearch={{ filterOption: (find, option) => String(option?.search ?? "").includes(find.toLowerCase()) }}
          style={{ width: 240 }}
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
          <span className="sub small">{t("workbooks.header-row", { n: sheet.header_row })}</span>
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
        <Headings sheet={sheet} spec={spec} put={put} />
      ) : (
        <>
          <Segmented<Kind>
            value={kind}
            onChange={setKind}
            options={shown.map(([name, n]) => ({
              value: name,
              label: `${t(`workbooks.kind-${name}`)} ${count(n)}`,
              disabled: n === 0 && name !== "all",
            }))}
          />
          <Rows key={kind} proposal={proposal} file={file} sheet={sheet} kind={kind} spec={spec} takeIn={takeIn} />
        </>
      )}
    </>
  );
}

function Remarks({ sheet, spec }: { sheet: ProposalSheet; spec: TableSpec | undefined }) {
  const title = (column: string) => spec?.fields.find((field) => field.column === column)?.title ?? column;
  const lines = [
    ...sheet.remarks.map((remark) => remarkWords(remark.code, remark.params)),
    ...(sheet.unmapped_columns.length > 0
      ? [t("workbooks.unmapped", { names: sheet.unmapped_columns.join("、") })]
      : []),
    ...(sheet.missing_columns.length > 0
      ? [t("workbooks.missing", { names: sheet.missing_columns.map(title).join("、") })]
      : []),
    ...(sheet.missing > 0 ? [t("workbooks.not-in-file", { n: sheet.missing })] : []),
    ...(sheet.findings > 0 ? [t("workbooks.would-find", { n: sheet.findings })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="workbooks-remarks"
      title={lines.map((line) => <div key={line}>{line}</div>)}
    />
  );
}

/** The words of a remark; the reason for leaving rows out is a word of its own. */
function remarkWords(code: string, params: Record<string, string>) {
  const reason = params.reason ? { reason: tDynamic(`import.left-out.${params.reason}`) } : {};
  return tDynamic(`import.${code}`, { ...params, ...reason }, code);
}

function Headings({
  sheet,
  spec,
  put,
}: {
  sheet: ProposalSheet;
  spec: TableSpec | undefined;
  put(columns: Record<string, string>): void;
}) {
  const fields = spec?.fields.filter((field) => !field.system) ?? [];
  const taken = new Set(sheet.columns.map((one) => one.column));
  return (
    <div className="scroll workbooks-sheet-rows">
      <table className="facts">
        <thead>
          <tr>
            <th>{t("workbooks.heading")}</th>
            <th>{t("workbooks.read-as")}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.columns.map((one) => (
            <tr key={one.heading}>
              <td className={one.column ? "" : "warn"}>{one.heading.replaceAll("\n", " ")}</td>
              <td>
                <Select
                  size="small"
                  showSearch={{ optionFilterProp: "label" }}
                  style={{ width: 260 }}
                  aria-label={one.heading}
                  value={one.column ?? LEAVE_OUT}
                  onChange={(column) => put({ [one.heading]: column })}
                  options={[
                    { value: LEAVE_OUT, label: t("workbooks.leave-heading") },
                    ...fields.map((field) => ({
                      value: field.column,
                      label: `${field.required ? "* " : ""}${field.title}`,
                      disabled: taken.has(field.column) && field.column !== one.column,
                    })),
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rows({
  proposal,
  file,
  sheet,
  kind,
  spec,
  takeIn,
}: {
  proposal: number;
  file: string;
  sheet: ProposalSheet;
  kind: Kind;
  spec: TableSpec | undefined;
  takeIn(line: number): void;
}) {
  const [limit, setLimit] = useState(50);
  const masked = !useCall("settings.get", {}).data?.show_personal;
  const answer = useCall("workbook.preview_rows", {
    proposal,
    file,
    sheet: sheet.sheet,
    kind: kind === "all" ? null : kind,
    offset: 0,
    limit,
  });
  const columns = sheet.columns.filter((one) => one.column !== null);
  const fields = new Map(spec?.fields.map((field) => [field.column, field]));
  const show = shownAs((column) => fields.get(column)?.sensitivity ?? "none", masked);

  return (
    <Shown answer={answer}>
      {({ rows, total }) => (
        <div className="scroll workbooks-sheet-rows" role="region" aria-label={t("workbooks.show-rows")} tabIndex={0}>
          <table className="facts workbooks-sheet-table">
            <thead>
              <tr>
                <th className="num">{t("workbooks.line")}</th>
                <th>{t("workbooks.kind")}</th>
                {columns.map((one) => (
                  <th key={one.column}>{one.title ?? one.heading}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td className="num sub">{row.line}</td>
                  <KindCell row={row} takeIn={takeIn} />
                  {columns.map((one) => (
                    <Cell key={one.column} row={row} column={one.column ?? ""} show={show} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {total > rows.length && (
            <Button type="link" onClick={() => setLimit(limit + 200)}>
              {t("part.more", { n: Math.min(200, total - rows.length) })}
            </Button>
          )}
        </div>
      )}
    </Shown>
  );
}

const KIND_TONE: Record<RowKind, string> = {
  new: "ok",
  changed: "workbooks-accent",
  cleared: "warn",
  conflict: "warn",
  unreadable: "bad",
  doubled: "sub",
  "left-out": "sub",
  unchanged: "sub",
};

/** What becomes of a row, and why it waits or is left out. */
function KindCell({ row, takeIn }: { row: ProposalRow; takeIn(line: number): void }) {
  const why = row.left_out
    ? tDynamic(`import.left-out.${row.left_out}`)
    : row.conflict
      ? t(`workbooks.conflict-${row.conflict}`)
      : undefined;
  return (
    <td className={KIND_TONE[row.kind]} title={why}>
      {t(`workbooks.kind-${row.kind}`)}
      {why && <div className="small sub">{why}</div>}
      {row.left_out && (
        <Button size="small" type="link" className="workbooks-take-in" onClick={() => takeIn(row.line)}>
          {t("workbooks.take-in")}
        </Button>
      )}
    </td>
  );
}

function Cell({ row, column, show }: { row: ProposalRow; column: string; show: Show }) {
  const { state, value, before, reason } = cellOf(row, column, show);
  if (state === "unreadable") {
    const words = tDynamic(`import.unreadable.${reason}`);
    return (
      <td className="workbooks-cell-bad" title={words}>
        {value || words}
      </td>
    );
  }
  if (state === "same") return <td>{value}</td>;
  return (
    <td className={state === "changed" ? "workbooks-cell-new" : "workbooks-cell-warn"}>
      <del>{before || t("grid.spoken-empty")}</del> {value || t("grid.spoken-empty")}
    </td>
  );
}
