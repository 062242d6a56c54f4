/** With the mouse and the clipboard, as a clerk does it: codes, blocks, the fill handle, pasting, finding. */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const COMPANY = { column: "SXQYMC", title: "实习企业名称" };

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());
test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page, bridge, TABLE);
});

const grid = (page: Page) => page.locator(".grid");
const cells = async (column: string, from: number, count: number) =>
  (await records(bridge, TABLE, from + count)).rows.slice(from).map((record) => record.cells[column] ?? "");
const put = async (place: number, column: string, value: string) => {
  const { rows } = await records(bridge, TABLE, place + 1);
  await bridge.call("fill.edit", { table: TABLE, changes: [{ do: "set", row: rows[place]?.row, column, value }] });
};
/** The middle of a cell on screen. */
async function spot(page: Page, row: number, col: number) {
  const box = await page.locator(`#cell-${row}-${col}`).boundingBox();
  if (!box) throw new Error(`no cell ${row} ${col}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}
/** Draws the fill handle to a cell. */
async function fillTo(page: Page, row: number, col: number) {
  const box = await page.getByTestId("fill-handle").boundingBox();
  if (!box) throw new Error("no handle");
  await drag(page, { x: box.x + 4, y: box.y + 4 }, await spot(page, row, col));
}

test("a code is chosen with the mouse, and the list's own bar may be drawn", async ({ page }) => {
  await goToColumn(page, "学制码");
  const col = Number((await grid(page).getAttribute("data-active"))?.split(",")[1]);
  const { x, y } = await spot(page, 2, col);
  await page.mouse.dblclick(x, y);
  await expect(field(page)).toHaveAttribute("aria-expanded", "true");
  await page
    .getByRole("option", { name: /五年制/ })
    .first()
    .click();
  await expectSaved(page);
  await expect(grid(page)).toHaveAttribute("data-active", `2,${col}`);
  const { rows } = await records(bridge, TABLE, 3);
  await expect(page.locator(`#cell-2-${col}`)).toContainText("五年制");
  expect(Object.values(rows[2]?.cells ?? {})).not.toContain("五年制");
});

test("the field that chooses a code is a combobox that names its list and its option", async ({ page }) => {
  await goToColumn(page, "学制码");
  await expect(field(page)).toHaveRole("combobox");
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  const option = await field(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${option}"]`)).toHaveRole("option");
  expect(await field(page).getAttribute("aria-controls")).toBe(await page.getByRole("listbox").getAttribute("id"));
  await page.keyboard.press("Escape");
});

test("a field of provinces offers provinces, and js and Enter takes 江苏省", async ({ page }) => {
  await goToColumn(page, "实习地点所在省机构编码");
  await page.keyboard.press("Alt+ArrowDown");
  for (const option of (await page.getByRole("option").all()).slice(0, 20))
    expect(await option.textContent()).toMatch(/^\d{2}0000/);
  await page.keyboard.press("Escape");
  await page.keyboard.type("js");
  await expect(page.getByRole("option").first()).toContainText("江苏省");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect(await cells("SXDDSZSJGBM", 0, 1)).toEqual(["320000"]);
});

test("a text that only stands inside several names chooses none of them", async ({ page }) => {
  await goToColumn(page, "学制码");
  await page.keyboard.type("年");
  await expect(page.getByText("按 ↓ 选择")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("one value copies, two give the step, dates go on by days, numbered texts count on", async ({ page }) => {
  // Columns of text: 专业名称, 班级名称.
  await put(0, "BJMC", "软件2401班");
  await expect(page.locator("#cell-0-4")).toHaveText("软件2401班");
  await page.locator("#cell-0-4").click();
  await fillTo(page, 3, 4);
  await expect.poll(() => cells("BJMC", 0, 4)).toEqual(["软件2401班", "软件2402班", "软件2403班", "软件2404班"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => cells("BJMC", 1, 1)).not.toEqual(["软件2402班"]);
  await goToColumn(page, "实习开始日期");
  await put(0, "SXKSRQ", "20260930");
  const col = Number((await grid(page).getAttribute("data-active"))?.split(",")[1]);
  await expect(page.locator(`#cell-0-${col}`)).toHaveText("20260930");
  await page.locator(`#cell-0-${col}`).click();
  await fillTo(page, 2, col);
  await expect.poll(() => cells("SXKSRQ", 0, 3)).toEqual(["20260930", "20261001", "20261002"]);
});

test("codes never count on, and a double click fills as far as the neighbour column", async ({ page }) => {
  await page.locator("#cell-0-5").click();
  const before = await cells("XZM", 0, 3);
  await fillTo(page, 2, 5);
  await expectSaved(page);
  expect((await cells("XZM", 0, 3)).every((value) => value === before[0])).toBe(true);
  await put(0, "BJMC", "甲班");
  await expect(page.locator("#cell-0-4")).toHaveText("甲班");
  await page.locator("#cell-0-4").click();
  await page.getByTestId("fill-handle").dblclick();
  await expect.poll(async () => new Set(await cells("BJMC", 0, 400)).size).toBe(1);
  await page.keyboard.press("Control+z");
});

test("blocks: Ctrl and a click add one, a drag past the edge scrolls, heads choose columns and rows", async ({
  page,
}) => {
  await page.locator("#cell-1-1").click();
  await page.locator("#cell-3-2").click({ modifiers: ["Control"] });
  await expect(grid(page)).toHaveAttribute("data-chosen", "1,1,1,1 3,2,3,2");
  await page.locator(".grid-number").nth(4).click();
  await page
    .locator(".grid-number")
    .nth(6)
    .click({ modifiers: ["Control"] });
  await expect(grid(page)).toHaveAttribute("data-chosen", /^4,0,4,\d+ 6,0,6,\d+$/);
  const box = await grid(page).boundingBox();
  const start = await spot(page, 2, 1);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x, (box?.y ?? 0) + (box?.height ?? 0) + 60);
  await expect.poll(() => grid(page).evaluate((element) => element.scrollTop)).toBeGreaterThan(400);
  await page.mouse.up();
  await expect(grid(page)).toHaveAttribute("data-chosen", /^2,1,(2[5-9]|[3-9]\d|\d{3}),1$/);
});

test("the status bar counts and adds up what is chosen", async ({ page }) => {
  await goToColumn(page, "实习时长");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByTestId("sums")).toContainText(/计数 3　求和 \d+　平均 \d+/);
});

test("pasting: headings are recognised, what is too wide is asked about, new records stay new", async ({ page }) => {
  const before = (await records(bridge, TABLE, 1)).total;
  const clip = (text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.locator("#cell-0-1").click();
  await clip("班级名称\t专业名称\r\n乙班\t乙专业\r\n");
  await page.keyboard.press("Control+v");
  await expect.poll(() => cells("BJMC", 0, 1)).toEqual(["乙班"]);
  expect(await cells("ZYMC", 0, 1)).toEqual(["乙专业"]);
  await page.keyboard.press("End");
  await clip("一\t二\t三\r\n");
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("dialog", { name: "粘贴的内容有 3 列，这里只剩 1 列" })).toBeVisible();
  await page
    .getByRole("button", { name: "取 消" })
    .or(page.getByRole("button", { name: "取消" }))
    .first()
    .click();
  expect((await records(bridge, TABLE, 1)).total).toBe(before);
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Home");
  await clip("2024888\r\n");
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "粘贴为新记录" }).click();
  await expect.poll(async () => (await records(bridge, TABLE, 1)).total).toBe(before + 1);
  expect((await records(bridge, TABLE, 1000)).rows.at(-1)?.cells.XH).toBe("2024888");
});

test("masked cells copy what the person sees, and pasting in the grid keeps what they hold", async ({ page }) => {
  const [first] = await cells("XH", 0, 1);
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("＊");
  await page.keyboard.press("ArrowDown");
  const was = await cells("XH", 1, 1);
  await page.keyboard.press("Control+v");
  await expect.poll(() => cells("XH", 1, 1)).toEqual([first]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => cells("XH", 1, 1)).toEqual(was);
  // What another program has of them is not a value.
  await page.evaluate(() => navigator.clipboard.writeText("20＊＊99"));
  await page.keyboard.press("Control+v");
  await expect(page.getByText("剪贴板里是遮住的个人信息").first()).toBeVisible();
  expect(await cells("XH", 1, 1)).toEqual(was);
});

test("finding goes from hit to hit with all rows in place, and replaces one and all", async ({ page }) => {
  await put(7, COMPANY.column, "独一无二公司");
  await put(9, COMPANY.column, "独一无二公司");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("独一无二");
  await expect(page.getByTestId("hits")).toHaveText("2 条记录");
  await expect(page.getByTestId("total")).toHaveText(/^4\d\d 条记录$/);
  await expect(grid(page)).toHaveAttribute("data-active", /^7,/);
  await expect(page.locator(".grid-cell.is-hit").first()).toBeVisible();
  await page.keyboard.press("F3");
  await expect(grid(page)).toHaveAttribute("data-active", /^9,/);
  await page.keyboard.press("Shift+F3");
  await expect(grid(page)).toHaveAttribute("data-active", /^7,/);
  await page.keyboard.press("Control+h");
  await page.getByRole("textbox", { name: "替换为" }).fill("换过");
  await page.getByRole("button", { name: "替换", exact: true }).click();
  await expect.poll(() => cells(COMPANY.column, 7, 1)).toEqual(["换过公司"]);
  expect(await cells(COMPANY.column, 9, 1)).toEqual(["独一无二公司"]);
  await page.getByRole("button", { name: "全部替换" }).click();
  await expect.poll(() => cells(COMPANY.column, 9, 1)).toEqual(["换过公司"]);
  await page.keyboard.press("Escape");
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => cells(COMPANY.column, 9, 1)).toEqual(["独一无二公司"]);
});

test("the filter lists values with counts, and an empty view says how to see all", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  await page.keyboard.press("Control+Shift+L");
  const menu = page.getByRole("dialog", { name: /的菜单/ });
  await expect(menu.getByRole("group", { name: "按值筛选" }).getByRole("checkbox").nth(1)).toBeVisible();
  await menu.getByLabel("包含文字").fill("没有这样的企业");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/没有符合条件的记录。取消筛选可查看全部 4\d\d 条。/).first()).toBeVisible();
  await page.getByRole("button", { name: "取消排序和筛选" }).click();
  await expect(page.getByTestId("total")).toHaveText(/^4\d\d 条记录$/);
});

test("a composition that is cancelled leaves the cell as it was", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const was = await cells(COMPANY.column, 0, 1);
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "zh", selectionStart: 2, selectionEnd: 2 });
  await session.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 });
  await expect(field(page)).toHaveAttribute("data-mode", "ready");
  await page.keyboard.press("ArrowDown");
  await expectSaved(page);
  expect(await cells(COMPANY.column, 0, 1)).toEqual(was);
});

test("the pointer over a red cell shows what is wrong", async ({ page }) => {
  await goToColumn(page, "实习结束日期");
  await page.keyboard.type("20260231");
  await page.keyboard.press("Enter");
  const col = Number((await grid(page).getAttribute("data-active"))?.split(",")[1]);
  await expect(page.locator(`#cell-0-${col}`)).toHaveClass(/is-mandatory/);
  const { x, y } = await spot(page, 0, col);
  await page.mouse.move(x, y);
  await expect(page.getByRole("tooltip")).toContainText("没有 2026 年 2 月 31 日这一天");
});

test("reading the values for a filter ends when the menu is closed", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const jobs: number[] = [];
  // The answer never comes.
  await page.route("**/call/fill.values", (route) => {
    jobs.push((route.request().postDataJSON() as { job: number }).job);
  });
  await page.keyboard.press("Control+Shift+L");
  await expect.poll(() => jobs.length).toBe(1);
  const [job = 0] = jobs;
  expect(job).toBeGreaterThan(0);
  const ended = page.waitForRequest((request) => request.url().endsWith("/call/job.cancel"));
  await page.keyboard.press("Escape");
  expect((await ended).postDataJSON()).toEqual({ job });
  await expect(field(page)).toBeFocused();
});
