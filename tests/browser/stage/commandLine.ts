/** The command line beside the window: it works on the book while the window has closed it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Bridge, PASSPHRASE } from "./bridge";
import { records } from "./grid";

/** Runs the command line on the open book: the window closes the book before and opens it again. */
export async function commandLine(bridge: Bridge, words: string[]): Promise<string> {
  const program = process.env.TIANBAO_CLI;
  if (!program)
    throw new Error("TIANBAO_CLI names the command line's program; cargo xtask test --only browser sets it");
  const { open } = await bridge.call<{ open: { path: string } | null }>("start.state", {});
  if (!open) throw new Error("no book is open");
  await bridge.call("book.close", {});
  const ran = spawnSync(program, ["--book", open.path, ...words], {
    encoding: "utf8",
    env: { ...process.env, TIANBAO_HOME: bridge.home, TIANBAO_PASSPHRASE: PASSPHRASE },
  });
  await bridge.call("book.open", { path: open.path, passphrase: PASSPHRASE });
  // 1: done, and there are findings.
  if (ran.status !== 0 && ran.status !== 1) throw new Error(`${words.join(" ")}: ${ran.status} ${ran.stderr}`);
  return ran.stdout;
}

interface Spec {
  fields: { column: string; title: string }[];
}

/**
 * Imports that many records of a table by the command line: those of the book come again, with numbers of their own
 * behind the first 400 and with what `damage` makes of their cells.
 */
export async function importMany(
  bridge: Bridge,
  table: string,
  count: number,
  damage: (cells: Record<string, string>, at: number) => void,
): Promise<void> {
  const { fields } = await bridge.call<Spec>("standard.table", { edition: null, table });
  const filled = fields.filter(({ column }) => !["ZJSJWYXBS", "XXDM", "SJCJSJ"].includes(column));
  const { rows } = await records(bridge, table, 400);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: count }, (_, at) => {
    const cells = { ...rows[at % rows.length]?.cells };
    if (at >= rows.length) cells.XH = String(3024000000 + at);
    damage(cells, at);
    return filled.map(({ column }) => quoted(cells[column] ?? "")).join(",");
  });
  const file = join(bridge.home, "登记.csv");
  writeFileSync(file, `\uFEFF${[filled.map(({ title }) => quoted(title)).join(","), ...lines].join("\r\n")}\r\n`);
  await commandLine(bridge, ["import", file, "--table", table, "--apply", "--conflicts", "theirs"]);
}
