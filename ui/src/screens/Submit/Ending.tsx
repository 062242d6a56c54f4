/** The outcome of a submission or of a question for results; it stays on the screen until it is closed. */
import { Alert, Button } from "antd";

import type { BatchView, CallError, ReadyTable, Skipped } from "../../ipc";
import { go } from "../../state/route";
import { count, errorWords, t } from "../../text";

export interface End {
  what: "send" | "results";
  tables: ReadyTable[];
  batches: BatchView[];
  skipped: Skipped[];
  notes: CallError[];
  interrupted: CallError | null;
}

/** Rows of the batches in these states. */
const rowsIn = (batches: BatchView[], ...states: BatchView["state"][]) =>
  batches.filter((batch) => states.includes(batch.state)).reduce((sum, batch) => sum + batch.rows, 0);

const storedIn = (batches: BatchView[]) => batches.reduce((sum, batch) => sum + (batch.stored ?? 0), 0);

const rejectedIn = (batches: BatchView[]) =>
  batches
    .filter((batch) => batch.state === "rejected" || batch.state === "partly-stored")
    .reduce((sum, batch) => sum + batch.rows - (batch.stored ?? 0), 0);

/** One sentence for each state that a batch is in; a rehearsal has sentences of its own, whatever was asked for. */
export function sentences({ batches, what }: Pick<End, "batches" | "what">): string[] {
  const sent = batches.filter((batch) => batch.connection !== "rehearsal");
  const rehearsed = batches.filter((batch) => batch.connection === "rehearsal");
  const lines = [
    ["submit.end-stored", storedIn(sent)],
    ["submit.end-rejected", rejectedIn(sent)],
    ["submit.end-received", rowsIn(sent, "received")],
    ["submit.end-unknown", rowsIn(sent, "unknown")],
    ["submit.end-sending", rowsIn(sent, "sending")],
    ["submit.end-waiting", rowsIn(sent, "waiting")],
    ["submit.end-rehearsed", storedIn(rehearsed)],
    ["submit.end-rehearsed-rejected", rejectedIn(rehearsed)],
    ["submit.end-rehearsing", rowsIn(rehearsed, "waiting", "sending", "received", "unknown")],
  ] as const;
  const said = lines.filter(([, rows]) => rows > 0).map(([key, rows]) => t(key, { rows: count(rows) }));
  return what === "results" && batches.length === 0 ? [t("submit.no-results")] : said;
}

/** Whether changing the settings of the connection may help against an error. */
const isSetting = ({ code }: CallError) => /^(login|connection|cipher|network)\./.test(code);

export function Ending({ end, close }: { end: End; close(): void }) {
  const { batches, skipped, notes, interrupted } = end;
  const lines = sentences(end);
  const left = skipped.map((one) => {
    const title = end.tables.find((table) => table.table === one.table)?.title ?? one.table;
    return `${title}：${errorWords({ code: one.reason, params: { rows: String(one.rows) } })}`;
  });
  const bad = batches.some((batch) => ["unknown", "rejected", "partly-stored"].includes(batch.state) || batch.overdue);
  // Only stored records are shown green; a rehearsal stores none.
  const stored = batches.some((batch) => batch.connection !== "rehearsal" && (batch.stored ?? 0) > 0);
  const kind = interrupted ? "error" : bad || notes.length > 0 ? "warning" : stored ? "success" : "info";
  return (
    <Alert
      className="submit-ending"
      type={kind}
      showIcon
      closable={{ onClose: close, "aria-label": t("submit.end-close") }}
      data-testid="ending"
      title={interrupted ? errorWords(interrupted) : lines.join(" ") || t("submit.end-nothing")}
      description={
        (interrupted || left.length > 0 || notes.length > 0) && (
          <>
            {interrupted && lines.map((line) => <p key={line}>{line}</p>)}
            {notes.map((note) => (
              <p key={note.code}>{errorWords(note)}</p>
            ))}
            {left.slice(0, 5).map((line) => (
              <p key={line}>{line}</p>
            ))}
            {left.length > 5 && <p>{t("submit.end-more", { n: left.length - 5 })}</p>}
          </>
        )
      }
      action={
        interrupted &&
        isSetting(interrupted) && (
          <Button size="small" onClick={() => go({ screen: "settings", what: "connections" })}>
            {t("submit.to-connection")}
          </Button>
        )
      }
    />
  );
}
