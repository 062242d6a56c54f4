/** Differences of the editions as a whole: subsets, fields that change in every table, notes of the crosswalk. */
import type { Comparison, SubsetDifference } from "../../../ipc";
import { t } from "../../../text";
import { Aspects } from "./Aspects";
import { Tag } from "./Tag";

export function Whole({ comparison }: { comparison: Comparison }) {
  const { subsets, everywhere, notes } = comparison;
  if (comparison.counts.tables.kept === 0) return <p className="compare-whole">{t("compare.nothing-common")}</p>;
  if (subsets.length + everywhere.length + notes.length === 0) return null;
  return (
    <section className="compare-whole" aria-label={t("compare.whole")}>
      <h2>{t("compare.whole")}</h2>
      {subsets.length > 0 && (
        <p>
          <b>{t("compare.subsets")}</b>
          {subsets.map((subset) => (
            <span key={subset.code} className="compare-aspect">
              <Tag change={subset.change === "changed" ? "renamed" : subset.change} />
              {name(subset)}
            </span>
          ))}
        </p>
      )}
      {everywhere.map((field) => (
        <p key={field.column}>
          <Tag change={field.change} />
          {t("compare.everywhere", { title: field.title, column: field.column })}
          <Aspects aspects={field.aspects} />
        </p>
      ))}
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function name({ change, before, after }: SubsetDifference): string {
  return change === "changed" ? `${before} → ${after}` : (after ?? before ?? "");
}
