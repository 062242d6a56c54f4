/** A record as a page: tables with one record, filling by reference, and carrying over from an earlier period. */
import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, openTable, pressTool, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const SCHOOL = "ODS_XXJBSJ";

let bridge: Bridge;

test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterEach(() => bridge.end());

const form = (page: Page) => page.getByRole("region", { name: "记录表单" });

test("a table with one record opens as a form, and Enter goes from field to field", async ({ page }) => {
  await page.goto(`${bridge.address}/#/fill/${SCHOOL}`);
  await expect(form(page)).toBeVisible();
  await expectAccessible(page, "form");
  const first = form(page).locator(".side-field input:not([role=combobox])").first();
  await first.click();
  const before = await first.inputValue();
  await page.keyboard.type("改");
  await page.keyboard.press("Escape");
  await expect(first).toHaveValue(before);
  await page.keyboard.press("Enter");
  await expect(first).not.toBeFocused();
  await form(page).getByRole("button", { name: "返回表格" }).click();
  await expect(page.getByTestId("cell-editor")).toBeVisible();
});

test("the previous and the next record are at hand", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.getByRole("button", { name: "表单", exact: true }).click();
  await form(page).getByRole("button", { name: "下一条记录" }).click();
  await expect(form(page)).toContainText("第 2 行");
  await form(page).getByRole("button", { name: "上一条记录" }).click();
  await expect(form(page)).toContainText("第 1 行");
});

test("a number of another table is offered, and its name comes along", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.keyboard.press("Control+End");
  await page.getByRole("button", { name: "表单", exact: true }).click();
  await form(page).getByRole("button", { name: "新增一条" }).click();
  const offered = await bridge.call<{ value: string; fills: Record<string, string> }[]>("fill.referred", {
    table: TABLE,
    column: "XH",
    find: "",
  });
  const [wanted] = offered;
  expect(Object.keys(wanted?.fills ?? {}).length).toBeGreaterThan(0);
  const number = form(page).locator(".side-field[data-column=XH] input");
  await number.click();
  await number.fill(wanted?.value ?? "");
  await page.locator(".side-referred-option").first().click();
  await expectSaved(page);
  const { total } = await records(bridge, TABLE, 1);
  const last = async () => {
    const view = { table: TABLE };
    const { rows } = await bridge.call<{ rows: { cells: Record<string, string> }[] }>("fill.page", {
      view,
      offset: total - 1,
      limit: 1,
    });
    return rows[0]?.cells ?? {};
  };
  await expect.poll(async () => (await last()).XH).toBe(wanted?.value);
  for (const [column, value] of Object.entries(wanted?.fills ?? {})) expect((await last())[column]).toBe(value);
});

test("records of an earlier period are carried over as one step", async ({ page }) => {
  const settings = await bridge.call<Record<string, unknown>>("settings.get", {});
  const { total } = await records(bridge, TABLE, 1);
  await bridge.call("settings.set", { ...settings, period: "2026-2027-2" });
  await page.goto(`${bridge.address}/#/fill/${TABLE}`);
  await pressTool(page, "沿用上期");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "实习结束日期" }).click();
  await dialog.getByRole("button", { name: `沿用 ${total} 条` }).click();
  await expect.poll(async () => (await records(bridge, TABLE, 1)).total).toBe(total);
  const [first] = (await records(bridge, TABLE, 1)).rows;
  expect(first?.cells.SXJSRQ).toBeUndefined();
  expect(first?.cells.XH).toBeTruthy();
  await expect(dialog).toBeHidden();
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await records(bridge, TABLE, 1)).total).toBe(0);
});
