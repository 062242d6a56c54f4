/** What happened, in a word. */
import { said } from "../../../text";

export function Tag({ change }: { change: string }) {
  return <span className={`change ${change}`}>{said(`change.${change}`, {}, change)}</span>;
}
