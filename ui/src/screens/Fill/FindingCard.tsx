/** One finding as a card: what is wrong, what would be right, and a button that writes the right value. */
import { Button } from "antd";
import { memo } from "react";

import { call, type FindingView } from "../../ipc";
import { mask } from "../../grid/mask";
import type { Sheet } from "../../grid/sheet";
import { Explain } from "../../parts/Explain";
import { LevelMark, levelClass } from "../../parts/icons";
import { useSay } from "../../parts/say";
import { tDynamic, t } from "../../text";
import { findingWords, rightPeriod } from "../../text/findings";
import { explanationWords } from "../../parts/explanation";
import type { Jump } from "./jump";
import "./Side.css";

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

export const Card = memo(function Card({
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
      {finding.explanation && <p className="sub">{explanationWords(finding)}</p>}
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
        {(level === "confirm" || twin) && (
          <Explain
            name={`${finding.table} ${finding.rule} ${row} ${column}`}
            text={finding.explanation ?? ""}
            save={explain}
            twin={twin}
          />
        )}
      </div>
    </div>
  );
});
