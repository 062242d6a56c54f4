/** The table of keys by hand: each line that names keys is pressed in the grid, on the real engine. */
import { expect, test } from "@playwright/test";

import { KEYS } from "../../ui/src/grid/keyTable";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, openTable, records } from "./stage/grid";
import { ACTS, from, START, type Stage } from "./stage/keyActs";

const TABLE = "ODS_SXJCSJ";

/** Lines that other files try: typing with an input method, codes, insertions, F8. */
const ELSEWHERE = new Set(
  (
    "next-table previous-table list today now insert delete duplicate find-next find-back find-next-f3 find-back-f3 " +
    "next-finding previous-finding area-back type-over text-up text-down text-word-right text-extend-word text-copy " +
    "text-cut text-paste text-undo"
  ).split(" "),
);

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

test("each line of the table has its try", () => {
  const lines = KEYS.filter(({ group }) => group !== "mouse").map(({ id }) => id);
  expect(lines.filter((id) => !ACTS[id] && !ELSEWHERE.has(id))).toEqual([]);
  expect(Object.keys(ACTS).filter((id) => !lines.includes(id))).toEqual([]);
});

test("each key does what its line says", async ({ page, context }) => {
  test.setTimeout(600_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page, bridge, TABLE);
  const spec = await bridge.call<{ fields: { column: string; system: boolean }[] }>("standard.table", {
    edition: null,
    table: TABLE,
  });
  const columns = spec.fields.filter(({ system }) => !system).map(({ column }) => column);
  const read = async () => (await records(bridge, TABLE, 1000)).rows;
  const rows = await read();
  const filled = columns.map((column) => Boolean(rows[START.row]?.cells[column]));
  const gap = filled.indexOf(false, START.col);
  const stage: Stage = {
    page,
    rows: rows.length,
    cols: columns.length,
    gap: gap < 0 ? columns.length : gap,
    behind: filled.indexOf(true, gap),
    cell: async (row, col) => (await read())[row]?.cells[columns[col] ?? ""] ?? "",
    async put(row, col, value) {
      const record = (await read())[row]?.row;
      const changes = [{ do: "set", row: record, column: columns[col], value }];
      await bridge.call("fill.edit", { table: TABLE, changes });
      await expect(page.locator(`#cell-${row}-${col}`)).toHaveText(value);
    },
  };
  for (const [id, act] of Object.entries(ACTS)) {
    await test.step(id, async () => {
      await page.keyboard.press("Escape");
      await page.locator(".grid").evaluate((grid) => grid.scrollTo(0, 0));
      await from(page);
      await act(stage);
      await expectSaved(page);
      await expect(field(page), `${id} leaves the keyboard in the grid`).toBeVisible();
    });
  }
});

test("keys of the browser never reach it", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.evaluate(() => {
    window.addEventListener("keydown", (event) => {
      // After every other listener has had its turn.
      queueMicrotask(() => document.body.setAttribute("data-kept", String(event.defaultPrevented)));
    });
  });
  for (const key of ["F5", "Control+r", "Control+p", "Control+h", "F7", "Control+s", "F3", "Control+g", "F1"]) {
    await page.keyboard.press(key);
    await expect(page.locator("body"), key).toHaveAttribute("data-kept", "true");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.locator("#cell-0-0").click();
  }
});
