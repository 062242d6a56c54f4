/**
 * The whole job through the window: the sample college, a workbook with planted mistakes, findings, mending, submission
 * to a centre in another process, a rejected record that comes back to its cell, mending, and submission again.
 */
import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { type Center, startCenter } from "./stage/center";
import { expectSaved, field, records } from "./stage/grid";
import { compose } from "./stage/typing";
import { workbook } from "./stage/workbook";

const TABLE = "ODS_SXJCSJ";
const TITLE = "实习基础";
/** Right by all checks, and dropped by the centre. */
const UNKNOWN = { column: "SXNR", title: "实习内容", value: "查无此事" };
const MISTAKES = [
  { row: 0, column: "SXJSRQ", value: "20260231" },
  { row: 1, column: "SFQDSFXY", value: "也许" },
  { row: 2, column: "SXSC", value: "十二周" },
  { row: 3, column: UNKNOWN.column, value: UNKNOWN.value },
];

/** What the finding about 20260231 says. */
const NO_SUCH_DAY = "没有 2026 年 2 月 31 日这一天";

let bridge: Bridge;
let center: Center;
let before: Record<string, string>[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  [bridge, center] = await Promise.all([
    startBridge(),
    startCenter([{ table: TABLE, column: UNKNOWN.column, value: UNKNOWN.value }]),
  ]);
  await openSample(bridge);
  await bridge.call("connection.read", { name: "校级中心", file: center.connection });
  before = (await records(bridge, TABLE, 4)).rows.map(({ cells }) => cells);
});
test.afterAll(() => {
  bridge.end();
  center.end();
});

const go = async (page: Page, screen: string) => {
  await page.goto(bridge.address);
  await page.getByRole("link", { name: screen, exact: true }).click();
};
const counts = async () => (await bridge.call<{ counts: { mandatory: number } }>("check.groups", {})).counts;

test("a workbook is looked at before it changes anything, and then taken over", async ({ page }) => {
  expect((await counts()).mandatory).toBe(0);
  await go(page, "模板");
  const chooser = page.waitForEvent("filechooser");
  await page.getByTestId("choose-files").click();
  const buffer = await workbook(bridge, TABLE, MISTAKES);
  await (await chooser).setFiles({ name: "实习登记.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText("更新 4 条", { exact: true })).toBeVisible();
  await expectAccessible(page, "proposal");
  expect((await counts()).mandatory).toBe(0);
  await page.getByTestId("apply").click();
  await expect(page.getByText("已导入：新增 0 条，更新 4 条")).toBeVisible();
  expect((await counts()).mandatory).toBe(3);
});

test("each planted mistake is a finding in words, and nothing else is", async ({ page }) => {
  await go(page, "校验");
  const groups = page.locator(".check-group");
  await expect(groups.filter({ hasText: "强制" })).toHaveCount(3);
  await expect(groups).toHaveCount(3);
  // The finding about the date says which day there is not.
  for (const value of [NO_SUCH_DAY, "也许", "十二周"]) await expect(groups.filter({ hasText: value })).toHaveCount(1);
  await expectAccessible(page, "check");
});

test("mistakes are mended from the findings and in the grid", async ({ page }) => {
  await go(page, "校验");
  const group = page.locator(".check-group").filter({ hasText: NO_SUCH_DAY });
  await group.getByRole("button", { name: "批量修改…" }).click();
  await page
    .getByRole("tooltip")
    .getByRole("textbox")
    .fill(before[0]?.SXJSRQ ?? "");
  await page.getByRole("tooltip").getByRole("button", { name: "全部改正" }).click();
  await expect.poll(async () => (await counts()).mandatory).toBe(2);

  for (const [value, right] of [
    ["十二周", before[2]?.SXSC],
    ["也许", before[1]?.SFQDSFXY],
  ] as const) {
    await page.goto(`${bridge.address}/#/check`);
    await page.locator(".check-group").filter({ hasText: value }).getByRole("link").first().click();
    await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`${value}.*强制`));
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(right ?? "");
    await page.keyboard.press("Enter");
    await expectSaved(page);
  }
  await expect.poll(async () => (await counts()).mandatory).toBe(0);
});

test("what the centre rejects comes back to its cell", async ({ page }) => {
  await submit(page);
  const drawer = page.getByRole("dialog");
  await expect(drawer.locator("[data-state=partly-stored]")).toBeVisible();
  await expect(drawer.getByText("退回 1 条")).toBeVisible();
  await expectAccessible(page, "batch");
  await drawer.getByRole("link", { name: /^改正第 \d+ 行/ }).click();
  await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`^${UNKNOWN.title}.*${UNKNOWN.value}.*强制`));

  await compose(page, "dianji", "电机");
  await compose(page, "zhuangpei", "装配");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect((await records(bridge, TABLE, 4)).rows[3]?.cells[UNKNOWN.column]).toBe("电机装配");
});

test("only the mended record is sent again, and then it is stored", async ({ page }) => {
  await submit(page, 1);
  await expect(page.getByRole("dialog").locator("[data-state=stored]")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: TITLE })).toHaveCount(0);
  const ready = await bridge.call<{ tables: { table: string; to_send: number; rows: number; accepted: number }[] }>(
    "submit.ready",
    { connection: "校级中心" },
  );
  const table = ready.tables.find((one) => one.table === TABLE);
  expect(table?.to_send).toBe(0);
  expect(table?.accepted).toBe(table?.rows);
});

/** Submits the one table to the centre and asks for its results. */
async function submit(page: Page, rows?: number): Promise<void> {
  await go(page, "上报");
  await page.getByRole("combobox", { name: "上报到" }).click();
  await page
    .getByTitle("校级中心", { exact: true })
    .or(page.locator(".ant-select-item-option").filter({ hasText: "校级中心" }))
    .first()
    .click();
  const all = page.getByRole("checkbox", { name: "全选" });
  await expect(all).toBeEnabled();
  await all.check();
  await all.uncheck();
  await page.getByRole("checkbox", { name: TITLE, exact: true }).check();
  const send = page.getByTestId("send");
  await expect(send).toContainText(rows === undefined ? "1 张表" : `1 张表 ${rows} 条`);
  await send.click();
  await page.getByTestId("confirm-send").click();
  await expect(page.locator(".submit-drawer")).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Escape");
  await page.locator(".page-head").getByRole("button", { name: "查询结果" }).click();
  await page.locator(".submit-batch").first().click();
}
