/** Who changed what and when: of the active record, or of the whole table. */
import { Button, Popconfirm, Segmented } from "antd";
import { useState } from "react";

import { call, type RecordView, type StepView, type TableSpec } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { t } from "../../text";
import { CellHistory } from "./CellHistory";
import type { Jump } from "./jump";

/** Kinds of steps that can be taken back alone; an undo and a move to another edition cannot. */
const TAKEN_BACK: ReadonlySet<string> = new Set([
  "edit",
  "paste",
  "import",
  "mend",
  "period",
  "carry-over",
  "tell-apart",
]);

interface HistoryProps {
  spec: TableSpec;
  record: RecordView | undefined;
  /** Column of the active cell. */
  column: string | undefined;
  jump: Jump;
}

export function RecordHistory({ spec, record, column, jump }: HistoryProps) {
  const [scope, setScope] = useState<"cell" | "record" | "table">("record");
  const row = scope !== "table" ? (record && record.row > 0 ? record.row : undefined) : null;
  const answer = useCall(
    "fill.history",
    row === undefined || scope === "cell" ? null : { table: spec.table, row, kind: null, offset: 0, limit: 50 },
  );
  const titles = new Map(spec.fields.map((field) => [field.column, field.title]));

  return (
    <div className="side-history">
      <Segmented
        block
        size="small"
        value={scope}
        onChange={setScope}
        options={[
          { value: "cell", label: t("fill.history-cell") },
          { value: "record", label: t("fill.history-record") },
          { value: "table", label: t("fill.history-table") },
        ]}
      />
      {row === undefined ? (
        <Empty title={t("fill.no-record")} />
      ) : scope === "cell" ? (
        <CellHistory table={spec.table} row={row ?? 0} column={column} titles={titles} />
      ) : (
        <Shown answer={answer}>
          {({ steps }) =>
            steps.length === 0 ? (
              <Empty title={t("fill.no-history")} />
            ) : (
              <ol>
                {steps.map((step) => (
                  <Step key={step.step} step={step} titles={titles} table={spec.table} jump={jump} />
                ))}
              </ol>
            )
          }
        </Shown>
      )}
    </div>
  );
}

function Step({
  step,
  titles,
  table,
  jump,
}: {
  step: StepView;
  titles: Map<string, string>;
  table: string;
  jump: Jump;
}) {
  const say = useSay();
  const cells = step.cells.filter((cell) => cell.table === table);
  async function takeBack() {
    try {
      await call("fill.undo", { count: 1, step: step.step });
    } catch (error) {
      say.failed(error);
    }
  }
  return (
    <li className={step.undone ? "is-undone" : ""}>
      <div className="row small">
        <b>{t(`step.${step.kind}`)}</b>
        <span className="sub">{step.who}</span>
        <span className="grow" />
        <span className="sub num">{momentWords(step.at)}</span>
        {!step.undone && TAKEN_BACK.has(step.kind) && (
          <Popconfirm
            title={t("fill.take-back-ask")}
            description={t("fill.take-back-help", {
              who: step.who || t("bar.person-unset"),
              when: momentWords(step.at),
              n: step.rows,
            })}
            okText={t("fill.take-back")}
            cancelText={t("part.cancel")}
            onConfirm={() => void takeBack()}
          >
            <Button size="small" type="link">
              {t("fill.take-back")}
            </Button>
          </Popconfirm>
        )}
      </div>
      {step.note && (
        <p className="cut" title={step.note}>
          {step.note}
        </p>
      )}
      {cells.length === 0 && <p className="sub">{t("fill.history-rows", { n: step.rows })}</p>}
      {cells.slice(0, 8).map((cell, i) => (
        <button
          key={i}
          type="button"
          onClick={() => void jump(cell.row, titles.has(cell.column) ? cell.column : null).catch(say.failed)}
        >
          <span className="cut">{changedIn(cell.column) ?? titles.get(cell.column) ?? cell.column}</span>
          <span>
            {cell.before ? <del>{cell.before}</del> : <i className="sub">{t("grid.spoken-empty")}</i>} →{" "}
            {cell.after ? <ins>{cell.after}</ins> : <i className="sub">{t("grid.spoken-empty")}</i>}
          </span>
        </button>
      ))}
      {cells.length > 8 && <p className="sub small">{t("fill.history-more", { n: cells.length - 8 })}</p>}
    </li>
  );
}

/** What a change without a column of the standard is about: a reason that was given, or the period of the record. */
function changedIn(column: string): string | undefined {
  if (column === "") return t("fill.twin-said");
  return column === "_period" ? t("fill.history-period") : undefined;
}
