/** The sample school of another edition, from the first screen to its tables. */
import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, startBridge } from "./stage/bridge";

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
});
test.afterAll(() => bridge.end());

test("a secondary school looks around in a school of its kind", async ({ page }) => {
  await page.goto(bridge.address);
  await page.getByTestId("sample-edition").click();
  await expectAccessible(page, "samples of editions");
  await page.getByRole("menuitem", { name: "中职 2023-06" }).click();
  await expect(page.getByRole("navigation", { name: "主导航" })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("示例中等职业学校").first()).toBeVisible();
  await page.goto(`${bridge.address}/#/fill/ODS_ZZSXJCSJ`);
  await expect(page.locator("#cell-0-0")).toBeVisible();
  await expectAccessible(page, "internships of a secondary school");
});
