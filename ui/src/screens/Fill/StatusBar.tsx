/** The line below: the number of records, their findings, what was sent, and some keys. */
import { useSyncExternalStore } from "react";

import type { HomeTable } from "../../ipc";
import type { Column } from "../../grid/columns";
import type { Selection } from "../../grid/selection";
import { sums } from "../../grid/sums";
import { momentWords } from "../../parts/dates";
import { LevelMark } from "../../parts/icons";
import { Waiting } from "../../parts/Waiting";
import { count, tDynamic, t } from "../../text";
import { ALL, isArranged, type ViewOfTable } from "./useTable";

export function StatusBar({
  view,
  columns,
  selection,
  home,
  table,
  waiting,
  problem,
  onFinding,
  focus,
}: {
  view: ViewOfTable;
  columns: Column[];
  selection: Selection;
  home: HomeTable | undefined;
  table: string;
  /** How many rules of the table wait to run again. */
  waiting: number;
  problem: string;
  onFinding(): void;
  /** Gives the keyboard back to the grid. */
  focus(): void;
}) {
  const { sheet, arrangement, arrange } = view;
  useSyncExternalStore(sheet.subscribe, sheet.version);
  const counts = sheet.counts();
  const chosen = sums(sheet, columns, selection);
  const levels = (["mandatory", "confirm", "hint"] as const).filter((level) => counts[level] > 0);
  return (
    <footer className="fill-status">
      <span data-testid="total">
        {sheet.known() && t(isArranged(arrangement) ? "fill.total-arranged" : "fill.total", { n: sheet.total() })}
      </span>
      {isArranged({ ...arrangement, only_findings: false }) && (
        <button
          type="button"
          className="fill-reset"
          onClick={() => {
            arrange({ ...ALL, only_findings: arrangement.only_findings });
            focus();
          }}
        >
          {t("fill.reset-view")}
        </button>
      )}
      {levels.map((level) => (
        <button
          key={level}
          type="button"
          className={level === "mandatory" ? "bad" : level === "confirm" ? "warn" : "hint"}
          onClick={onFinding}
        >
          <LevelMark level={level} /> {count(counts[level])} {t(`level.${level}`)}
        </button>
      ))}
      {levels.length === 0 && waiting === 0 && sheet.total() > 0 && <span className="ok">{t("fill.no-findings")}</span>}
      <Waiting table={table} n={waiting} />
      {problem && (
        <span id="fill-problem" className="cut fill-status-problem" title={problem}>
          {problem}
        </span>
      )}
      {!problem && home?.last_submitted && (
        <span className="cut">
          {t("fill.last-sent", {
            when: momentWords(home.last_submitted),
            state: tDynamic(`state.${home.last_shown ?? ""}`),
          })}
        </span>
      )}
      <span className="grow" />
      {chosen && (
        <span className="num fill-sums" data-testid="sums">
          {t("fill.sum-count", { n: chosen.filled })}
          {chosen.numbers > 0 && `　${t("fill.sum-numbers", { sum: chosen.sum, mean: chosen.mean })}`}
        </span>
      )}
      <span className="fill-status-keys">{t("fill.keys")}</span>
    </footer>
  );
}
