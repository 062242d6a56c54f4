/** What a college adds for itself: a field by keyboard alone, a rule that is refused until it is right, a table. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const NOTE = { column: "X_NBBZ", title: "内部备注" };

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

interface Overlay {
  fields: { table: string; field: { column: string; title: string } }[];
  tables: { name: string }[];
  rules: { id: string }[];
}
const overlay = () => bridge.call<Overlay>("overlay.get", {});
const saved = () => records(bridge, TABLE);

async function open(page: Page, part = ""): Promise<void> {
  await page.goto(`${bridge.address}/#/standards/own${part && `////${part}`}`);
  await expect(page.getByRole("heading", { level: 1, name: "标准" })).toBeVisible();
  await expect(page.getByText("永远不会上报")).toBeVisible();
}

/** The shown section; the others stay as they were, out of sight. */
const part = (page: Page) => page.getByRole("tabpanel");
const add = (page: Page) => part(page).getByTestId("own-add");
const save = (page: Page) => part(page).getByTestId("own-save");
const text = (page: Page, name: string) => part(page).getByRole("textbox", { name, exact: true });

/** Chooses in a list by typing, as a clerk does. */
async function choose(page: Page, name: string, find: string): Promise<void> {
  const list = part(page).getByRole("combobox", { name, exact: true });
  await list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type(find);
  await expect(page.locator(".ant-select-dropdown:visible .ant-select-item-option-active")).toBeVisible();
  await page.keyboard.press("Enter");
  if (name !== "涉及的数据项") await expect(page.locator(".ant-select-dropdown:visible")).toHaveCount(0);
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("a field is added by keyboard, filled in the grid, taken off, and its values come back with it", async ({
  page,
}) => {
  await open(page);
  await expect(page.getByText("还没有本校自有的数据项")).toBeVisible();
  await expectAccessible(page, "empty");
  await add(page).press("Enter");
  await text(page, "标题").focus();
  await page.keyboard.type(NOTE.title);
  await expect(text(page, "列名")).toHaveValue(NOTE.column);
  await choose(page, "数据表", "sxjc");
  await expectAccessible(page, "field");
  await save(page).press("Enter");
  await expect(part(page).getByRole("heading", { name: NOTE.title })).toBeVisible();
  expect((await overlay()).fields).toMatchObject([{ table: TABLE, field: NOTE }]);
  expect(await fits(page)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: picture("own-field") });

  await openTable(page, bridge, TABLE);
  await goToColumn(page, NOTE.title);
  const head = page.getByRole("columnheader", { name: NOTE.title });
  await expect(head.getByText("本校")).toHaveAttribute("title", /不上报/);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("已电话核实");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect((await saved()).rows[0]?.cells[NOTE.column]).toBe("已电话核实");

  await open(page);
  await part(page)
    .getByRole("button", { name: `删除“${NOTE.title}”` })
    .press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("已经填的值留在填报册里");
  await dialog.getByRole("button", { name: /删\s*除/ }).press("Enter");
  await expect(page.getByText("还没有本校自有的数据项")).toBeVisible();
  expect((await saved()).rows[0]?.cells[NOTE.column]).toBeUndefined();

  await add(page).press("Enter");
  await text(page, "标题").fill(NOTE.title);
  await expect(text(page, "列名")).toHaveValue(NOTE.column);
  await choose(page, "数据表", "sxjc");
  await save(page).press("Enter");
  await expect.poll(async () => (await saved()).rows[0]?.cells[NOTE.column]).toBe("已电话核实");
});

test("what is missing or taken is said where it belongs", async ({ page }) => {
  await open(page);
  await add(page).press("Enter");
  await text(page, "标题").fill("学号");
  await expect(text(page, "列名")).toHaveValue("X_XH");
  await save(page).press("Enter");
  await expect(part(page).getByText("请先选数据表。")).toBeVisible();
  await choose(page, "数据表", "sxjc");
  await save(page).press("Enter");
  await expect(part(page).getByText("用了已经有的名称“学号”")).toBeVisible();
  await expect(text(page, "标题")).toBeFocused();
  await text(page, "标题").fill("学号2");
  await text(page, "列名").fill("XH");
  await save(page).press("Enter");
  await expect(part(page).getByText(/要以 X_ 开头/)).toBeVisible();
  await expectAccessible(page, "refused field");
  await part(page).getByRole("button", { name: "放弃修改" }).press("Enter");
  expect((await overlay()).fields).toHaveLength(1);
});

test("a rule is tried, refused with its reason, mended, and finds", async ({ page }) => {
  await open(page, "rules");
  await add(page).press("Enter");
  await choose(page, "数据表", "sxjc");
  await choose(page, "涉及的数据项", NOTE.title);
  await page.keyboard.press("Escape");
  await text(page, "条件").fill("length(X_NBBZ) >= 8 AND XH IS NOT NULL");
  await text(page, "提示语").fill("备注“{value}”太短");
  await text(page, "为什么要检查").fill("以后要看得懂");
  await text(page, "应当报问题，第 1 条，内部备注").fill("略");
  await text(page, "应当通过，第 1 条，内部备注").fill("已经到企业当面核实");
  await part(page).getByTestId("own-try").press("Enter");
  await expect(part(page).getByTestId("own-tried")).toContainText("用到了数据项“XH”");
  await save(page).press("Enter");
  await expect(part(page).getByRole("alert").filter({ hasText: "请把它加到“涉及的数据项”里" })).toBeVisible();
  expect((await overlay()).rules).toEqual([]);

  await text(page, "条件").fill("length(X_NBBZ) >= 1");
  await save(page).press("Enter");
  await expect(part(page).getByText("在第 1 组应当不通过的示例上没有报问题")).toBeVisible();
  expect((await overlay()).rules).toEqual([]);
  await expectAccessible(page, "refused rule");

  await text(page, "条件").fill("length(X_NBBZ) >= 8");
  await part(page).getByTestId("own-try").press("Enter");
  await expect(part(page).getByTestId("own-tried")).toContainText("试运行通过");
  await page.screenshot({ path: picture("own-rule") });
  await save(page).press("Enter");
  await expect(page.getByRole("tab", { name: "规则 1" })).toBeVisible();
  expect((await overlay()).rules).toMatchObject([{ id: `${TABLE}.own-1` }]);

  // The note that stands in the first record has five characters.
  await bridge.call("check.run", { tables: [TABLE], job: 0 });
  await openTable(page, bridge, TABLE);
  await goToColumn(page, NOTE.title);
  await expect(page.getByText("备注“已电话核实”太短").first()).toBeVisible();

  await open(page);
  await part(page)
    .getByRole("button", { name: `删除“${NOTE.title}”` })
    .press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /删\s*除/ })
    .press("Enter");
  await expect(part(page).getByText(/没有删除.*own-1”还在用它/)).toBeVisible();
});

test("an own table is made and filled, and a table gets another frequency", async ({ page }) => {
  await open(page, "tables");
  await add(page).press("Enter");
  await text(page, "标题").fill("重点关注学生");
  await expect(text(page, "表名")).toHaveValue("X_ZDGZXS");
  await save(page).press("Enter");
  await expect(part(page).getByText("请至少加一个数据项。")).toBeVisible();
  const columns = part(page).getByRole("region", { name: "这张表的数据项" });
  await columns.getByRole("button", { name: "增加数据项" }).press("Enter");
  await columns.getByRole("textbox", { name: "标题" }).fill("学号");
  await expect(columns.getByRole("textbox", { name: "列名" })).toHaveValue("X_XH");
  await expectAccessible(page, "own table");
  await save(page).press("Enter");
  await expect(page.getByRole("tab", { name: "数据表 1" })).toBeVisible();
  await part(page).getByRole("link", { name: "去填报" }).press("Enter");
  await expect(page.getByRole("heading", { name: /重点关注学生/ })).toContainText("本校");
  await page.locator("#cell-0-0").click();
  await page.keyboard.type("20240101");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect((await records(bridge, "X_ZDGZXS")).rows[0]?.cells.X_XH).toBe("20240101");

  await open(page, "duties");
  await choose(page, "选一张数据表", "sxjc");
  await choose(page, "“实习基础”的填报频次", "");
  await expect(page.getByRole("tab", { name: "频次与部门 1" })).toBeVisible();
  await expectAccessible(page, "duties");
});

test("the additions go out to a file and come back from it", async ({ page }) => {
  await open(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /导\s*出/ }).press("Enter"),
  ]);
  expect(download.suggestedFilename()).toBe("本校扩充.json");
  const path = await download.path();
  expect((JSON.parse(readFileSync(path, "utf8")) as Overlay).tables).toMatchObject([{ name: "X_ZDGZXS" }]);
  const before = await overlay();
  await bridge.call("overlay.save", { fields: [], tables: [], rules: [], frequencies: {}, departments: {} });
  await expect(page.getByText("还没有本校自有的数据项")).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /导\s*入/ }).press("Enter"),
  ]);
  await chooser.setFiles(path);
  await expect(page.getByRole("tab", { name: "规则 1" })).toBeVisible();
  expect(await overlay()).toEqual(before);
});
