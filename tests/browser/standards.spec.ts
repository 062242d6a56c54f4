/**
 * The standards: looking at each edition, finding anything in it, its rules, its code lists, and comparing editions.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";

const EDITIONS = [
  { id: "gaozhi-2024.09", name: "高职 2024-09（本填报册）", tables: 98 },
  { id: "gaozhi-2023.06", name: "高职 2023-06", tables: 85 },
  { id: "zhongzhi-2023.06", name: "中职 2023-06", tables: 47 },
];

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

async function open(page: Page, place: string): Promise<void> {
  await page.goto(`${bridge.address}/#/standards${place}`);
  await expect(page.getByRole("heading", { level: 1, name: "标准" })).toBeVisible();
}
const search = (page: Page) => page.getByTestId("standards-search");
const answers = (page: Page) => page.getByRole("listbox", { name: "搜索结果" });
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("each edition can be browsed, that of the book first", async ({ page }) => {
  await open(page, "");
  await page.getByTestId("edition-choice").click();
  const options = page.locator(".ant-select-item-option");
  await expect(options).toHaveText(EDITIONS.map(({ name }) => name));
  await page.keyboard.press("Escape");
  for (const { id, name, tables } of EDITIONS) {
    await page.getByTestId("edition-choice").click();
    await options.filter({ hasText: name }).click();
    await expect(page.locator(".tree a")).toHaveCount(tables);
    await page
      .locator(".tree a")
      .nth(tables - 1)
      .click();
    await expect(page.locator(".tree a[aria-current]")).toHaveCount(1);
    await expect(page.locator(".browse-fields tbody tr").first()).toBeVisible();
    const specified = await bridge.call<{ subsets: { tables: { table: string; fields: number }[] }[] }>(
      "standard.tree",
      { edition: id },
    );
    const last = specified.subsets.flatMap((subset) => subset.tables).at(-1);
    await expect(page.locator(".browse-fields tbody tr")).toHaveCount(last?.fields ?? 0);
    expect(await fits(page)).toBeLessThanOrEqual(0);
  }
});

test("typing anywhere finds tables, fields, lists, codes and rules by initials", async ({ page }) => {
  await open(page, "");
  await expect(page.locator(".browse-fields tbody tr").first()).toBeVisible();
  await page.keyboard.type("sxjc");
  await expect(search(page)).toHaveValue("sxjc");
  await expect(answers(page).getByRole("option").first()).toContainText("实习基础");
  await expectAccessible(page, "answers");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "实习基础数据子类表" })).toBeVisible();
  await expect(answers(page)).toBeHidden();

  await page.keyboard.press("Control+f");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("SXKSRQ");
  await expect(answers(page).getByRole("option").first()).toContainText("实习开始日期");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(".browse-side h2")).toHaveText("实习开始日期");

  await page.keyboard.press("Control+f");
  await page.keyboard.type("wnzys");
  await answers(page)
    .getByRole("option", { name: /五年制以上/ })
    .click();
  await expect(page.getByRole("heading", { name: "学制代码" })).toBeVisible();
  await expect(page.locator(".browse-list tr.is-on")).toContainText("五年制以上");

  await page.keyboard.press("Control+f");
  await page.keyboard.type("xzdm");
  await page.getByRole("button", { name: /^代码集/ }).click();
  await expect(answers(page).getByRole("group")).toHaveCount(1);
  await search(page).press("Escape");
  await expect(answers(page)).toBeHidden();
});

test("the keyboard alone walks fields, tabs and views", async ({ page }) => {
  await open(page, "/ODS_SXJCSJ");
  const rows = page.getByRole("region", { name: /实习基础数据子类表的数据项/ });
  await rows.focus();
  await page.keyboard.press("Home");
  await expect(page.locator(".browse-side h2")).toHaveText("主键数据唯一性标识");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".browse-side h2")).not.toHaveText("主键数据唯一性标识");
  await page.getByRole("tab", { name: /数据项/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /校验规则/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".rules-rule").first()).toBeVisible();
  await page.getByRole("radio", { name: "浏览" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".compare-numbers")).toBeVisible();
});

test("a code list is walked level by level, and leads to the fields that use it", async ({ page }) => {
  await open(page, "/codes//GBT2260");
  const codes = page.locator(".browse-list .facts tbody tr");
  await expect(codes).toHaveCount(34);
  await page.getByRole("button", { name: /^江苏省的下级/ }).click();
  await expect(codes.first()).toContainText("南京市");
  await page.getByRole("button", { name: /^无锡市的下级/ }).click();
  const levels = page.getByRole("navigation", { name: "上级代码" });
  await expect(levels).toHaveText(/全部.*江苏省.*无锡市/);
  await expect(codes.filter({ hasText: "320211" })).toContainText("滨湖区");
  await expectAccessible(page, "code list");
  await levels.getByRole("button", { name: "江苏省" }).click();
  await expect(codes.first()).toContainText("南京市");
  await page.goBack();
  await expect(codes.filter({ hasText: "320211" })).toBeVisible();

  await page.getByRole("textbox", { name: "名称、代码、拼音或首字母" }).fill("bhq");
  await expect(codes.filter({ hasText: "320211" })).toContainText("江苏省 › 无锡市");

  await page.locator(".browse-used-by a", { hasText: "实习地点所在省机构编码" }).click();
  await expect(page.getByRole("heading", { name: "实习基础数据子类表" })).toBeVisible();
  await expect(page.locator(".browse-side h2")).toHaveText("实习地点所在省机构编码");
  await page.getByRole("tab", { name: /用到的代码集/ }).click();
  await expect(page.locator(".browse-used-lists article").first()).toBeVisible();
  await expectAccessible(page, "used lists");
});

test("a rule says why, on what it was tried, and whose it is", async ({ page }) => {
  await open(page, "/ODS_SXJCSJ//ODS_SXJCSJ.end-not-before-start//rules");
  await expect(page.locator(".rules-honest")).toContainText("不是教育部的校验规则");
  const rule = page.getByRole("article", { name: "ODS_SXJCSJ.end-not-before-start" });
  await expect(rule).toContainText("强制");
  await expect(rule.getByRole("heading", { level: 3 })).toContainText("早于实习开始日期");
  const [answer] = (
    await bridge.call<{ rules: { reason: string; sql: string; fail: { rows: { cells: { value: string }[] }[] }[] }[] }>(
      "standard.rules",
      {
        table: "ODS_SXJCSJ",
        find: "ODS_SXJCSJ.end-not-before-start",
      },
    )
  ).rules;
  await expect(rule).toContainText(answer?.reason ?? "?");
  for (const { value } of answer?.fail[0]?.rows[0]?.cells ?? [])
    await expect(rule.locator(".rules-rows").first()).toContainText(value);
  await rule.getByRole("button", { name: "看规则的写法" }).click();
  await expect(rule.locator("pre")).toHaveText(answer?.sql ?? "?");
  await expectAccessible(page, "rules");
  expect(await fits(page)).toBeLessThanOrEqual(0);
});

test("two editions are compared down to a length and to a code", async ({ page }) => {
  await open(page, "/compare");
  const numbers = page.getByRole("group", { name: "两个版本有多少不同" });
  await expect(numbers.getByRole("button").first()).toHaveText(
    /数据表.*新增 19.*删除 6.*修改 79.*移动 7.*数据项.*新增 21.*删除 29.*修改 243/,
  );
  await expect(numbers.getByRole("button").nth(1)).toHaveText(/代码集.*新增 21.*删除 2.*修改 13/);
  await page.screenshot({ path: picture("compare") });
  await expectAccessible(page, "comparison");

  const school = page.locator("[data-name=ODS_XXJBSJ]");
  await school.getByRole("button").click();
  await expect(school.getByRole("row", { name: /学校机构代码/ })).toHaveText(/长度.*20.*→.*18/);
  await expectAccessible(page, "comparison of a table");

  await page.keyboard.press("Control+f");
  await expect(page.getByRole("textbox", { name: "表、数据项：名称或拼音" })).toBeFocused();
  await page.keyboard.type("jhkc");
  const gone = page.locator("[data-name=ODS_JHKCSJ]");
  await gone.getByRole("button").click();
  await expect(gone).toContainText("由“培养方案课程设置”取代");

  await numbers.getByRole("button").nth(1).click();
  await page.getByRole("textbox", { name: "代码集、代码：名称或拼音" }).fill("五年制以上");
  const years = page.locator("[data-name=XZDM]");
  await years.getByRole("button").click();
  await expect(years.getByRole("row", { name: /五年制以上/ })).toHaveText(/新增.*6/);
  await page.getByRole("textbox", { name: "代码集、代码：名称或拼音" }).fill("");
  await page.locator(".compare-bar .ant-segmented-item", { hasText: "删除" }).click();
  await expect(page.locator(".compare-diff")).toHaveCount(2);

  await page.getByRole("button", { name: "交换两个版本" }).click();
  await expect(numbers.getByRole("button").nth(1)).toHaveText(/新增 2.*删除 21/);
});

test("a table's specification is written to a workbook", async ({ page }) => {
  await open(page, "/ODS_SXJCSJ");
  await page.getByTestId("specification").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "只这张表" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("实习基础规格说明.xlsx");
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});

test("every view of the standards is accessible and fits", async ({ page }) => {
  for (const place of ["/ODS_SXJCSJ", "/codes", "/compare////rules"]) {
    await open(page, place);
    await expect(page.locator(".facts tbody tr").first()).toBeVisible();
    expect(await fits(page)).toBeLessThanOrEqual(0);
    await expectAccessible(page, place);
  }
  await open(page, "/ODS_SXJCSJ//SXKSRQ");
  await expect(page.locator(".browse-side h2")).toHaveText("实习开始日期");
  await page.screenshot({ path: picture("standards") });
});
