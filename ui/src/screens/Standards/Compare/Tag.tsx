/** What happened, in a word. */
import { said } from "../../../text";

export function Tag({ change }: { change: string }) {
  return <span className={`compare-change is-${change}`}>{said(`change.${change}`, {}, change)}</span>;
}
