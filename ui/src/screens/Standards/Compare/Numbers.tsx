/** Numbers of differences by kind, each a link to its list. */
import type { ChangeCounts, ChangeKind, ComparisonCounts } from "../../../ipc";
import { count, t } from "../../../text";
import { type Shown, SHOWN } from "./filter";

export function Numbers({ counts, shown, show }: { counts: ComparisonCounts; shown: Shown; show(next: Shown): void }) {
  return (
    <div className="compare-numbers" role="group" aria-label={t("compare.numbers")}>
      {SHOWN.map((one) => (
        <button
          key={one}
          type="button"
          className={one === shown ? "is-on" : ""}
          aria-pressed={one === shown}
          onClick={() => show(one)}
        >
          <span className="compare-numbers-line">
            <b>{t(`compare.${one}`)}</b>
            <Line counts={counts[one]} moved={one === "tables"} />
          </span>
          <span className="compare-numbers-line">
            {one === "tables" ? (
              <>
                <b>{t("compare.fields")}</b>
                <Line counts={counts.fields} moved={false} />
              </>
            ) : (
              <span className="sub small">{t(`compare.kept-${one}`, { n: counts[one].kept })}</span>
            )}
          </span>
        </button>
      ))}
    </div>
  );
}

function Line({ counts, moved }: { counts: ChangeCounts; moved: boolean }) {
  const shown: ChangeKind[] = moved ? ["added", "removed", "changed", "moved"] : ["added", "removed", "changed"];
  return (
    <>
      {shown.map((change) => (
        <span key={change} className={counts[change] === 0 ? "sub" : ""}>
          {t(`change.${change}`)} <i>{count(counts[change])}</i>
        </span>
      ))}
    </>
  );
}
