/** The controls of one row of an import: what becomes of the row, and of each cell that would change. */
import { Button, Checkbox, Radio } from "antd";

import type { Choice, ProposalRow, RowKind } from "../../ipc";
import { tDynamic, t } from "../../text";
import { cellOf, type Show } from "./cell";
import { cellVerdict, isMixed, rowVerdict } from "./decisions";

interface DecisionCellProps {
  row: ProposalRow;
  kind: RowKind;
  decide(choice: Choice): void;
  clear(choice: Choice): void;
  takeIn(line: number): void;
}

/** What becomes of a row. */
export function DecisionCell({ row, kind, decide, clear, takeIn }: DecisionCellProps) {
  const verdict = rowVerdict(row);
  const tick = (label: string, checked: boolean, set: (choice: Choice) => void, mixed = false) => (
    <Checkbox
      checked={checked}
      indeterminate={mixed}
      onChange={(event) => set(event.target.checked ? "theirs" : "ours")}
      aria-label={t("workbooks.row-label", { what: label, n: row.line })}
    >
      {label}
    </Checkbox>
  );
  return (
    <td className={`proposal-decision${verdict === "undecided" ? " is-waiting" : ""}`}>
      {row.kind === "left-out" ? (
        <>
          <span className="sub">{tDynamic(`import.left-out.${row.left_out}`)}</span>
          <Button size="small" type="link" className="workbooks-take-in" onClick={() => takeIn(row.line)}>
            {t("workbooks.take-in")}
          </Button>
        </>
      ) : row.kind === "conflict" ? (
        <Conflicting row={row} decide={decide} />
      ) : kind === "cleared" ? (
        tick(t("workbooks.do-clear"), allCleared(row), clear)
      ) : row.kind === "new" ? (
        tick(t("workbooks.do-new"), verdict === "theirs", decide)
      ) : row.kind === "missing" ? (
        tick(t("workbooks.do-delete"), verdict === "theirs", decide)
      ) : row.kind === "changed" ? (
        tick(t("workbooks.do-change"), verdict === "theirs", decide, isMixed(row))
      ) : (
        <span className="sub">{t(`workbooks.kind-${row.kind}`)}</span>
      )}
    </td>
  );
}

function allCleared(row: ProposalRow): boolean {
  const cleared = Object.keys(row.changes).filter((column) => row.changes[column] === "cleared");
  return cleared.every((column) => cellVerdict(row, column) === "theirs");
}

/** A row of which something waits: no choice is made beforehand. */
function Conflicting({ row, decide }: { row: ProposalRow; decide(choice: Choice): void }) {
  const cells = Object.keys(row.changes).filter((column) => row.changes[column] === "conflict");
  const verdicts = new Set(cells.map((column) => cellVerdict(row, column)));
  const one = verdicts.size === 1 ? [...verdicts][0] : "undecided";
  const verdict = row.conflict ? rowVerdict(row) : one;
  const alone = row.conflict === "other-key" || (row.conflict === "twice" && row.record === null);
  const words: [Choice, string][] = [
    ["theirs", row.conflict ? t(`workbooks.whole-${row.conflict}`) : t("workbooks.theirs")],
    ["ours", row.conflict ? t("workbooks.whole-ours") : t("workbooks.ours")],
    ...(alone ? ([["add", t("workbooks.whole-add")]] as [Choice, string][]) : []),
  ];
  return (
    <>
      {row.conflict && <div className="small warn">{tDynamic(`import.conflict.${row.conflict}`)}</div>}
      <Radio.Group
        vertical={row.conflict !== null}
        value={verdict === "undecided" ? undefined : verdict}
        onChange={(event) => decide(event.target.value as Choice)}
        options={words.map(([value, label]) => ({ value, label }))}
        aria-label={t("workbooks.row-label", { what: t("workbooks.decision"), n: row.line })}
      />
    </>
  );
}

interface FileCellProps {
  className: string;
  row: ProposalRow;
  column: string;
  title: string;
  show: Show;
  decide(choice: Choice): void;
}

/** One cell: what the book has, what the file says, and which of them stays. */
export function FileCell({ className, row, column, title, show, decide }: FileCellProps) {
  const { state, value, before, base, veiled, reason } = cellOf(row, column, show);
  const empty = t("grid.spoken-empty");
  if (state === "unreadable") {
    const words = tDynamic(`import.unreadable.${reason}`);
    return (
      <td className={`${className} proposal-cell-bad`} title={words}>
        {value ? `${value}　` : ""}
        <span className="small">{words}</span>
      </td>
    );
  }
  if (state === "same") {
    return (
      <td className={className} title={value}>
        {value}
      </td>
    );
  }
  const veil = veiled && <span className="small sub"> {t("workbooks.veiled")}</span>;
  if (row.changes[column] === "differs") {
    return (
      <td className={`${className} proposal-cell-warn`} data-column={column}>
        <del>{before || empty}</del>
        <div className="cut">
          {value || empty}
          {veil}
        </div>
      </td>
    );
  }
  const verdict = cellVerdict(row, column);
  if (state === "conflict") {
    const side = (choice: Choice, words: string, text: string) => (
      <Radio value={choice} aria-label={`${title} ${words} ${text || empty}`}>
        <span className="sub small">{words}</span> {text || empty}
      </Radio>
    );
    return (
      <td
        className={`${className} proposal-cell-conflict${verdict === "undecided" ? " is-waiting" : ""}`}
        data-column={column}
      >
        {base !== undefined && (
          <div className="sub small">
            {t("workbooks.side-base")} {base || empty}
          </div>
        )}
        <Radio.Group
          vertical
          value={verdict === "undecided" ? undefined : verdict}
          onChange={(event) => decide(event.target.value as Choice)}
        >
          {side("ours", t("workbooks.side-ours"), before)}
          {side("theirs", t("workbooks.side-theirs"), value)}
        </Radio.Group>
        {veil}
      </td>
    );
  }
  const taken = verdict === "theirs";
  const words = taken
    ? state === "cleared"
      ? "workbooks.cell-emptied"
      : "workbooks.cell-taken"
    : "workbooks.cell-kept";
  return (
    <td className={`${className} ${taken ? "proposal-cell-new" : "proposal-cell-kept"}`} data-column={column}>
      <button
        type="button"
        className="proposal-cell"
        aria-pressed={taken}
        title={t(words)}
        aria-label={`${title}：${before || empty} → ${value || empty}，${t(words)}`}
        onClick={() => decide(taken ? "ours" : "theirs")}
      >
        {taken ? <del>{before || empty}</del> : <b>{before || empty}</b>}{" "}
        {taken ? <b>{value || empty}</b> : <del>{value || empty}</del>}
        {veil}
      </button>
    </td>
  );
}
