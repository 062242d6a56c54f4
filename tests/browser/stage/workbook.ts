/** A workbook as a clerk brings it: the records of the book with some cells changed. */
import type { Bridge } from "./bridge";
import { records } from "./grid";

interface Spec {
  fields: { column: string; title: string; system: boolean }[];
}

/** The first records of a table as CSV with the columns' titles, some cells changed; `row` counts from 0. */
export async function workbook(
  bridge: Bridge,
  table: string,
  changes: { row: number; column: string; value: string }[],
): Promise<Buffer> {
  const { fields } = await bridge.call<Spec>("standard.table", { edition: null, table });
  const count = Math.max(...changes.map(({ row }) => row)) + 1;
  const { rows } = await records(bridge, table, count);
  const filled = fields.filter((field) => !["ZJSJWYXBS", "XXDM", "SJCJSJ"].includes(field.column));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((record, row) =>
    filled
      .map(({ column }) =>
        quoted(changes.find((one) => one.row === row && one.column === column)?.value ?? record.cells[column] ?? ""),
      )
      .join(","),
  );
  return Buffer.from(
    `\uFEFF${[filled.map((field) => quoted(field.title)).join(","), ...lines].join("\r\n")}\r\n`,
    "utf8",
  );
}
