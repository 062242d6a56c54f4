/** Personal values stay masked wherever the page shows them, until the clerk asks to see them. */
import { expect, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
/** Letter O for zero: a finding about a personal column. */
const WRONG = "2024O141";

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  const [first] = (await records(bridge, TABLE, 1)).rows;
  await bridge.call("fill.edit", {
    table: TABLE,
    changes: [{ do: "set", row: first?.row, column: "XH", value: WRONG }],
  });
});
test.afterAll(() => bridge.end());

test("no text and no tooltip of the check screen has a personal value", async ({ page }) => {
  await page.goto(`${bridge.address}/#/check`);
  const groups = page.locator(".check-group").filter({ hasText: "学号" });
  await expect(groups.first()).toBeVisible();
  for (const button of await groups.getByRole("button", { name: "显示涉及的记录" }).all()) await button.click();
  await expect(groups.getByRole("link", { name: /第 1 行/ }).first()).toBeVisible();
  expect(await page.content()).not.toContain(WRONG);
});

test("no text and no tooltip of the filling screen has a personal value", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await expect(page.getByRole("complementary", { name: "问题和记录" })).toContainText("学号");
  expect(await page.content()).not.toContain(WRONG);
});

test("a finding about a masked value can be explained", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  const side = page.getByRole("complementary", { name: "问题和记录" });
  await side.getByRole("button", { name: /说明/ }).first().click();
  await page.getByRole("tooltip").getByRole("textbox").fill("学号由学校重新编排");
  await page.getByRole("tooltip").getByRole("button", { name: "保存" }).click();
  await expect(side).toContainText("学号由学校重新编排");
});

test("the form names each code of a field that takes several", async ({ page }) => {
  await openTable(page, bridge, "ODS_SZJZGSJ");
  const { rows } = await records(bridge, "ODS_SZJZGSJ", 60);
  const place = rows.findIndex(({ cells }) => cells.RYLXM === "1,3");
  for (let i = 0; i < place; i++) await page.keyboard.press("ArrowDown");
  await page.getByRole("tab", { name: "记录表单" }).click();
  const field = page.locator("[data-column=RYLXM]");
  await expect(field).toContainText("思政课教师");
  await expect(field).toContainText("辅导员");
});
