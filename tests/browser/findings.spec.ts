/**
 * What a clerk does about findings that are no mistakes: different records that look alike, records of another period,
 * rules on paper.
 */
import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { openTable, records } from "./stage/grid";

const LOANS = "ODS_TSJYSJ";
const EXPENSES = "ODS_KYJFZCSJ";
/** A loan of the autumn before, brought back then. */
const LAST_YEAR = { JYRQ: "20251020", YJGHRQ: "20251110", SJGHRQ: "20251105" };
const LAST_AUTUMN = "2025-2026学年第一学期";

let bridge: Bridge;

test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterEach(() => bridge.end());

/** The first records of the loans get dates of the autumn before; answers how many there are. */
async function loansOfLastYear(count: number): Promise<number> {
  const { rows, total } = await records(bridge, LOANS, count);
  const cells = Object.entries(LAST_YEAR);
  const changes = rows.flatMap(({ row }) => cells.map(([column, value]) => ({ do: "set", row, column, value })));
  await bridge.call("fill.edit", { table: LOANS, changes });
  return total;
}

test("records with one key are said to be different ones, with the reason", async ({ page }) => {
  const [first] = (await records(bridge, EXPENSES, 1)).rows;
  const filled = Object.entries(first?.cells ?? {}).filter(
    ([column]) => !["ZJSJWYXBS", "XXDM", "SJCJSJ"].includes(column),
  );
  await bridge.call("fill.edit", {
    table: EXPENSES,
    changes: [{ do: "insert", values: Object.fromEntries(filled), after: null }],
  });
  await openTable(page, bridge, EXPENSES);
  await page.getByRole("button", { name: "这是两条不同的记录" }).first().click();
  await page.getByPlaceholder(/^写明为什么是两条不同的记录/).fill("两名专家同一天各付一笔");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  const keys = async () => {
    const { rows } = await bridge.call<{ rows: { ZJSJWYXBS: string }[] }>("fill.rows", {
      table: EXPENSES,
      limit: 2000,
    });
    return rows.length > 1 && new Set(rows.map((row) => row.ZJSJWYXBS)).size === rows.length;
  };
  await expect.poll(keys).toBe(true);
});

test("a record goes to the period of its dates, and its history says so in words", async ({ page }) => {
  const before = await loansOfLastYear(1);
  await openTable(page, bridge, LOANS);
  // The panel offers it for the record that the cursor is in, and below for the group.
  const here = page.getByRole("region", { name: "本条记录的问题" });
  await here.getByRole("button", { name: `移到${LAST_AUTUMN}` }).click();
  await expect(page.getByText(`已移到${LAST_AUTUMN}，可以撤销。`)).toBeVisible();
  await expect.poll(async () => (await records(bridge, LOANS)).total).toBe(before - 1);
  await page.getByRole("tab", { name: "历史" }).click();
  await page.getByText("整张表", { exact: true }).click();
  const step = page.locator(".side-history li").first();
  await expect(step).toContainText("采集期");
  await expect(step).toContainText(LAST_AUTUMN);
  await expect(step).not.toContainText("_period");
});

test("a group of findings moves all its records", async ({ page }) => {
  const before = await loansOfLastYear(3);
  await page.goto(`${bridge.address}/#/check`);
  await page.getByRole("button", { name: `移到${LAST_AUTUMN}（3 条）` }).click();
  await expect(page.getByText(`已把 3 条移到${LAST_AUTUMN}，可以撤销。`)).toBeVisible();
  await expect.poll(async () => (await records(bridge, LOANS)).total).toBe(before - 3);
  await bridge.call("fill.undo", { count: 1, step: null });
  expect((await records(bridge, LOANS)).total).toBe(before);
});

test("a clock that is behind is told, and the clerk can say that it is right", async ({ page }) => {
  const state = { pc: "2015-01-01T08:00:00+08:00", known: "2026-11-21T08:00:00+08:00", verdict: "behind" };
  await page.route("**/call/clock.state", (route) =>
    route.fulfill({ json: { ...state, witness: "log", can_trust: true } }),
  );
  const trusted = page.waitForRequest("**/call/clock.trust");
  await page.goto(bridge.address);
  await expect(page.getByTestId("clock-notice")).toContainText("这台电脑的时间慢了：现在显示 2015-01-01 08:00");
  await page.getByRole("button", { name: "这台电脑的时间是对的" }).click();
  await trusted;
});

test("the mandatory rules of the edition are written to a page", async ({ page }) => {
  await page.goto(`${bridge.address}/#/standards/ODS_SXJCSJ`);
  await page.getByRole("tab", { name: /^校验规则/ }).click();
  await page.getByTestId("print-rules").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "强制规则，整个标准版本" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/强制规则\.html$/);
  const printed = readFileSync(await download.path(), "utf8");
  expect(printed).toContain("每张表都做的校验");
  expect(printed).toContain("ODS_SXJCSJ.end-not-before-start");
});
