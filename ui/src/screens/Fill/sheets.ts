/**
 * The sheets of tables in which something is not saved yet. A sheet is kept until everything typed into it is in the
 * book, also when its screen is closed. Changes that could not be sent are sent when the program answers again,
 * whichever screen is open.
 */
import { call, type View } from "../../ipc";
import { openSheet, type Sheet, type SheetListeners } from "../../grid/sheet";
import { onBack } from "../../state/alive";
import { onForget, saving, setFailed } from "../../state/saving";
import { createReadings, isCancelled, type Readings } from "../../state/reading";
import { made, tableName } from "../../state/steps";

/** The callbacks of the screen that shows a sheet. */
export type Hearing = Pick<SheetListeners, "refused" | "gone">;

export interface OpenTable {
  sheet: Sheet;
  /** Which records the sheet shows; changed by the screen. */
  view: View;
  hearing: Hearing;
  /** Its calls that may take long. */
  readings: Readings;
  /** The view that was shown before this one, which comes back when sorting or filtering is cancelled. */
  before: View;
  /** Hears that reading the view was cancelled. */
  cancelled(): void;
  /** Screens that show it now. */
  shown: number;
}

const open = new Map<string, OpenTable>();

/** The sheet of a table: the one that still has something unsaved, else a new one. */
export function sheetOf(book: string, table: string, view: View, hearing: Hearing): OpenTable {
  const name = tableName(book, table);
  const known = open.get(name);
  if (known) return known;
  const entry: OpenTable = {
    sheet: undefined as unknown as Sheet,
    view,
    hearing,
    shown: 0,
    readings: createReadings(),
    before: view,
    cancelled: () => {},
  };
  entry.sheet = openSheet(
    () => ({
      page: (offset, limit, order) =>
        entry.readings.run(
          (job) => call("fill.page", { view: entry.view, order, offset, limit, job }),
          () => entry.cancelled(),
        ),
      edit: (changes) => call("fill.edit", { table, changes }),
      paste: (rows, columns, cells) => call("fill.paste", { table, rows, columns, cells }),
    }),
    {
      saving,
      failed: (cells) => setFailed(name, cells),
      refused: (error) => isCancelled(error) || entry.hearing.refused(error),
      gone: (record, column, text) => entry.hearing.gone(record, column, text),
      made: (step) => made(name, step),
    },
  );
  open.set(name, entry);
  return entry;
}

/** A screen begins to show a sheet, until the returned function is called. */
export function show(book: string, table: string, entry: OpenTable): () => void {
  entry.shown += 1;
  return () => {
    entry.shown -= 1;
    void entry.sheet.settled().then(() => {
      if (entry.shown === 0 && !entry.sheet.isUnsaved()) open.delete(tableName(book, table));
    });
  };
}

onForget(() => open.clear());

onBack(() => {
  for (const { sheet } of open.values()) sheet.retry();
});
