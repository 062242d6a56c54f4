/** What became of one cell: who changed it, what it was frozen as, in which batch, and what the receiver said. */
import type { CellEntry } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { t, tDynamic } from "../../text";

interface CellHistoryProps {
  table: string;
  row: number;
  column: string | undefined;
  /** Titles of the columns of the table. */
  titles: Map<string, string>;
}

export function CellHistory({ table, row, column, titles }: CellHistoryProps) {
  const answer = useCall("fill.cell_history", column === undefined ? null : { table, row, column });
  const editions = useCall("standard.editions", {}).data;
  const editionName = (id: string) => {
    const edition = editions?.find((one) => one.id === id);
    return edition ? t("standards.edition-short", { level: edition.level, issued: edition.issued }) : id;
  };
  if (column === undefined) return <Empty title={t("fill.no-cell")} />;
  return (
    <Shown answer={answer}>
      {({ title, entries, cut }) => (
        <div data-testid="cell-history">
          <p className="sub small">{title}</p>
          {entries.length === 0 && <Empty title={t("fill.no-history")} />}
          <ol>
            {entries.map((entry, i) => (
              <Entry key={i} entry={entry} column={column} titles={titles} editionName={editionName} />
            ))}
          </ol>
          {cut && <p className="sub small">{t("cell.cut")}</p>}
        </div>
      )}
    </Shown>
  );
}

interface EntryProps {
  entry: CellEntry;
  /** The column whose history it is. */
  column: string;
  titles: Map<string, string>;
  /** The short name of an edition of this name. */
  editionName(id: string): string;
}

function Entry({ entry, column, titles, editionName }: EntryProps) {
  return (
    <li data-what={entry.what} className={entry.what === "changed" && entry.undone ? "is-undone" : ""}>
      <div className="row small">
        <b>{entry.what === "changed" ? t(`step.${entry.kind}`) : ""}</b>
        <span className="sub">{entry.who}</span>
        <span className="grow" />
        <span className="sub num">{momentWords(entry.at)}</span>
      </div>
      {entry.what === "changed" ? (
        <>
          {entry.note && <p className="cut">{entry.note}</p>}
          <p>
            {entry.before ? <del>{entry.before}</del> : <i className="sub">{t("grid.spoken-empty")}</i>} →{" "}
            {entry.after ? <ins>{entry.after}</ins> : <i className="sub">{t("grid.spoken-empty")}</i>}
          </p>
        </>
      ) : (
        <p className={entry.what === "answered" && entry.outcome === "rejected" ? "bad" : ""}>
          {words(entry, column, titles, editionName)} {batchOf(entry)}
        </p>
      )}
    </li>
  );
}

/** The sentence of what happened; the same words as on the command line. */
function words(
  entry: CellEntry,
  column: string,
  titles: Map<string, string>,
  editionName: (id: string) => string,
): string {
  switch (entry.what) {
    case "explained":
      return t("cell.explained", { value: entry.value, text: entry.text });
    case "frozen": {
      const values = {
        edition: editionName(entry.edition),
        value: entry.value,
        batch: entry.batch,
        name: entry.connection,
      };
      return tDynamic(entry.rehearsal ? "cell.frozen-rehearsal" : "cell.frozen", values);
    }
    case "signed":
      return t("cell.signed", { batch: entry.batch });
    case "sent": {
      const { batch, delivery, num, connection, reply_time } = entry;
      const values = { batch, delivery, num, name: connection, time: reply_time ?? "" };
      const key = entry.rehearsal ? "sent-rehearsal" : reply_time === null ? "sent-unknown" : "sent";
      return tDynamic(`cell.${key}`, values);
    }
    case "answered": {
      const { batch, outcome, error, rehearsal } = entry;
      const rejected = outcome === "rejected";
      const key = rehearsal
        ? rejected
          ? "failed-rehearsal"
          : "passed-rehearsal"
        : outcome === "open"
          ? "answer-open"
          : rejected && entry.column !== null && entry.column !== column
            ? "rejected-other"
            : outcome;
      return tDynamic(`cell.${key}`, {
        batch,
        error: error ?? "",
        column: titles.get(entry.column ?? "") ?? entry.column ?? "",
      });
    }
    default:
      return "";
  }
}

function batchOf(entry: CellEntry) {
  if (entry.what === "changed" || entry.what === "explained") return null;
  const batch = toHash({ screen: "submit", part: `batch-${entry.batch}` });
  return <a href={batch}>{t("fill.cell-batch")}</a>;
}
