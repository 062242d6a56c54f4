/** Another window changes the same table meanwhile: no action touches a record that was not seen there. */
import { expect, type Page, type Route, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const COMPANY = { column: "SXQYMC", title: "实习企业名称" };

let bridge: Bridge;

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  bridge = await startBridge();
  await openSample(bridge);
  await openTable(page, bridge, TABLE);
});
test.afterEach(() => bridge.end());

const grid = (page: Page) => page.locator(".grid");
const all = async (table = TABLE) => (await records(bridge, table, 1000)).rows;
const edit = (changes: unknown[], table = TABLE) => bridge.call("fill.edit", { table, changes });
const byNumber = (rows: { row: number; cells: Record<string, string> }[], column = COMPANY.column) =>
  new Map(rows.map(({ row, cells }) => [row, cells[column] ?? ""]));

/** Holds pages of records back, so that the screen shows what was; gives the way to let them go. */
async function holdPages(page: Page, wanted = (_: string) => true) {
  const held: Route[] = [];
  let open = false;
  await page.route("**/call/fill.page", (route) => {
    if (open || !wanted(route.request().postData() ?? "")) return route.continue();
    held.push(route);
  });
  const letGo = async () => {
    open = true;
    for (const route of held) await route.continue();
  };
  return Object.assign(letGo, { held: () => held.length });
}

test("a block is cleared in the records that were seen there, or not at all", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  const before = await all();
  const chosen = before.slice(3, 6).map(({ row }) => row);
  const letGo = await holdPages(page);
  await edit([{ do: "delete", row: before[0]?.row }]);
  await expect.poll(letGo.held).toBeGreaterThan(0);
  await page.keyboard.press("Delete");
  await letGo();
  await expect(page.getByTestId("total")).toHaveText("399 条记录");
  await expect.poll(async () => [...byNumber(await all()).values()].filter((text) => text === "").length).toBe(3);
  const after = byNumber(await all());
  for (const { row, cells } of before.slice(1))
    expect(after.get(row), `row ${row}`).toBe(chosen.includes(row) ? "" : (cells[COMPANY.column] ?? ""));
});

test("a block that loses a record to another window does not take its neighbour in", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const col = (await grid(page).getAttribute("data-active"))?.split(",")[1];
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowDown");
  const before = await all();
  await edit([{ do: "delete", row: before[4]?.row }]);
  await expect(page.getByTestId("total")).toHaveText("399 条记录");
  await expect(grid(page)).toHaveAttribute("data-chosen", `3,${col},5,${col}`);
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Delete");
  await expectSaved(page);
  await expect.poll(async () => byNumber(await all()).get(before[6]?.row ?? 0)).toBe("");
  expect(byNumber(await all()).get(before[7]?.row ?? 0)).toBe(before[7]?.cells[COMPANY.column] ?? "");
});

test("what is typed where the record has not come yet goes into that record", async ({ page }) => {
  const before = await all();
  await page.goto("about:blank");
  const letGo = await holdPages(page, (body) => !body.includes('"offset":0,'));
  await openTable(page, bridge, TABLE);
  await page.keyboard.press("Control+End");
  await backToCompanies(page);
  await page.keyboard.type("末行公司");
  await page.keyboard.press("Enter");
  await letGo();
  await expectSaved(page);
  const after = await all();
  expect(after.length).toBe(before.length);
  await expect.poll(async () => Object.values((await all()).at(-1)?.cells ?? {})).toContain("末行公司");
});

/** Back to the column of companies by arrows, whose cells are not here yet. */
async function backToCompanies(page: Page) {
  for (let moves = 0; moves < 60; moves++) {
    if ((await field(page).getAttribute("aria-label"))?.startsWith(COMPANY.title)) return;
    await page.keyboard.press("ArrowLeft");
  }
}

test("pasting at once after inserting goes into the inserted record", async ({ page }) => {
  const before = await all();
  await page.evaluate(() => navigator.clipboard.writeText("2024777"));
  const held: Route[] = [];
  await page.route("**/call/fill.edit", (route) => void held.push(route));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control++");
  await page.keyboard.press("Control+v");
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect.poll(async () => (await all())[2]?.cells.XH).toBe("2024777");
  expect((await all()).length).toBe(before.length + 1);
});

test("what was cut in one table empties nothing in another one", async ({ page }) => {
  const [first] = await all();
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+x");
  const before = await all("ODS_XSHXSJ");
  await openTable(page, bridge, "ODS_XSHXSJ");
  await page.locator("#cell-2-0").click();
  await page.keyboard.press("Control+v");
  await expectSaved(page);
  await expect(page.getByText("剪切只在同一张数据表内移动")).toBeVisible();
  const after = await all("ODS_XSHXSJ");
  const changed = after.filter(({ cells }, i) => JSON.stringify(cells) !== JSON.stringify(before[i]?.cells));
  expect(changed.map(({ row }) => row)).toEqual([before[2]?.row]);
  expect((await all())[0]?.cells).toEqual(first?.cells);
});

test("text in a field of the form is kept when a key goes to another record", async ({ page }) => {
  await edit([{ do: "set", row: (await all())[9]?.row, column: "SXKSRQ", value: "20260231" }]);
  await page.getByRole("tab", { name: "记录表单" }).click();
  const name = page.getByRole("tabpanel").locator("[data-column=ZYMC] input");
  await name.fill("表单专业");
  await page.keyboard.press("F8");
  await expect(field(page)).toHaveAttribute("aria-label", /，第 10 行，/);
  await expect.poll(async () => (await all())[0]?.cells.ZYMC).toBe("表单专业");
  expect((await all())[9]?.cells.ZYMC).not.toBe("表单专业");
});

test("text in a field of the form is asked about when another window deletes the record", async ({ page }) => {
  const before = await all();
  await page.getByRole("tab", { name: "记录表单" }).click();
  await page.getByRole("tabpanel").locator("[data-column=ZYMC] input").fill("表单专业");
  await edit([{ do: "delete", row: before[0]?.row }]);
  await expect(page.getByRole("dialog", { name: "这条记录已经被另一个窗口删除" })).toBeVisible();
  await page.getByRole("button", { name: "连同原内容存为新记录" }).click();
  await expect
    .poll(async () => (await all()).at(-1)?.cells)
    .toMatchObject({ ZYMC: "表单专业", XH: before[0]?.cells.XH });
});

test("closing the book asks before text is lost that could not be saved", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  await page.route("**/call/fill.edit", (route) => route.abort());
  await page.keyboard.type("没有送到");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "1 处没有保存" })).toBeVisible();
  await page.locator(".shell-person").click();
  await page.getByRole("menuitem", { name: "关闭填报册" }).click();
  await expect(page.getByRole("dialog", { name: "还有内容没有保存" })).toBeVisible();
  await page.getByRole("button", { name: "返回填写" }).click();
  await expect(page.locator(".grid-cell.is-refused")).toHaveText("没有送到");
  await page.unroute("**/call/fill.edit");
});
