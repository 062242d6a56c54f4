/** The levels above the codes that are shown, each a link back. */
import type { CodeLevel } from "../../../ipc";
import { t } from "../../../text";

export function Levels({ above, walk }: { above: CodeLevel[]; walk(code: string | undefined): void }) {
  if (above.length === 0) return <span className="sub small">{t("standards.walk-help")}</span>;
  return (
    <nav className="browse-levels" aria-label={t("standards.levels")}>
      <button type="button" className="standards-link" onClick={() => walk(undefined)}>
        {t("standards.all-levels")}
      </button>
      {above.map((level, i) => (
        <span key={level.code}>
          <i aria-hidden>›</i>
          {i === above.length - 1 ? (
            <b>{level.name}</b>
          ) : (
            <button type="button" className="standards-link" onClick={() => walk(level.code)}>
              {level.name}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}
