/** Places belong to records, and nothing that is typed is lost: done by hand, on the real engine. */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const NUMBER = { column: "XH", title: "学号" };
const COMPANY = { column: "SXQYMC", title: "实习企业名称" };

let bridge: Bridge;

test.beforeEach(async ({ page }) => {
  bridge = await startBridge();
  await openSample(bridge);
  await openTable(page, bridge, TABLE);
});
test.afterEach(() => bridge.end());

const numbers = async (limit = 1000) => {
  const { rows } = await records(bridge, TABLE, limit);
  return new Map(rows.map(({ row, cells }) => [row, cells[NUMBER.column]]));
};
const company = async (place: number) => (await records(bridge, TABLE, place + 1)).rows[place]?.cells[COMPANY.column];
const expectRow = (page: Page, row: number) =>
  expect(field(page)).toHaveAttribute("aria-label", new RegExp(`，第 ${row} 行，`));

test("typing at once after a record was inserted goes into that record", async ({ page }) => {
  const before = await numbers();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control++");
  await page.keyboard.type("9999");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  const { rows } = await records(bridge, TABLE, 4);
  expect(rows[2]?.cells[NUMBER.column]).toBe("9999");
  const after = await numbers();
  for (const [row, number] of before) expect(after.get(row)).toBe(number);
});

test("typing at once after 新增 makes one record with every digit", async ({ page }) => {
  const before = await records(bridge, TABLE, 1);
  await page.getByRole("button", { name: "新增", exact: true }).click();
  await page.keyboard.type("2024999");
  await page.keyboard.press("Tab");
  await expectSaved(page);
  const after = await records(bridge, TABLE, 1000);
  expect(after.total).toBe(before.total + 1);
  expect(after.rows.at(-1)?.cells[NUMBER.column]).toBe("2024999");
});

test("a record that another window deletes takes no neighbour with it, and the text is asked about", async ({
  page,
}) => {
  const { rows } = await records(bridge, TABLE, 6);
  await goToColumn(page, COMPANY.title);
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await expectRow(page, 4);
  await page.keyboard.type("还在写");
  await bridge.call("fill.edit", { table: TABLE, changes: [{ do: "delete", row: rows[3]?.row }] });
  await expect(page.getByTestId("total")).toHaveText("399 条记录");
  await expect(field(page)).toHaveValue("还在写");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "这条记录已经被另一个窗口删除" })).toBeVisible();
  const now = await records(bridge, TABLE, 6);
  expect(now.rows[3]?.cells[COMPANY.column]).toBe(rows[4]?.cells[COMPANY.column]);
  await page.getByRole("button", { name: "连同原内容存为新记录" }).click();
  await expect
    .poll(async () => (await records(bridge, TABLE, 1000)).rows.at(-1)?.cells)
    .toMatchObject({ [COMPANY.column]: "还在写", [NUMBER.column]: rows[3]?.cells[NUMBER.column] });
});

test("a record deleted above does not move what is being typed to its neighbour", async ({ page }) => {
  const { rows } = await records(bridge, TABLE, 6);
  await goToColumn(page, COMPANY.title);
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.type("第五行");
  await bridge.call("fill.edit", { table: TABLE, changes: [{ do: "delete", row: rows[0]?.row }] });
  await expect(page.getByTestId("total")).toHaveText("399 条记录");
  await expectRow(page, 4);
  await page.keyboard.press("Enter");
  await expectSaved(page);
  const now = await records(bridge, TABLE, 6);
  expect(now.rows[3]?.row).toBe(rows[4]?.row);
  expect(now.rows[3]?.cells[COMPANY.column]).toBe("第五行");
});

test("sorting, filtering and finding keep the cursor on its record", async ({ page }) => {
  const { rows } = await records(bridge, TABLE, 400);
  await goToColumn(page, COMPANY.title);
  for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowDown");
  await expectRow(page, 7);
  await page.keyboard.press("Control+Shift+L");
  await page.getByRole("button", { name: "降序排列" }).click();
  await expect(page.getByRole("columnheader", { name: new RegExp(COMPANY.title) })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expectRow(page, 7);
  await page.keyboard.type("甲公司");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect(await company(6)).toBe("甲公司");
  await page.getByRole("button", { name: "取消排序和筛选" }).click();
  await expect(field(page)).toBeFocused();
  for (const [place, { row, cells }] of rows.entries())
    if (place !== 6) expect((await numbers()).get(row)).toBe(cells[NUMBER.column]);
    else break;
});

test("what could not be sent while the program is away is kept behind other screens and sent by itself", async ({
  page,
}) => {
  await goToColumn(page, COMPANY.title);
  await page.route("**/call/**", (route) => route.abort());
  for (const text of ["断网一", "断网二"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }
  const notice = page.getByTestId("away-notice");
  await expect(notice).toContainText("2 处输入还没有保存");
  await page.getByRole("link", { name: "标准", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "2 处没有保存" })).toBeVisible();
  await expect(notice).toBeVisible();
  await page.unroute("**/call/**");
  await expect(notice).toBeHidden();
  await expect.poll(async () => [await company(0), await company(1)]).toEqual(["断网一", "断网二"]);
  await expect(page.getByTestId("save-state")).toHaveText(/已保存/);
});

test("leaving the page in the middle of a cell is asked about", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  await page.keyboard.type("写到一半");
  const asked = page.waitForEvent("dialog");
  void page.evaluate(() => location.reload()).catch(() => {});
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  // The question may take the focus from the cell, which saves its text; else it stands there still.
  await expect.poll(async () => [await company(0), await field(page).inputValue()]).toContain("写到一半");
});

test("in the form Enter goes to the next field, Esc restores, and nothing goes into the grid", async ({ page }) => {
  const [first] = (await records(bridge, TABLE, 1)).rows;
  await page.getByRole("tab", { name: "记录表单" }).click();
  const form = page.getByRole("tabpanel");
  const name = form.locator("[data-column=ZYMC] input");
  await name.fill("甲专业");
  await name.press("Enter");
  await expect(name).not.toBeFocused();
  await expect(form.locator("input:focus, textarea:focus")).toHaveCount(1);
  await page.keyboard.type("xyz");
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await records(bridge, TABLE, 1)).rows[0]?.cells.ZYMC).toBe("甲专业");
  await expectSaved(page);
  const [now] = (await records(bridge, TABLE, 1)).rows;
  expect({ ...now?.cells, ZYMC: "" }).toEqual({ ...first?.cells, ZYMC: "" });
});

test("undo stays in its table and its session, shows the place and says what it did", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const was = await company(0);
  await page.keyboard.type("这里改的");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  // Another window, another table.
  const other = (await records(bridge, "ODS_DKSJ", 1)).rows[0];
  await bridge.call("fill.edit", {
    table: "ODS_DKSJ",
    changes: [{ do: "set", row: other?.row, column: Object.keys(other?.cells ?? {})[0], value: "别处改的" }],
  });
  for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+z");
  await expect.poll(() => company(0)).toBe(was);
  await expect(page.getByText("已撤销：修改“实习基础”第 1 行“实习企业名称”")).toBeVisible();
  await expectRow(page, 1);
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/这张表没有可撤销的改动/)).toBeVisible();
  expect(Object.values((await records(bridge, "ODS_DKSJ", 1)).rows[0]?.cells ?? {})).toContain("别处改的");
});
