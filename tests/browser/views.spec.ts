/** Working in a view that leaves records out or orders them: what is shown is what is written to. */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const START = { column: "SXKSRQ", title: "实习开始日期" };
const NUMBER = { column: "XH", title: "学号" };
const WRONG = "20260231";
/** Records with a wrong date, by their place in the whole table: all of them far from its beginning. */
const MISTAKES = [40, 41, 42, 43];

let bridge: Bridge;

test.beforeEach(async ({ page, context }) => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 100);
  await bridge.call("fill.edit", {
    table: TABLE,
    changes: MISTAKES.map((place) => ({ do: "set", row: rows[place]?.row, column: START.column, value: WRONG })),
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page, bridge, TABLE);
  await page.getByRole("button", { name: /^只看问题/ }).click();
  await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${MISTAKES.length} 条`);
  await expect(field(page)).toBeFocused();
});
test.afterEach(() => bridge.end());

const dates = async () =>
  (await records(bridge, TABLE, 100)).rows
    .filter((_, place) => MISTAKES.includes(place))
    .map(({ cells }) => cells[START.column]);

/** Waits until the active cell is in this row of the table, counted from 1: a view keeps the numbers of its records. */
const expectRow = (page: Page, row: number) =>
  expect(field(page)).toHaveAttribute("aria-label", new RegExp(`，第 ${row} 行，`));

test("what is pasted goes into the record that is shown, also after its neighbour left the view", async ({ page }) => {
  await goToColumn(page, START.title);
  await page.keyboard.type("20260908");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  await expectRow(page, 42);
  await page.evaluate(() => navigator.clipboard.writeText("20260909"));
  await page.keyboard.press("Control+v");
  await expect.poll(dates).toEqual(["20260908", "20260909", WRONG, WRONG]);
});

test("a record inserted in a view is shown before anything is typed into it", async ({ page }) => {
  const before = await records(bridge, TABLE, 1000);
  // A view that an empty record does not belong to: it is filtered by a value.
  await page.getByRole("button", { name: /^只看问题/ }).click();
  await goToColumn(page, START.title);
  await page.keyboard.press("Control+Shift+L");
  const menu = page.getByRole("dialog", { name: /的菜单/ });
  await menu.getByLabel("包含文字").fill(WRONG);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${MISTAKES.length} 条`);
  await page.locator("#cell-1-0").click();
  await expectRow(page, 42);
  await page.keyboard.press("Control++");
  // Typed at once: nothing is waited for.
  await page.keyboard.type("9999");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  const after = await records(bridge, TABLE, 1000);
  expect(after.total).toBe(before.total + 1);
  const numbers = new Map(after.rows.map(({ row, cells }) => [row, cells[NUMBER.column]]));
  for (const { row, cells } of before.rows) expect(numbers.get(row)).toBe(cells[NUMBER.column]);
  expect(after.rows[42]?.cells[NUMBER.column]).toBe("9999");
});

test("F8 goes from finding to finding inside the view", async ({ page }) => {
  for (const row of [41, 42, 43, 44, 41]) {
    await page.keyboard.press("F8");
    await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`^${START.title}，第 ${row} 行，${WRONG}`));
    await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${MISTAKES.length} 条`);
  }
  await page.keyboard.press("Shift+F8");
  await expectRow(page, 44);
});
