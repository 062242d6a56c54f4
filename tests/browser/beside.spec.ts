/** Findings beside the grid: by rule and cause, mended with one click; the view filtered by rule, level and state. */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const START = "SXKSRQ";
const WRONG = "20260231";
/** Records with a date that does not exist. */
const DATES = [3, 30, 31, 32, 33, 34, 35, 36];
/** Records without a name. */
const NAMES = [5, 50, 51, 52, 53, 54];

let bridge: Bridge;

test.beforeEach(async ({ page }) => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 100);
  const set = (column: string, value: string) => (place: number) => ({
    do: "set",
    row: rows[place]?.row,
    column,
    value,
  });
  const changes = [...DATES.map(set(START, WRONG)), ...NAMES.map(set("XSXM", ""))];
  await bridge.call("fill.edit", { table: TABLE, changes });
  await openTable(page, bridge, TABLE);
});
test.afterEach(() => bridge.end());

const side = (page: Page) => page.getByRole("complementary", { name: "问题和记录" });
const cause = (page: Page, title: string) => side(page).locator(".side-cause").filter({ hasText: title }).first();

test("many findings are a few lines, and a line shows its cards", async ({ page }) => {
  await expect(cause(page, "实习开始日期")).toContainText(String(DATES.length));
  await expect(cause(page, "学生姓名")).toContainText(String(NAMES.length));
  await expect(side(page).locator(".side-cause .side-finding")).toHaveCount(0);
  await cause(page, "实习开始日期").getByRole("button", { expanded: false }).click();
  await expect(cause(page, "实习开始日期").locator(".side-finding")).toHaveCount(DATES.length);
  await cause(page, "实习开始日期").locator(".side-finding-head").nth(1).click();
  await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`，第 ${(DATES[1] ?? 0) + 1} 行，`));
  await expect(side(page).getByRole("region", { name: "本条记录的问题" })).toContainText("2 月 31 日");
});

test("only the records of a rule are shown, and F8 stays among them", async ({ page }) => {
  await cause(page, "学生姓名").getByRole("button", { name: "只看这些记录" }).click();
  await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${NAMES.length} 条`);
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("F8");
  await page.keyboard.press("F8");
  await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${NAMES.length} 条`);
  await cause(page, "学生姓名").getByRole("button", { name: "显示全部记录" }).click();
  await expect(page.getByTestId("total")).not.toHaveText(/符合条件/);
});

test("records are shown by level and by their state", async ({ page }) => {
  await page.getByRole("button", { name: "状态" }).click();
  await page.getByRole("radio", { name: "强制" }).click();
  const { total } = await records(bridge, TABLE, 1);
  await expect(page.getByTestId("total")).toHaveText(/符合条件的 \d+ 条/);
  await page.getByRole("radio", { name: "不限" }).click();
  await page.getByRole("checkbox", { name: "已入库" }).click();
  await expect(page.getByTestId("total")).toHaveText("符合条件的 0 条");
  await page.getByRole("checkbox", { name: "未上报" }).click();
  await expect(page.getByTestId("total")).toHaveText(`符合条件的 ${total} 条`);
});

test("what all findings of a cause suggest is put in with one click and taken back with one key", async ({ page }) => {
  const { rows } = await records(bridge, TABLE, 100);
  const changes = DATES.map((place) => ({ do: "set", row: rows[place]?.row, column: "XH", value: `2024O14${place}` }));
  await bridge.call("fill.edit", { table: TABLE, changes });
  const numbers = async () => {
    const now = (await records(bridge, TABLE, 100)).rows;
    return DATES.map((place) => now[place]?.cells.XH);
  };
  const wrong = await numbers();
  const causes = await bridge.call<{ column: string; suggested: number }[]>("fill.causes", { table: TABLE });
  const suggested = causes.find((one) => one.column === "XH" && one.suggested > 0);
  test.skip(!suggested, "no rule suggests a number here");
  await side(page)
    .getByRole("button", { name: `按建议改正 ${suggested?.suggested} 处` })
    .click();
  await expect.poll(numbers).not.toEqual(wrong);
  await expectSaved(page);
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+z");
  await expect.poll(numbers).toEqual(wrong);
});

test("a mark beside the scroll bar leads to its record", async ({ page }) => {
  const marks = page.getByTestId("marks");
  await expect(marks.locator("i").first()).toBeVisible();
  const last = Math.max(...DATES, ...NAMES);
  const box = await marks.locator("i").last().boundingBox();
  if (!box) throw new Error("no mark");
  await page.mouse.click(box.x + 2, box.y + 1);
  // A part of the view is two of the 400 records.
  await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`，第 (${last}|${last + 1}|${last + 2}) 行，`));
  await expect(field(page)).toBeFocused();
});
