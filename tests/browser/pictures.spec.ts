/**
 * Twelve pictures of the work, taken to be looked at: what a clerk sees while filling. Each is also measured: nothing
 * is cut, outside, covered or without width.
 */
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { oddities } from "./stage/geometry";
import { field, goToColumn, openTable, records } from "./stage/grid";
import { settled } from "./stage/settled";

const TABLE = "ODS_SXJCSJ";

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 60);
  const set = (column: string, place: number, value: string) => ({ do: "set", row: rows[place]?.row, column, value });
  const changes = [
    ...[1, 2, 3, 20, 50].map((place) => set("SXKSRQ", place, "20260231")),
    ...[4, 5].map((place) => set("SXSC", place, "十二周")),
    ...[6, 7, 8].map((place) => set("XH", place, `2024O14${place}`)),
  ];
  await bridge.call("fill.edit", { table: TABLE, changes });
});
test.afterAll(() => bridge.end());

/** Measures the page and takes its picture. */
async function picture(page: Page, name: string) {
  await expect(page.locator(".ant-spin, .ant-message-notice")).toHaveCount(0);
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  const path = join(process.env.TIANBAO_RESULTS ?? "results", "pictures", `${name}.png`);
  await page.screenshot({ path });
  expect(await oddities(page), name).toEqual([]);
}

test("01 filling with findings", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await goToColumn(page, "实习开始日期");
  await page.keyboard.press("F8");
  await expect(page.getByRole("region", { name: "本条记录的问题" })).toBeVisible();
  await expect(page.getByTestId("marks").locator("i").first()).toBeVisible();
  await picture(page, "01-fill-findings");
});

test("02 the list of codes is open", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await goToColumn(page, "实习地点所在省机构编码");
  await page.keyboard.type("js");
  await expect(page.getByRole("option").first()).toContainText("江苏省");
  await picture(page, "02-list-open");
});

test("03 a record as a form", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.getByRole("button", { name: "表单", exact: true }).click();
  await expect(page.locator("[data-column=ZYMC] input").first()).toBeVisible();
  await picture(page, "03-form");
  await page.getByRole("button", { name: "返回表格" }).click();
});

test("04 find and replace", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.keyboard.press("Control+h");
  await page.keyboard.type("软件");
  await expect(page.getByTestId("hits")).toHaveText(/\d+ 条记录/);
  await picture(page, "04-find-replace");
});

test("05 the filter of a column", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await goToColumn(page, "专业名称");
  await page.keyboard.press("Control+Shift+L");
  await expect(page.getByRole("group", { name: "按值筛选" }).getByRole("checkbox").nth(2)).toBeVisible();
  await picture(page, "05-filter");
});

test("06 the calendar of what is due", async ({ page }) => {
  await page.goto(`${bridge.address}/#/home`);
  await settled(page);
  await expect(page.getByText("截止日历")).toBeVisible();
  await picture(page, "06-calendar");
});

test("07 dark", async ({ page }) => {
  await page.goto(`${bridge.address}/#/settings/appearance`);
  await page.getByText("深色", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await openTable(page, bridge, TABLE);
  await expect(page.getByTestId("marks").locator("i").first()).toBeVisible();
  await picture(page, "07-dark");
  await page.goto(`${bridge.address}/#/check`);
  await settled(page);
  await picture(page, "07-dark-check");
  await page.goto(`${bridge.address}/#/settings/appearance`);
  await page.getByText("浅色", { exact: true }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
});

test("08 at 200 %", async ({ page }) => {
  await page.setViewportSize({ width: 683, height: 384 });
  await openTable(page, bridge, TABLE);
  await picture(page, "08-200-percent");
});

test("09 a laptop behind 125 %", async ({ page }) => {
  await page.setViewportSize({ width: 1093, height: 614 });
  await openTable(page, bridge, TABLE);
  await expect(page.getByTestId("marks").locator("i").first()).toBeVisible();
  await picture(page, "09-1093x614");
});

test("10 an empty table", async ({ page }) => {
  const { rows } = await records(bridge, "ODS_DKSJ", 1000);
  const changes = rows.map(({ row }) => ({ do: "delete", row }));
  await bridge.call("fill.edit", { table: "ODS_DKSJ", changes });
  await page.goto(`${bridge.address}/#/fill/ODS_DKSJ`);
  await settled(page);
  await expect(field(page)).toBeFocused();
  await picture(page, "10-empty-table");
  await bridge.call("fill.undo", { count: 1, step: null });
});

test("11 a million rows", async ({ page }) => {
  // Only the looks are tried here, so the records of the sample stand for them again and again.
  const MANY = 1_000_000;
  const real = await bridge.call<{ rows: { row: number; place: number }[] }>("fill.page", {
    view: { table: TABLE, filters: [], sort: [], only_findings: false, find: "" },
    order: null,
    offset: 0,
    limit: 400,
  });
  await page.route("**/call/fill.page", (route) => {
    const { offset, limit } = route.request().postDataJSON() as { offset: number; limit: number };
    const rows = Array.from({ length: Math.min(limit, MANY - offset) }, (_, at) => ({
      ...real.rows[(offset + at) % real.rows.length],
      row: offset + at + 1,
      place: offset + at + 1,
    }));
    return route.fulfill({ json: { ...real, total: MANY, rows } });
  });
  await openTable(page, bridge, TABLE);
  await page.keyboard.press("Control+End");
  await expect(page.locator(".grid-number").filter({ hasText: "1,000,000" })).toBeVisible();
  await expect(page.getByTestId("total")).toHaveText("1,000,000 条记录");
  await picture(page, "11-million-rows");
});

test("the help shows the first steps in pictures and fits at each size", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1093, height: 614 },
    { width: 683, height: 384 },
  ]) {
    await page.setViewportSize(size);
    await page.keyboard.press("F1");
    const help = page.getByRole("dialog", { name: "帮助：第一步和按键" });
    await expect(help.locator(".help-picture")).toHaveCount(6);
    // No word of a picture is longer than its picture.
    const outside = await help.locator("svg text").evaluateAll((texts) =>
      texts
        .filter((text) => {
          const box = text.getBoundingClientRect();
          const frame = text.closest("svg")?.getBoundingClientRect();
          return frame && (box.right > frame.right || box.left < frame.left || box.bottom > frame.bottom);
        })
        .map((text) => text.textContent),
    );
    expect(outside).toEqual([]);
    await picture(page, `help-${size.width}`);
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  }
});

test("12 the engine is gone, and back without a click", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await goToColumn(page, "实习内容");
  await page.route("**/call/**", (route) => route.abort());
  await page.keyboard.type("装配");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("away-notice")).toBeVisible();
  await picture(page, "12-engine-gone");
  await page.unroute("**/call/**");
  await expect(page.getByTestId("away-notice")).toBeHidden();
  await expect(page.getByTestId("save-state")).toHaveAttribute("data-pending", "0");
  await expect.poll(async () => (await records(bridge, TABLE, 1)).rows[0]?.cells.SXNR).toBe("装配");
});
