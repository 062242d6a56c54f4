/** What is different about a thing: before and after. */
import type { AspectDifference, ChangedAspect } from "../../../ipc";
import { tDynamic, t } from "../../../text";

/** A value in words; a value that the edition does not state has a word, too. */
export function valueWords(what: ChangedAspect, value: string | null): string {
  if (value === null) return what === "association" ? t("compare.unspecified") : t("compare.none");
  switch (what) {
    case "frequency":
      return tDynamic(`frequency.${value}`, {}, value);
    case "kind":
      return tDynamic(`kind.${value}`, {}, value);
    case "type":
      return tDynamic(`standards.printed-${value}`, {}, value);
    case "required":
      return value === "yes" ? t("field.required") : t("field.optional");
    case "association":
      return value === "no" ? t("compare.no-association") : value;
    default:
      return value;
  }
}

export function Aspects({ aspects }: { aspects: AspectDifference[] }) {
  return (
    <span className="compare-aspects">
      {aspects.map(({ what, before, after }) => (
        <span key={what} className="compare-aspect">
          <span className="sub">{tDynamic(`compare.what-${what}`, {}, what)}</span>
          <span className="compare-aspect-before">{valueWords(what, before)}</span>
          <span className="compare-aspect-arrow" role="img" aria-label={t("compare.becomes")}>
            →
          </span>
          <b>{valueWords(what, after)}</b>
        </span>
      ))}
    </span>
  );
}
