/**
 * An import as a clerk decides it: by mouse and by keyboard, a cell, a row, a column; found again after the program was
 * ended; put into the book in one step, and taken back.
 */
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { records } from "./stage/grid";
import { change } from "./stage/xlsx";

const VISITS = "ODS_FWSZTSGZYSJ";

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

type Cells = Record<string, string>;

/** What the first records say, by day, visits to the site and visits to books. */
async function visits(): Promise<string[][]> {
  const page = await records(bridge, VISITS, 8);
  return page.rows.map(({ cells }) => ["FWRQ", "DZQKFWCS", "DZTSFWCS"].map((column) => cells[column] ?? ""));
}

async function set(row: number, column: string, value: string): Promise<void> {
  await bridge.call("fill.edit", { table: VISITS, changes: [{ do: "set", row, column, value }] });
}

/** A template with the records of the book, as it comes back: `of` gives its cells from the records. */
async function cameBack(of: (row: number) => Cells, without: number[] = []): Promise<string> {
  const path = join(bridge.home, "来访.xlsx");
  const none = { tables: [VISITS], department: null, all: false };
  await bridge.call("workbook.template", { ...none, with_rows: true, path, job: 0 });
  const cells: Cells = {};
  for (let row = 3; row < 9; row++)
    for (const [column, text] of Object.entries(of(row))) cells[`${column}${row}`] = text;
  change(path, cells, without);
  return path;
}

async function read(page: Page, path: string): Promise<void> {
  await page.goto(`${bridge.address}/#/workbooks/import`);
  const chosen = page.waitForEvent("filechooser");
  await page.getByTestId("choose-files").click();
  await (await chosen).setFiles(path);
  await expect(page.getByTestId("outlook")).toBeVisible();
}

const kind = (page: Page, name: string) => page.locator(".ant-segmented-item").filter({ hasText: name });
const outlook = (page: Page) => page.getByTestId("outlook");

test("cells, rows and columns are decided, kept when the program ends, put in and taken back", async ({ page }) => {
  const before = await records(bridge, VISITS, 8);
  const rows = before.rows.map(({ row }) => row) as [number, number, number, number];
  const was = await visits();
  // The file changes both numbers of three records, empties one of the fourth, and lacks the fifth.
  const path = await cameBack((row) => (row < 6 ? { A: `70${row}`, B: `80${row}` } : row === 6 ? { B: "" } : {}), [7]);
  await set(rows[0], "DZQKFWCS", "111");

  await read(page, path);
  await expect(outlook(page)).toContainText("1 条待决定");
  await expect(page.getByTestId("apply")).toBeDisabled();
  // A conflict shows what was written, what is here and what the file says; nothing is chosen beforehand.
  const conflict = page.locator(".proposal-cell-conflict");
  await expect(conflict).toContainText(`原来 ${was[0]?.[1]}`);
  await expect(conflict).toContainText("现有 111");
  await expect(conflict).toContainText("文件 703");
  await expect(page.locator(".proposal-rows input:checked")).toHaveCount(0);
  await expectAccessible(page, "import");
  await conflict.getByRole("radio", { name: /文件/ }).click();
  await expect(page.getByTestId("apply")).toBeEnabled();

  // One cell is kept, by mouse.
  await kind(page, "更新").click();
  const cell = page.locator("tr").filter({ hasText: "704" }).getByRole("button", { name: /704/ });
  await expect(cell).toHaveAttribute("aria-pressed", "true");
  await cell.click();
  await expect(cell).toHaveAttribute("aria-pressed", "false");
  // A whole row is kept, by keyboard: to the next row, and 2.
  await page.locator("tr").filter({ hasText: "704" }).getByRole("checkbox").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  const third = page.locator("tr").filter({ hasText: "705" });
  await expect(third.getByRole("button", { name: /705/ })).toHaveAttribute("aria-pressed", "false");
  await expect(third.getByRole("button", { name: /805/ })).toHaveAttribute("aria-pressed", "false");
  // A column is decided at once: the second number of all rows comes in.
  await page
    .getByRole("button", { name: /一起决定/ })
    .last()
    .click();
  await page.getByText("都用文件内容").click();
  await expect(third.getByRole("button", { name: /805/ })).toHaveAttribute("aria-pressed", "true");

  // Emptying and deleting happen only where they are ticked.
  await kind(page, "清空").click();
  await page.getByRole("checkbox", { name: /清空/ }).click();
  await expect(outlook(page)).toContainText("清空 1 格");
  await kind(page, "文件里没有").click();
  await expect(page.getByRole("checkbox", { name: /删除/ })).not.toBeChecked();

  // Another screen, and an end of the program, lose nothing.
  await page.goto(`${bridge.address}/#/home`);
  await bridge.restart();
  await bridge.call("book.open", { path: (await recent()).path, passphrase: null });
  await page.reload();
  await page.getByRole("link", { name: "模板", exact: true }).click();
  await expect(page.getByTestId("unfinished")).toContainText("有一份尚未确认的导入");
  await page.getByTestId("unfinished").getByRole("button", { name: "继续" }).click();
  await expect(outlook(page)).toContainText("更新 4 条，清空 1 格");

  await page.getByTestId("apply").click();
  await expect(page.getByText("已导入：新增 0 条，更新 4 条")).toBeVisible();
  const [one, two, three, four] = was as [string[], string[], string[], string[]];
  expect((await visits()).slice(0, 4)).toEqual([
    [one[0], "703", "803"],
    [two[0], two[1], "804"],
    [three[0], three[1], "805"],
    [four[0], four[1], ""],
  ]);
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await expect.poll(visits).toEqual([[one[0], "111", one[2]], ...was.slice(1)]);
  await expect(page.getByTestId("unfinished")).toHaveCount(0);
});

interface State {
  recent: { path: string }[];
}

async function recent(): Promise<{ path: string }> {
  const [first] = (await bridge.call<State>("start.state", {})).recent;
  if (!first) throw new Error("no recent book");
  return first;
}

test("what changed since the preview waits again; records missing in the file are deleted where ticked", async ({
  page,
}) => {
  const { rows } = await records(bridge, VISITS, 8);
  const path = await cameBack((row) => (row === 3 ? { A: "903" } : {}), [7]);
  await read(page, path);
  await kind(page, "文件里没有").click();
  await page.getByRole("checkbox", { name: /删除/ }).click();
  await expect(outlook(page)).toContainText("更新 1 条，删除 1 条");
  await expect(page.getByTestId("apply")).toBeEnabled();
  await set(rows[0]?.row ?? 0, "DZQKFWCS", "222");
  // The page hears of the change, and the cell waits.
  await expect(outlook(page)).toContainText("1 条待决定");
  await expect(page.getByTestId("apply")).toBeDisabled();
  await outlook(page).getByRole("button", { name: "1 条待决定" }).click();
  await page.locator(".proposal-cell-conflict").getByRole("radio", { name: /现有/ }).click();
  await page.getByTestId("apply").click();
  await expect(page.getByText("删除 1 条")).toBeVisible();
  expect((await visits()).map(([day]) => day)).not.toContain(rows[4]?.cells.FWRQ);
});
