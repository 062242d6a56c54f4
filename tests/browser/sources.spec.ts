/** Saved sources: a workbook and a SQLite query are saved, tried, run and taken over, with codes converted. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

test("a folder becomes a source, is tried, run, imported, and has nothing new then", async ({ page }) => {
  const folder = join(bridge.home, "交来的表");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "实习一班.csv"),
    "学籍号码,姓名,对口否,企业,开始\n0012345678,张三,Y,示例科技有限公司,2026-09-01\n0012345679,李四,N,示例科技有限公司,2026-09-02\n",
  );
  await page.goto(`${bridge.address}/#/workbooks/sources`);
  await expect(page.getByText("还没有数据来源")).toBeVisible();
  await expectAccessible(page, "no sources");
  await page.getByRole("button", { name: "新建数据来源" }).click();
  await page.getByRole("textbox", { name: "名称" }).fill("各班交来的实习表");
  await page.getByRole("combobox", { name: "数据表" }).fill("实习基础");
  await page.getByRole("combobox", { name: "数据表" }).press("Enter");
  await page.getByRole("combobox", { name: "读取" }).click();
  await page
    .locator(".ant-select-item-option")
    .filter({ hasText: /^文件夹$/ })
    .click();
  await page.getByRole("textbox", { name: "文件夹" }).fill(folder);
  await expectAccessible(page, "the place of a source");
  await page.screenshot({ path: picture("source-place") });

  await page.getByRole("button", { name: "试读前 20 行" }).click();
  await expect(page.getByRole("cell", { name: "0012345678" })).toBeVisible();
  // 学籍号码 is like nothing for certain: the clerk says what it is.
  await page.getByRole("combobox", { name: "“学籍号码”对应的数据项" }).fill("学号");
  await page.getByRole("combobox", { name: "“学籍号码”对应的数据项" }).press("Enter");
  await page.getByRole("combobox", { name: "“对口否”对应的数据项" }).fill("是否对口");
  await page.getByRole("combobox", { name: "“对口否”对应的数据项" }).press("Enter");
  await expect(page.getByText("正在读取…")).toHaveCount(0);
  await page.screenshot({ path: picture("source-columns") });

  await page.getByText("代码对照", { exact: true }).click();
  await page.getByRole("combobox", { name: "要对照代码的数据项" }).fill("是否对口");
  await page.getByRole("combobox", { name: "要对照代码的数据项" }).press("Enter");
  await page.getByRole("button", { name: "统计出现的代码" }).click();
  for (const [own, code] of [
    ["Y", "是"],
    ["N", "否"],
  ]) {
    const chooser = page.getByRole("combobox", { name: `“${own}”对应的标准代码` });
    await chooser.fill(code as string);
    await page
      .locator(".ant-select-item-option")
      .filter({ hasText: code as string, visible: true })
      .first()
      .waitFor();
    await chooser.press("Enter");
  }
  await expectAccessible(page, "the codes of a source");
  await page.screenshot({ path: picture("source-codes") });
  await page.getByRole("button", { name: /^保\s?存$/ }).click();

  await expect(page.getByText("还没有运行")).toBeVisible();
  await page.getByRole("button", { name: /^运\s?行$/ }).click();
  await expect(page.getByTestId("outlook")).toContainText("新增 2 条");
  await page.getByTestId("apply").click();
  await expect(page.getByText("撤销这次导入")).toBeVisible();
  const rows = await bridge.call<{ rows: Record<string, string>[] }>("fill.rows", {
    table: "ODS_SXJCSJ",
    condition: "XH LIKE '00123456%'",
    limit: 10,
    offset: 0,
  });
  expect(rows.rows.map((row) => [row.XH, row.SFDK])).toEqual([
    ["0012345678", "1"],
    ["0012345679", "0"],
  ]);

  await page.goto(`${bridge.address}/#/workbooks/sources`);
  await expect(page.getByText("读取 2 行，已导入：新增 2，修改 0")).toBeVisible();
  await page.screenshot({ path: picture("source-list") });
  await page.getByRole("button", { name: /^运\s?行$/ }).click();
  await expect(page.getByText("没有新的文件（已导入过 1 个）。")).toBeVisible();
});
