/** What happened, in a word. */
import { tDynamic } from "../../../text";

export function Tag({ change }: { change: string }) {
  return <span className={`compare-change is-${change}`}>{tDynamic(`change.${change}`, {}, change)}</span>;
}
