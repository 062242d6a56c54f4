/** What happened, in a word. */
import type { ChangeKind, CodeChangeKind } from "../../../ipc";
import { t } from "../../../text";

export function Tag({ change }: { change: ChangeKind | CodeChangeKind }) {
  return <span className={`compare-change is-${change}`}>{t(`change.${change}`)}</span>;
}
