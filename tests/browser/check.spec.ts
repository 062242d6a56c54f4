/**
 * The views of the checking screen: findings in groups, corrected, explained and taken out together; reasons at hand;
 * the quality of the data; the states of rules.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { field, records } from "./stage/grid";
import { canPrint, printed } from "./stage/printed";
import { workbook } from "./stage/workbook";

const TABLE = "ODS_SXJCSJ";
/** Weeks in words: two of the three have a suggestion. */
const WEEKS = ["十二周", "二十周", "很久"];
const NUMBERS = [10, 11, 12, 13];

let bridge: Bridge;

test.beforeEach(async ({ page }) => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 40);
  const set = (column: string, place: number, value: string) => ({ do: "set", row: rows[place]?.row, column, value });
  await bridge.call("fill.edit", {
    table: TABLE,
    changes: [
      ...WEEKS.map((value, i) => set("SXSC", i, value)),
      ...[3, 4, 5].map((place) => set("SXKSRQ", place, "20260231")),
      ...NUMBERS.map((place) => set("XH", place, `2024O14${place}`)),
    ],
  });
  await page.goto(`${bridge.address}/#/check`);
  await expect(group(page, "实习时长")).toBeVisible();
});
test.afterEach(() => bridge.end());

const group = (page: Page, title: string) => page.locator(".check-group").filter({ hasText: title }).first();
const column = async (name: string, count = 20) =>
  (await records(bridge, TABLE, count)).rows.map(({ cells }) => cells[name] ?? "");
const counted = async (page: Page) => {
  const texts = await page
    .locator(".check-list > .check-group > .check-group-line .check-group-count")
    .allTextContents();
  return texts.map((text) => Number(text.replaceAll(",", ""))).reduce((sum, one) => sum + one, 0);
};
async function groupBy(page: Page, words: string) {
  const list = page.getByRole("combobox", { name: "归类方式" });
  const option = page.locator(".ant-select-item-option").filter({ hasText: words });
  const asked = page.waitForResponse("**/call/check.groups");
  // A list that is still opening does not take a click.
  await expect(async () => {
    if (!(await option.isVisible())) await list.click();
    await option.click({ timeout: 2_000 });
    await expect(page.locator(".ant-select").filter({ has: list })).toContainText(words, { timeout: 2_000 });
  }).toPass();
  await asked;
}

test("each way to group shows every finding once", async ({ page }) => {
  const { counts } = await bridge.call<{ counts: Record<"mandatory" | "confirm" | "hint", number> }>(
    "check.groups",
    {},
  );
  const all = counts.mandatory + counts.confirm + counts.hint;
  await expect.poll(() => counted(page)).toBe(all);
  for (const words of ["相同内容", "每种取值", "校验规则", "导入", "数据表", "部门", "级别"]) {
    await groupBy(page, `按${words}归类`);
    await expect.poll(() => counted(page), words).toBe(all);
  }
  // By level there is one line for each level that was found, called by its name.
  const names = await page.locator(".check-group-words a").allTextContents();
  const found = [counts.mandatory, counts.confirm, counts.hint];
  expect(names).toEqual(["强制", "核实", "提示"].filter((_, i) => (found[i] ?? 0) > 0));
  await expect(page.locator(".check-group-words p").first()).toContainText("例如：");
});

test("a group opens to its values and these to their cells, each a way into the grid", async ({ page }) => {
  const weeks = group(page, "实习时长");
  await weeks.getByRole("button", { name: "显示涉及的记录" }).first().click();
  await expect(weeks.locator(".check-group-parts .check-group")).toHaveCount(WEEKS.length);
  const part = weeks.locator(".check-group-parts .check-group").filter({ hasText: "很久" });
  await part.getByRole("button", { name: "显示涉及的记录" }).click();
  await part.getByRole("link", { name: "第 3 行" }).click();
  await expect(field(page)).toHaveAttribute("aria-label", /^实习时长，第 3 行，很久/);
});

test("records of one import are one group", async ({ page }) => {
  const file = await workbook(bridge, TABLE, [{ row: 6, column: "SFQDSFXY", value: "也许" }]);
  await page.goto(`${bridge.address}/#/workbooks`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByTestId("choose-files").click();
  await (await chooser).setFiles({ name: "实习登记.csv", mimeType: "text/csv", buffer: file });
  await page.getByTestId("apply").click();
  await expect(page.getByText(/^已导入：/)).toBeVisible();
  await page.goto(`${bridge.address}/#/check`);
  await groupBy(page, "按导入归类");
  await expect(group(page, "实习登记.csv")).toContainText("也许");
  await expect(group(page, "不是导入的记录")).toBeVisible();
});

test("suggestions are taken for a whole group and taken back from the bar", async ({ page }) => {
  const before = await column("SXSC");
  await group(page, "实习时长").getByRole("button", { name: "采用建议值（2 处）" }).click();
  const bar = page.getByRole("status").filter({ hasText: "已改正 2 处" });
  await expect(bar).toContainText("另有 1 处保持原样");
  expect((await column("SXSC")).slice(0, 3)).toEqual(["12", "20", "很久"]);
  await bar.getByRole("button", { name: "撤销这次改正" }).click();
  await expect(page.getByText("已撤销，2 处恢复原样。")).toBeVisible();
  await expect(bar).toBeHidden();
  expect(await column("SXSC")).toEqual(before);
});

test("all cells of a group get one value, or are emptied, and Ctrl+Z in the table takes it back", async ({ page }) => {
  const before = await column("SXKSRQ");
  await group(page, "实习开始日期").getByRole("button", { name: "批量修改…" }).click();
  const ways = page.getByRole("tooltip");
  await expect(ways).toContainText("把这 3 处“实习开始日期”全部改为：");
  await ways.getByRole("textbox").fill("2026-9-1");
  await ways.getByRole("button", { name: "全部改正" }).click();
  await expect(page.getByText("已改正 3 处（3 条记录）。")).toBeVisible();
  expect((await column("SXKSRQ")).slice(3, 6)).toEqual(["20260901", "20260901", "20260901"]);
  await page.goto(`${bridge.address}/#/fill/${TABLE}`);
  await page.locator("#cell-0-0").click();
  await page.keyboard.press("Control+z");
  await expect.poll(() => column("SXKSRQ")).toEqual(before);
  await page.goto(`${bridge.address}/#/check`);
  await group(page, "实习时长").getByRole("button", { name: "批量修改…" }).click();
  await page.getByRole("tooltip").getByRole("button", { name: "全部清空" }).click();
  await expect(page.getByText("已改正 3 处（3 条记录）。")).toBeVisible();
  expect((await column("SXSC")).slice(0, 3)).toEqual(["", "", ""]);
});

test("a group is explained at once with a kept reason, shown there, and taken back", async ({ page }) => {
  await page.getByRole("button", { name: "常用说明…" }).click();
  const dialog = page.getByRole("dialog", { name: "情况说明" });
  await dialog.getByPlaceholder("新的常用说明").fill("学号由学校重新编排");
  await dialog.getByRole("button", { name: "添加" }).click();
  await expect(dialog.getByRole("listitem")).toHaveText(/学号由学校重新编排/);
  await expectAccessible(page, "reasons");
  await page.keyboard.press("Escape");

  const numbers = page.locator(".check-group").filter({ hasText: "学号" }).filter({ hasText: "说明情况" }).first();
  const title = await numbers.locator(".check-group-words p").textContent();
  const same = page
    .locator(".check-group")
    .filter({ hasText: title?.slice(-12) ?? "" })
    .first();
  await same.getByRole("button", { name: "说明情况" }).click();
  const ways = page.getByRole("tooltip");
  await expect(ways).toContainText(/用于 \d+ 处相同问题/);
  await ways.getByRole("button", { name: "学号由学校重新编排" }).click();
  await ways.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText(/^已说明 \d+$/).first()).toBeVisible();

  const open = await page.locator(".check-list > .check-group").count();
  await page.getByRole("checkbox", { name: "只看未说明的" }).check();
  await expect(page.locator(".check-list > .check-group")).toHaveCount(open - 1);
  await page.getByRole("checkbox", { name: "只看未说明的" }).uncheck();
  await page.getByRole("button", { name: "修改情况说明" }).first().click();
  await page.getByRole("tooltip").getByRole("button", { name: "撤回情况说明" }).click();
  await expect(page.getByText(/^已说明 \d+$/)).toHaveCount(0);

  await page.getByRole("button", { name: "常用说明…" }).click();
  await dialog.getByRole("button", { name: "删除" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(0);
});

test("the records of a group are taken out as a workbook with the findings", async ({ page }) => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    group(page, "实习时长").getByRole("button", { name: "导出" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/待改正\.xlsx$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
  await expect(page.getByText(`已导出 ${WEEKS.length} 条记录。`)).toBeVisible();
});

test("the quality of the data: indicators, what costs most, weights, and both reports", async ({ page }) => {
  await page.getByText("数据质量", { exact: true }).click();
  const score = page.locator(".check-score");
  await expect(score).toHaveText(/^\d+\.\d$/);
  await expect(page.locator(".check-quality-table tbody tr")).toHaveCount(20);
  await expect(page.getByRole("img", { name: "六个维度的得分" })).toBeVisible();
  await expectAccessible(page, "quality");
  await page.getByText("扣分最多的", { exact: true }).click();
  const first = page.locator(".check-quality-table tbody tr").filter({ hasText: "实习基础" }).first();
  await first.getByRole("button", { name: "去改正" }).click();
  await expect(page).toHaveURL(new RegExp(`#/check/${TABLE}$`));
  await page.getByText("数据质量", { exact: true }).click();

  await page.getByRole("button", { name: "权重和应有记录数…" }).click();
  const dialog = page.getByRole("dialog", { name: "权重和应有记录数" });
  await expectAccessible(page, "weights");
  await dialog.getByRole("spinbutton", { name: "数据标准 权重" }).fill("5");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".check-quality-table tr").filter({ hasText: "0101" }).locator("td").nth(1)).toHaveText(
    "5",
  );

  for (const [words, ending] of [
    ["打印报告…", "html"],
    ["导出报告…", "xlsx"],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: words }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`数据质量报告.${ending}`);
  }
  await expect(page.getByText(/报告已生成，数据指纹 [0-9a-f]{12}/).first()).toBeVisible();
});

test("the quality report prints on pages of A4 with nothing cut", async ({ page }) => {
  test.skip(!canPrint(), "pdftoppm (poppler-utils) is not on this machine");
  const folder = mkdtempSync(join(tmpdir(), "tianbao-printed-"));
  const html = join(folder, "report.html");
  const { digest } = await bridge.call<{ digest: string }>("quality.write", { period: null, path: html });
  await page.goto(`file://${html}`);
  const pdf = join(folder, "report.pdf");
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const paper = printed(pdf);
  expect(paper.outside).toEqual([]);
  expect(paper.pages).toBeGreaterThan(0);
  for (const words of ["数据质量", "0101", "实习基础", digest.slice(0, 12)]) expect(paper.text).toContain(words);
  rmSync(folder, { recursive: true, force: true });
});

test("the states of rules: found, holding, none that waits, fields without a rule", async ({ page }) => {
  await page.getByText("规则状态", { exact: true }).click();
  const rows = page.locator(".check-list tbody tr.ant-table-row");
  const part = (words: string) => page.locator(".check-filters .ant-segmented-item").filter({ hasText: words });
  await expect(part("有问题")).toContainText(/有问题 \d+/);
  await part("没有运行").click();
  await expect(page.locator(".check-list")).toContainText("规则都运行完了，没有等待的。");
  await expectAccessible(page, "rules");
  await part("通过").click();
  await expect(rows.first()).toContainText("学校基本");
  await page.getByRole("textbox", { name: "查找" }).fill("没有这样的规则");
  await expect(page.locator(".check-list")).toContainText(/没有“没有这样的规则”，清空查找框可查看全部 [\d,]+ 条。/);
  await page.getByRole("button", { name: "清空查找" }).click();
  await expect(rows).toHaveCount(50);
  await part("没有规则的数据项").click();
  await expect(rows.first()).toBeVisible();
  await expect(page.getByText("暂无数据")).toHaveCount(0);
});

test("rules that wait are named while they wait", async ({ page }) => {
  const waiting = { table: TABLE, table_title: "实习基础", rule: `${TABLE}.x`, reason: "同一家企业只有一个名称。" };
  await page.route("**/call/check.waiting", (route) => route.fulfill({ json: [waiting] }));
  await page.goto(`${bridge.address}/#/check/mandatory`);
  await page.reload();
  const note = page.getByTestId("waiting-rules");
  await expect(note).toHaveText(/1 条规则正在重新校验/);
  await note.hover();
  await expect(page.getByRole("tooltip")).toContainText("实习基础：同一家企业只有一个名称。");
});
