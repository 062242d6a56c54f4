/** The findings of a table as cards: what is wrong, what would be right, and the button that puts it in. */
import { Button } from "antd";
import { memo, useMemo, useState } from "react";

import { call, type FindingView, type RecordView, type TableSpec } from "../../ipc";
import { mask } from "../../grid/mask";
import type { Sheet } from "../../grid/sheet";
import { Empty, Shown } from "../../parts";
import { Explain } from "../../parts/Explain";
import { LevelMark, levelClass } from "../../parts/icons";
import { useSay } from "../../parts/say";
import { useInSight } from "../../parts/useInSight";
import { useCall } from "../../state/calls";
import { tDynamic, t } from "../../text";
import { findingWords, rightPeriod } from "../../text/findings";
import type { Jump } from "./jump";
import "./Side.css";

interface FindingsProps {
  spec: TableSpec;
  record: RecordView | undefined;
  column: string | undefined;
  sheet: Sheet;
  jump: Jump;
}

const STEP = 50;

export function Findings({ spec, record, column, sheet, jump }: FindingsProps) {
  const [limit, setLimit] = useState(STEP);
  const answer = useCall("check.findings", {
    table: spec.table,
    row: null,
    column: null,
    rule: null,
    level: null,
    value: null,
    offset: 0,
    limit,
  });
  // The cards of the active cell come into sight by themselves.
  const list = useInSight(`${record?.row} ${column}`);
  const masked = !useCall("settings.get", {}).data?.show_personal;
  const cards = useMemo(() => {
    const sensitive = new Map(spec.fields.map((field) => [field.column, field.sensitivity]));
    const found = answer.data?.findings ?? [];
    return found.map((finding) => asShown(finding, sensitive.get(finding.column ?? "") ?? "none", masked));
  }, [answer.data, masked, spec]);

  return (
    <Shown answer={answer}>
      {({ total }) =>
        total === 0 ? (
          <Empty title={t("fill.no-findings")}>
            {sheet.total() > 0 ? t("fill.no-findings-help") : <NoRows table={spec.table} />}
          </Empty>
        ) : (
          <div ref={list}>
            {cards.map((finding) => (
              <Card
                key={finding.id}
                finding={finding}
                on={finding.row !== null && finding.row === record?.row && finding.column === column}
                sheet={sheet}
                jump={jump}
              />
            ))}
            {total > cards.length && (
              <Button type="link" block onClick={() => setLimit(limit + 2 * STEP)}>
                {t("part.more", { n: Math.min(2 * STEP, total - cards.length) })}
              </Button>
            )}
          </div>
        )
      }
    </Shown>
  );
}

/** A finding with its value as it may be shown; what would be right is personal where the value is. */
export interface ShownFinding extends FindingView {
  shown: string;
}

export function asShown(finding: FindingView, sensitivity: string, masked: boolean): ShownFinding {
  const hide = masked && sensitivity !== "none" && finding.value !== "";
  return {
    ...finding,
    shown: hide ? mask(sensitivity, finding.value) : finding.value,
    suggestion: hide ? null : finding.suggestion,
  };
}

const Card = memo(function Card({
  finding,
  on,
  sheet,
  jump,
}: {
  finding: ShownFinding;
  on: boolean;
  sheet: Sheet;
  jump: Jump;
}) {
  const say = useSay();
  const { row, column, level } = finding;
  const right = rightPeriod(finding.message);

  async function mend(value: string) {
    if (row === null || column === null) return;
    await sheet.set(row, column, value);
  }
  const twin = finding.rule === "unique-key";
  async function toPeriod() {
    if (row === null) return;
    try {
      const { moved } = await call("fill.to_period", { table: finding.table, rows: [row], value: null });
      if (moved > 0) say.done(t("fill.to-period-done", { period: right ?? "" }));
    } catch (error) {
      say.failed(error);
    }
  }
  async function explain(text: string) {
    try {
      if (twin && row !== null) {
        await call("check.tell_apart", { table: finding.table, rows: [row], text });
        return;
      }
      await call("check.explain", {
        group: { table: finding.table, column, rule: finding.rule, value: finding.value },
        row,
        text,
      });
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className={on ? "side-finding is-on" : "side-finding"}>
      <button
        type="button"
        className="side-finding-head"
        disabled={row === null}
        onClick={() => row !== null && void jump(row, column, finding.position).catch(say.failed)}
      >
        <b className={levelClass(level)}>
          <LevelMark level={level} /> {tDynamic(`level.${level}`, {}, level)}
        </b>
        {finding.position !== null && <b className={levelClass(level)}>{t("fill.row-n", { n: finding.position })}</b>}
        <b className={`cut ${levelClass(level)}`} title={finding.column_title ?? ""}>
          {finding.column_title}
        </b>
      </button>
      <p>{findingWords({ message: finding.message, value: finding.shown })}</p>
      {finding.explanation && <p className="sub">{t("fill.explained", { text: finding.explanation })}</p>}
      <div className="row">
        {finding.suggestion !== null && column !== null && (
          <Button
            size="small"
            type={level === "mandatory" ? "primary" : "default"}
            onClick={() => void mend(finding.suggestion ?? "")}
          >
            <span className="cut side-mend">
              {finding.suggestion === "" ? t("fill.mend-empty") : t("fill.mend", { value: finding.suggestion })}
            </span>
          </Button>
        )}
        {right !== undefined && (
          <Button size="small" onClick={() => void toPeriod()}>
            <span className="cut side-mend">{t("fill.to-period", { period: right })}</span>
          </Button>
        )}
        {(level === "confirm" || twin) && <Explain text={finding.explanation ?? ""} save={explain} twin={twin} />}
      </div>
    </div>
  );
});

/** Why the grid is empty: the table has no records, or a filter leaves all of them out. */
function NoRows({ table }: { table: string }) {
  const rows = useCall("home.counts", { tables: [table] }).data?.[0]?.rows ?? 0;
  return rows === 0 ? t("fill.empty-table") : t("fill.empty-view", { n: rows });
}
