/** Tables over time: a period closes, the next one is filled with a planted drift, and the clerk sees it. */
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { oddities } from "./stage/geometry";
import { records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

test("a jump of the new period is seen, explained by its numbers, and asked about", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(`${bridge.address}/#/check/trend`);
  await expect(page.getByText("还没有可以对比的采集期")).toBeVisible();

  const settings = await bridge.call<Record<string, unknown>>("settings.get", {});
  await bridge.call("settings.set", { ...settings, period: "2026-2027-2" });
  await bridge.call("fill.carry_over", { table: TABLE, from: "2026-2027-1", columns: [] });
  const { rows } = await records(bridge, TABLE, 400);
  const changes = rows.map(({ row, cells }) => ({
    do: "set",
    row,
    column: "SXSC",
    value: String(Number(cells.SXSC) * 7),
  }));
  changes.push(...rows.slice(300).map(({ row }) => ({ do: "delete", row, column: "", value: "" })));
  await bridge.call("fill.edit", { table: TABLE, changes });
  await bridge.call("check.run", { tables: [TABLE], job: 0 });

  await page.reload();
  const line = page.locator(".check-trend-table tr.ant-table-row").first();
  await expect(line).toContainText("实习基础");
  await expect(line).toContainText("300");
  await expect(line).toContainText("400");
  await expect(line).toContainText("−25%");
  const detail = page.getByLabel("实习基础");
  await expect(detail.getByRole("img", { name: /各期记录数：.*400.*300/ })).toBeVisible();
  await expect(detail).toContainText("减少 100 个");
  await expect(detail.locator("tr").filter({ hasText: "实习时长" })).toContainText(/中位数 \d+ ← \d+/);
  await expectAccessible(page, "trend");
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1093, height: 614 },
    { width: 683, height: 384 },
  ]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: picture(`trend-${size.width}`) });
    expect(await oddities(page), `${size.width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });

  await detail.getByRole("link", { name: "查看核实问题" }).click();
  await expect(page.locator(".check-group").filter({ hasText: "平均值" })).toContainText(/平均值 \d.* → \d.*，近 1 期/);

  // A table with fewer records than expected is seen at once.
  await bridge.call("quality.set", { dimensions: {}, indicators: {}, expected: { [TABLE]: 380 } });
  await expect(page.locator(".check-group").filter({ hasText: "应有 380 条，现有 300 条，少 80 条。" })).toBeVisible();
  await page.getByText("与往期对比", { exact: true }).click();
  await page.getByText(/^少于应有 1$/).click();
  await expect(line).toContainText("少 80");

  // The college allows more: what is asked about follows.
  await page.getByRole("button", { name: "允许范围…" }).click();
  const dialog = page.getByRole("dialog", { name: "允许范围" });
  await dialog.getByRole("spinbutton", { name: /数量、平均值/ }).fill("0");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(line).toContainText("少 80");
  await page.goto(`${bridge.address}/#/check/${TABLE}`);
  await expect(page.locator(".check-group").filter({ hasText: "应有 380 条" })).toBeVisible();
  await expect(page.locator(".check-group").filter({ hasText: "平均值" })).toHaveCount(0);
});
