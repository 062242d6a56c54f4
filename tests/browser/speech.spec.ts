/**
 * The whole job by keyboard alone, and what a screen reader says of it: from Home into a table, typing, a code, a wrong
 * date, to the finding and back, finding a text, the check and the way to submitting. What is said is kept in
 * speech.txt beside this file; TIANBAO_WRITE_SPEECH=1 writes it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, records } from "./stage/grid";
import { heard, listen } from "./stage/listener";

const TABLE = "ODS_SXJCSJ";
const KEPT = join(dirname(fileURLToPath(import.meta.url)), "speech.txt");

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

test("what is said while the job is done by keyboard is what is kept", async ({ page }) => {
  test.setTimeout(300_000);
  const lines: string[] = [];
  /** One step: keys, until the page shows what it should, and what was said meanwhile. */
  const step = async (what: string, keys: () => Promise<unknown>, shown: () => Promise<unknown>) => {
    await keys();
    await shown();
    await quiet(page);
    lines.push(`# ${what}`, ...(await heard(page)), "");
  };
  await page.goto(`${bridge.address}/#/fill/${TABLE}`);
  await expect(field(page)).toBeFocused();
  await expect(page.locator(".grid-row[data-row]").first()).toBeVisible();
  await quiet(page);
  await listen(page);
  await heard(page);

  const keys = (names: string) => async () => {
    for (const name of names.split(" ")) await page.keyboard.press(name);
  };
  const says = (words: RegExp) => () => expect(field(page)).toHaveAttribute("aria-label", words);
  const cell = async (column: string) => (await records(bridge, TABLE, 2)).rows[1]?.cells[column];

  await step("右、下：走到第 2 行", keys("ArrowRight ArrowDown"), says(/，第 2 行，/));
  await goToColumn(page, "班级名称");
  await heard(page);
  await step(
    "输入班级名称，Enter",
    async () => {
      await page.keyboard.type("软件2401班");
      await page.keyboard.press("Enter");
    },
    says(/，第 3 行，/),
  );
  await goToColumn(page, "学制码");
  await page.keyboard.press("ArrowUp");
  await heard(page);
  await step("Alt+下：打开代码列表", keys("Alt+ArrowDown"), () => expect(page.getByRole("listbox")).toBeVisible());
  await step("下：下一个代码", keys("ArrowDown"), () =>
    expect(field(page)).toHaveAttribute("aria-activedescendant", /./),
  );
  await step("Enter：选中", keys("Enter"), says(/，第 3 行，/));
  await goToColumn(page, "实习开始日期");
  await page.keyboard.press("ArrowUp");
  await heard(page);
  await step(
    "输入不存在的日期，Enter",
    async () => {
      await page.keyboard.type("20260231");
      await page.keyboard.press("Enter");
    },
    () => expect.poll(() => cell("SXKSRQ")).toBe("20260231"),
  );
  await step("F8：去下一处问题", keys("F8"), says(/20260231.*强制.*2 月 31 日/));
  await step(
    "改成真实的日期，Enter",
    async () => {
      await page.keyboard.type("2026-9-1");
      await page.keyboard.press("Enter");
    },
    () => expect.poll(() => cell("SXKSRQ")).toBe("20260901"),
  );
  await step(
    "Ctrl+F：查找",
    async () => {
      await page.keyboard.press("Control+f");
      await page.keyboard.type("软件2401班");
    },
    () => expect(page.getByTestId("hits")).toHaveText(/\d+ 条记录/),
  );
  await step("Esc：回到表格", keys("Escape"), () => expect(field(page)).toBeFocused());
  await step("Shift+F10：菜单", keys("Shift+F10"), () => expect(page.getByRole("menu").last()).toBeVisible());
  await step("下：菜单的下一项", keys("ArrowDown"), () => Promise.resolve());
  await step("Esc：关闭菜单", keys("Escape"), () => expect(field(page)).toBeFocused());
  await step("Alt+3：校验", keys("Alt+3"), () =>
    expect(page.getByRole("heading", { name: "校验", exact: true })).toBeVisible(),
  );
  await step("Alt+5：上报", keys("Alt+5"), () =>
    expect(page.getByRole("heading", { name: "上报", exact: true })).toBeVisible(),
  );
  await step("Alt+1：首页", keys("Alt+1"), () => expect(page.getByRole("heading", { level: 1 })).toBeVisible());
  const all = `${lines.join("\n")}\n`;
  if (process.env.TIANBAO_WRITE_SPEECH) writeFileSync(KEPT, all);
  expect(all).toBe(readFileSync(KEPT, "utf8"));
});

/** Waits until nothing is under way and two looks one after the other show the same text. */
async function quiet(page: Page) {
  await expectSaved(page);
  let before: string | null | undefined;
  const same = async () => {
    const now = await page.locator("body").textContent();
    const still = now === before;
    before = now;
    return still;
  };
  await expect.poll(same, { intervals: [300] }).toBe(true);
}
