/** The rows of one kind of an imported sheet, each with what the clerk decides about it and about its cells. */
import { Button, Checkbox } from "antd";
import { type KeyboardEvent, useState } from "react";

import type { Choice, ProposalRow, ProposalSheet, RowKind, TableSpec } from "../../ipc";
import { Shown } from "../../parts";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";
import { ColumnHead } from "./ColumnHead";
import { shownAs } from "./cell";
import { columnsShown } from "./decisions";
import { DecisionCell, FileCell } from "./Decision";

/** Rows on one page. */
const PAGE = 100;

/** What is decided: a row, a cell of it, or all cells of a column. */
export interface Part {
  row?: number;
  column?: string;
  kind?: RowKind;
}

interface ProposalRowsProps {
  proposal: number;
  file: string;
  sheet: ProposalSheet;
  kind: RowKind;
  spec: TableSpec | undefined;
  allColumns: boolean;
  decide(part: Part, choice: Choice | null): void;
  takeIn(line: number): void;
}

export function ProposalRows(props: ProposalRowsProps) {
  const { proposal, file, sheet, kind, spec, allColumns, decide, takeIn } = props;
  const [offset, setOffset] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const masked = !useCall("settings.get", {}).data?.show_personal;
  const answer = useCall("workbook.preview_rows", {
    proposal,
    file,
    sheet: sheet.sheet,
    kind,
    waiting,
    column: null,
    offset,
    limit: PAGE,
  });
  const { columns, frozen } = columnsShown(sheet, kind, spec?.natural_key ?? [], allColumns);
  const fields = new Map(spec?.fields.map((field) => [field.column, field]));
  const headings = new Map(sheet.columns.map((one) => [one.column, one.title ?? one.heading]));
  const show = shownAs((column) => fields.get(column)?.sensitivity ?? "none", masked);
  const title = (column: string) => fields.get(column)?.title ?? headings.get(column) ?? column;
  const classOf = (at: number) => (at < frozen ? `proposal-frozen is-${at}` : "");

  return (
    <Shown answer={answer}>
      {({ rows, total }) => (
        <>
          <div
            className="scroll proposal-rows"
            role="region"
            aria-label={t("workbooks.show-rows")}
            tabIndex={0}
            onKeyDown={(event) => onKey(event, rows, decide)}
          >
            <table className="facts proposal-rows-table">
              <thead>
                <tr>
                  <th className="num proposal-line">{t("workbooks.line")}</th>
                  <th className="proposal-decision">{t("workbooks.decision")}</th>
                  {columns.map((column, at) => (
                    <th key={column} className={classOf(at)}>
                      <ColumnHead
                        title={title(column)}
                        cells={sheet.cells.find((one) => one.column === column)}
                        kind={kind}
                        decide={(choice) => decide({ column, kind }, choice)}
                      />
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.no} data-no={row.no}>
                    <td className="num sub proposal-line">{row.line || ""}</td>
                    <DecisionCell
                      row={row}
                      decide={(choice) => decide({ row: row.no }, choice)}
                      kind={kind}
                      clear={(choice) => decide({ row: row.no, kind: "cleared" }, choice)}
                      takeIn={takeIn}
                    />
                    {columns.map((column, at) => (
                      <FileCell
                        key={column}
                        className={classOf(at)}
                        row={row}
                        column={column}
                        title={title(column)}
                        show={show}
                        decide={(choice) => decide({ row: row.no, column }, choice)}
                      />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className="row proposal-pager">
            {kind === "conflict" && sheet.undecided < sheet.conflicts && (
              <Checkbox
                checked={waiting}
                onChange={(event) => {
                  setWaiting(event.target.checked);
                  setOffset(0);
                }}
              >
                {t("workbooks.only-waiting")}
              </Checkbox>
            )}
            <span className="sub small grow cut">
              {["conflict", "changed", "cleared"].includes(kind) && t("workbooks.keys")}
            </span>
            {total > PAGE && (
              <>
                <span className="sub small">
                  {t("workbooks.page", {
                    from: count(offset + 1),
                    to: count(offset + rows.length),
                    total: count(total),
                  })}
                </span>
                <Button size="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                  {t("workbooks.page-before")}
                </Button>
                <Button size="small" disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                  {t("workbooks.page-next")}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </Shown>
  );
}

const WORDS: Record<string, Choice> = { "1": "theirs", "2": "ours" };

/** Arrow keys move between the controls of the table; 1 takes the value of the file, 2 keeps that of the book. */
function onKey(
  event: KeyboardEvent<HTMLElement>,
  rows: ProposalRow[],
  decide: (part: Part, choice: Choice | null) => void,
) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const cell = (event.target as HTMLElement).closest<HTMLElement>("td");
  const line = cell?.parentElement;
  const row = rows.find((one) => String(one.no) === line?.dataset.no);
  if (!cell || !line || !row) return;
  const choice = WORDS[event.key];
  if (choice) {
    const column = cell.dataset.column;
    decide(column === undefined ? { row: row.no } : { row: row.no, column }, choice);
    event.preventDefault();
    return;
  }
  const all = (of: Element | null | undefined) => [...(of?.querySelectorAll<HTMLElement>("input, button") ?? [])];
  const here = all(line);
  const at = here.indexOf(event.target as HTMLElement);
  let to: HTMLElement | undefined;
  if (event.key === "ArrowRight") to = here[at + 1];
  else if (event.key === "ArrowLeft") to = here[at - 1];
  else if (event.key === "ArrowDown") to = sameIn(line.nextElementSibling, cell, at);
  else if (event.key === "ArrowUp") to = sameIn(line.previousElementSibling, cell, at);
  else return;
  // Otherwise an arrow key would also change the chosen radio button, and so decide about the row.
  event.preventDefault();
  to?.focus();

  function sameIn(other: Element | null, td: HTMLElement, index: number): HTMLElement | undefined {
    const place = [...(td.parentElement?.children ?? [])].indexOf(td);
    return all(other?.children[place])[0] ?? all(other)[Math.min(index, all(other).length - 1)];
  }
}
