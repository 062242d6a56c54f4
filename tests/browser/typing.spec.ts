/** Typing in the grid: input methods, typing over, editing, taking back, pasting, choosing a code. */
import { expect, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";
import { compose } from "./stage/typing";

const TABLE = "ODS_SXJCSJ";
const COMPANY = { column: "SXQYMC", title: "实习企业名称" };

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

test.beforeEach(async ({ page }) => {
  await openTable(page, bridge, TABLE);
});

const company = async (row = 0) => (await records(bridge, TABLE)).rows[row]?.cells[COMPANY.column];

test("a Chinese input method loses no letter, not even the first", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  await compose(page, "weilai", "未来");
  await expect(field(page)).toHaveValue("未来");
  await compose(page, "gongchang", "工厂");
  await expect(field(page)).toHaveValue("未来工厂");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect(await company()).toBe("未来工厂");
});

test("Enter that takes a candidate does not leave the cell", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "zhi", selectionStart: 3, selectionEnd: 3 });
  const key = { windowsVirtualKeyCode: 229, key: "Process", code: "Enter" };
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
  await session.send("Input.insertText", { text: "zhi" });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  await expect(field(page)).toHaveValue("zhi");
  await expect(field(page)).toHaveAttribute("aria-label", new RegExp(`^${COMPANY.title}.*1`));
  await page.keyboard.press("Escape");
  expect(await company()).not.toBe("zhi");
});

test("typing over, F2, Escape, and taking back and doing again", async ({ page }) => {
  await goToColumn(page, COMPANY.title);
  const before = await company(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("甲公司");
  await page.keyboard.press("Tab");
  await expectSaved(page);
  expect(await company(1)).toBe("甲公司");

  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("F2");
  await expect(field(page)).toHaveValue("甲公司");
  await page.keyboard.type("（北京）");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  expect(await company(1)).toBe("甲公司（北京）");

  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("不要");
  await page.keyboard.press("Escape");
  expect(await company(1)).toBe("甲公司（北京）");

  await page.keyboard.press("Control+z");
  await expect.poll(() => company(1)).toBe("甲公司");
  await page.keyboard.press("Control+z");
  await expect.poll(() => company(1)).toBe(before);
  await page.keyboard.press("Control+y");
  await expect.poll(() => company(1)).toBe("甲公司");
});

test("a block from Excel is pasted as one step", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await goToColumn(page, COMPANY.title);
  const before = [await company(0), await company(1), await company(2)];
  await page.evaluate(() => navigator.clipboard.writeText('乙公司\r\n丙公司\r\n"丁""公司"\r\n'));
  await page.keyboard.press("Control+v");
  await expect.poll(() => company(0)).toBe("乙公司");
  expect([await company(1), await company(2)]).toEqual(["丙公司", '丁"公司']);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => [await company(0), await company(1), await company(2)]).toEqual(before);
});

test("a code is found by the initials of its name", async ({ page }) => {
  await goToColumn(page, "是否签订三方协议");
  await page.keyboard.press("F2");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("f");
  await expect(page.getByRole("option").first()).toContainText("否");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  await expect.poll(async () => (await records(bridge, TABLE)).rows[0]?.cells.SFQDSFXY).toBe("0");
});

test("Enter right after the letters takes the code that they find, even before the list has answered", async ({
  page,
}) => {
  // The answer is held back, as on a slow PC: without that, this would only sometimes be the case it is about.
  const yes = (await records(bridge, TABLE)).rows[1]?.cells.SFQDSFXY === "1";
  const letter = yes ? "f" : "s";
  const held: (() => Promise<void>)[] = [];
  await page.route("**/*", async (route) => {
    if (!(route.request().postData() ?? "").includes(`"find":"${letter}"`)) return route.continue();
    held.push(() => route.continue());
  });
  await goToColumn(page, "是否签订三方协议");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type(letter);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("save-state")).toHaveAttribute("data-pending", "1");
  await expect.poll(() => held.length).toBeGreaterThan(0);
  for (const letGo of held) await letGo();
  await expectSaved(page);
  expect((await records(bridge, TABLE)).rows[1]?.cells.SFQDSFXY).toBe(yes ? "0" : "1");
});

test("a wrong value stays as typed, and the cell says what is wrong", async ({ page }) => {
  await goToColumn(page, "实习开始日期");
  await page.keyboard.type("20260231");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  const [first] = (await records(bridge, TABLE)).rows;
  expect(first?.cells.SXKSRQ).toBe("20260231");
  expect(first?.levels.SXKSRQ).toBe("mandatory");
  await page.keyboard.press("ArrowUp");
  await expect(field(page)).toHaveAttribute("aria-label", /实习开始日期.*20260231.*强制/);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await records(bridge, TABLE)).rows[0]?.levels.SXKSRQ).toBeUndefined();
});
