/** What becomes of all filled cells, as one bar: each cell is in exactly one part of it. */
import type { MigrationCounts } from "../../../ipc";
import { count, t } from "../../../text";

const PARTS = ["kept", "converted", "moved", "aside"] as const;

export function Numbers({ counts }: { counts: MigrationCounts }) {
  const share = (cells: number) => `${counts.cells === 0 ? 0 : (cells / counts.cells) * 100}%`;
  return (
    <section className="migration-numbers" aria-label={t("migration.numbers")}>
      <p>
        {t("migration.all", { records: count(counts.records), cells: count(counts.cells) })}
        {counts.hand > 0 && <span className="warn">{t("migration.hand", { n: count(counts.hand) })}</span>}
        {counts.filled > 0 && <span className="sub">{t("migration.filled", { n: count(counts.filled) })}</span>}
      </p>
      <div className="migration-bar" aria-hidden>
        {PARTS.map((part) => (
          <i key={part} className={`is-${part}`} style={{ width: share(counts[part]) }} />
        ))}
      </div>
      <ul>
        {PARTS.map((part) => (
          <li key={part}>
            <i className={`is-${part}`} aria-hidden />
            <b>{count(counts[part])}</b>
            {t(`migration.cells-${part}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
