/** What each line of the table of keys is tried with: from a cell, the keys or the mouse, and what is chosen then. */
import { expect, type Page } from "@playwright/test";

import { field, pressTool } from "./grid";

/** Cells as `row,column` from 0, blocks as `top,left,bottom,right`; all columns of the table are filled but `gap`. */
export interface Stage {
  page: Page;
  rows: number;
  cols: number;
  /** First column that is empty in the row of {@link START}, and the first filled one behind it. */
  gap: number;
  behind: number;
  /** Text of a cell as the book has it. */
  cell(row: number, col: number): Promise<string>;
  /** Puts a text into a cell as another program would, and waits until it is shown. */
  put(row: number, col: number, text: string): Promise<void>;
}

/** The cell from which every line begins: a text column. */
export const START = { row: 5, col: 3 };

export type Act = (stage: Stage) => Promise<void>;

export const grid = (page: Page) => page.locator(".grid");

export async function from(page: Page, row = START.row, col = START.col): Promise<void> {
  await page.locator(`#cell-${row}-${col}`).click();
  await expect(grid(page)).toHaveAttribute("data-active", `${row},${col}`);
}

const press = (page: Page, names: string) => page.keyboard.press(names.replace("Ctrl", "Control"));

/** The key chooses this block, with this cell active. */
const chooses =
  (key: string, block: string | ((stage: Stage) => string), active?: string): Act =>
  async (stage) => {
    await press(stage.page, key);
    const wanted = typeof block === "string" ? block : block(stage);
    await expect(grid(stage.page), key).toHaveAttribute("data-chosen", wanted);
    if (active) await expect(grid(stage.page)).toHaveAttribute("data-active", active);
  };

/** The key goes to this cell. */
const goes = (key: string, spot: string | ((stage: Stage) => string)): Act => {
  const twice = (one: string) => `${one},${one}`;
  return chooses(key, (stage) => twice(typeof spot === "string" ? spot : spot(stage)));
};

/** Types a text, presses the key, and stands there; the text is in the first cell. */
const commits =
  (key: string, spot: string): Act =>
  async ({ page, cell }) => {
    const text = `文${Math.random().toString(36).slice(2, 8)}`;
    await page.keyboard.type(text);
    await press(page, key);
    await expect(grid(page)).toHaveAttribute("data-active", spot);
    await expect.poll(() => cell(START.row, START.col), key).toBe(text);
  };

/** Opens the cell with F2 with a text, and finds the field so after the keys. */
const inText =
  (keys: string[], value: string, from_: number, to = from_): Act =>
  async ({ page }) => {
    await page.keyboard.type("甲 乙丙 丁");
    await page.keyboard.press("F2");
    for (const key of keys) await press(page, key);
    await expect(field(page)).toHaveValue(value);
    const place = await field(page).evaluate((area: HTMLTextAreaElement) => [area.selectionStart, area.selectionEnd]);
    expect(place).toEqual([from_, to]);
    await page.keyboard.press("Escape");
  };

const last = ({ rows, cols }: Stage) => `${rows - 1},${cols - 1}`;

export const ACTS: Record<string, Act> = {
  down: goes("ArrowDown", "6,3"),
  up: goes("ArrowUp", "4,3"),
  left: goes("ArrowLeft", "5,2"),
  right: goes("ArrowRight", "5,4"),
  enter: goes("Enter", "6,3"),
  "enter-up": goes("Shift+Enter", "4,3"),
  tab: goes("Tab", "5,4"),
  "tab-back": goes("Shift+Tab", "5,2"),
  "region-down": goes("Ctrl+ArrowDown", ({ rows }) => `${rows - 1},3`),
  "region-up": goes("Ctrl+ArrowUp", "0,3"),
  "region-left": goes("Ctrl+ArrowLeft", "5,0"),
  "region-right": goes("Ctrl+ArrowRight", ({ gap }) => `5,${gap - 1}`),
  home: goes("Home", "5,0"),
  end: goes("End", ({ cols }) => `5,${cols - 1}`),
  first: goes("Ctrl+Home", "0,0"),
  last: goes("Ctrl+End", last),
  "page-down": async ({ page }) => {
    await press(page, "PageDown");
    await expect(grid(page)).not.toHaveAttribute("data-active", "5,3");
    const [row] = ((await grid(page).getAttribute("data-active")) ?? "").split(",").map(Number);
    expect(row).toBeGreaterThan(15);
  },
  "page-up": goes("PageUp", "0,3"),
  "page-right": async ({ page }) => {
    await press(page, "Alt+PageDown");
    await expect
      .poll(async () => Number((await grid(page).getAttribute("data-active"))?.split(",")[1]))
      .toBeGreaterThan(4);
  },
  "page-left": goes("Alt+PageUp", "5,0"),
  "show-active": async ({ page }) => {
    await grid(page).evaluate((element) => element.scrollTo({ top: 6000, left: 2000 }));
    await press(page, "Ctrl+Backspace");
    await expect(page.locator("#cell-5-3")).toBeInViewport();
  },
  "extend-down": chooses("Shift+ArrowDown", "5,3,6,3", "5,3"),
  "extend-up": chooses("Shift+ArrowUp", "4,3,5,3", "5,3"),
  "extend-left": chooses("Shift+ArrowLeft", "5,2,5,3"),
  "extend-right": chooses("Shift+ArrowRight", "5,3,5,4"),
  "extend-region-down": chooses("Ctrl+Shift+ArrowDown", ({ rows }) => `5,3,${rows - 1},3`),
  "extend-region-up": chooses("Ctrl+Shift+ArrowUp", "0,3,5,3"),
  "extend-region-left": chooses("Ctrl+Shift+ArrowLeft", "5,0,5,3"),
  "extend-region-right": chooses("Ctrl+Shift+ArrowRight", ({ gap }) => `5,3,5,${gap - 1}`),
  "extend-home": chooses("Shift+Home", "5,0,5,3"),
  "extend-end": chooses("Shift+End", ({ cols }) => `5,3,5,${cols - 1}`),
  "extend-first": chooses("Ctrl+Shift+Home", "0,0,5,3"),
  "extend-last": chooses("Ctrl+Shift+End", (stage) => `5,3,${last(stage)}`),
  "extend-page-down": async ({ page }) => {
    await press(page, "Shift+PageDown");
    await expect(grid(page)).toHaveAttribute("data-chosen", /^5,3,(1[5-9]|2\d),3$/);
  },
  "extend-page-up": chooses("Shift+PageUp", "0,3,5,3"),
  "extend-page-right": async ({ page }) => {
    await press(page, "Alt+Shift+PageDown");
    await expect(grid(page)).toHaveAttribute("data-chosen", /^5,3,5,([5-9]|\d\d)$/);
  },
  "extend-page-left": chooses("Alt+Shift+PageUp", "5,0,5,3"),
  column: chooses("Ctrl+Space", ({ rows }) => `0,3,${rows - 1},3`, "5,3"),
  row: chooses("Shift+Space", ({ cols }) => `5,0,5,${cols - 1}`, "5,3"),
  all: chooses("Ctrl+A", (stage) => `0,0,${last(stage)}`),
  "all-space": chooses("Ctrl+Shift+Space", (stage) => `0,0,${last(stage)}`),
  "all-region": chooses("Ctrl+*", (stage) => `0,0,${last(stage)}`),
  collapse: async (stage) => {
    await press(stage.page, "Shift+ArrowDown");
    await chooses("Shift+Backspace", "5,3,5,3")(stage);
  },
  "next-corner": async (stage) => {
    await press(stage.page, "Shift+ArrowDown");
    await chooses("Ctrl+.", "5,3,6,3", "6,3")(stage);
  },

  edit: inText([], "甲 乙丙 丁", 6),
  "edit-typed": inText(["ArrowLeft"], "甲 乙丙 丁", 5),
  "edit-again": async ({ page }) => {
    await page.keyboard.type("甲乙");
    for (const key of ["F2", "F2", "ArrowLeft"]) await press(page, key);
    await expect(grid(page)).toHaveAttribute("data-active", "5,2");
  },
  commit: commits("Enter", "6,3"),
  "commit-up": commits("Shift+Enter", "4,3"),
  "commit-right": commits("Tab", "5,4"),
  "commit-left": commits("Shift+Tab", "5,2"),
  "commit-arrow-down": commits("ArrowDown", "6,3"),
  "commit-arrow-up": commits("ArrowUp", "4,3"),
  "commit-arrow-left": commits("ArrowLeft", "5,2"),
  "commit-arrow-right": commits("ArrowRight", "5,4"),
  "fill-typed": async ({ page, cell }) => {
    for (const key of ["Shift+ArrowDown", "Shift+ArrowDown"]) await press(page, key);
    await page.keyboard.type("填满");
    await press(page, "Ctrl+Enter");
    await expect(grid(page)).toHaveAttribute("data-chosen", "5,3,7,3");
    await expect
      .poll(async () => [await cell(5, 3), await cell(6, 3), await cell(7, 3)])
      .toEqual(["填满", "填满", "填满"]);
  },
  newline: inText(["Alt+Enter"], "甲 乙丙 丁\n", 7),
  restore: async ({ page, cell }) => {
    const was = await cell(5, 3);
    await page.keyboard.type("不要");
    await page.keyboard.press("Escape");
    await expect(field(page)).toHaveAttribute("data-mode", "ready");
    expect(await cell(5, 3)).toBe(was);
  },
  "cancel-cut": async ({ page }) => {
    await press(page, "Ctrl+X");
    await expect(page.locator(".grid-copied")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(".grid-copied")).toBeHidden();
  },
  erase: async ({ page }) => {
    await page.keyboard.press("Backspace");
    await expect(field(page)).toHaveAttribute("data-mode", "type");
    await expect(field(page)).toHaveValue("");
    await page.keyboard.press("Escape");
  },
  clear: async ({ page, put, cell }) => {
    await put(5, 3, "有字");
    await page.keyboard.press("Delete");
    await expect.poll(() => cell(5, 3)).toBe("");
  },
  above: async ({ page, put, cell }) => {
    await put(4, 3, "上面的值");
    await press(page, "Ctrl+'");
    await expect.poll(() => cell(5, 3)).toBe("上面的值");
  },
  "fill-active": async ({ page, put, cell }) => {
    await put(5, 3, "活动值");
    await press(page, "Shift+ArrowDown");
    await press(page, "Ctrl+Enter");
    await expect.poll(() => cell(6, 3)).toBe("活动值");
  },
  "fill-down": async ({ page, put, cell }) => {
    await put(5, 3, "向下");
    for (const key of ["Shift+ArrowDown", "Shift+ArrowDown", "Ctrl+D"]) await press(page, key);
    await expect.poll(async () => [await cell(6, 3), await cell(7, 3)]).toEqual(["向下", "向下"]);
  },
  "fill-right": async ({ page, put, cell }) => {
    await put(5, 3, "向右");
    for (const key of ["Shift+ArrowRight", "Ctrl+R"]) await press(page, key);
    await expect.poll(() => cell(5, 4)).toBe("向右");
  },
  copy: async ({ page, put }) => {
    await put(5, 3, "110105194912310021");
    await press(page, "Ctrl+C");
    const kinds = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const html = await (await item?.getType("text/html"))?.text();
      return [await navigator.clipboard.readText(), html];
    });
    expect(kinds[0]).toBe("110105194912310021");
    // Excel takes the cell as text and keeps all 18 digits.
    expect(kinds[1]).toMatch(/mso-number-format:.*110105194912310021/);
  },
  cut: async ({ page, put, cell }) => {
    await put(5, 3, "搬走");
    await press(page, "Ctrl+X");
    expect(await cell(5, 3)).toBe("搬走");
    await press(page, "ArrowDown");
    await press(page, "Ctrl+V");
    await expect.poll(async () => [await cell(5, 3), await cell(6, 3)]).toEqual(["", "搬走"]);
  },
  paste: async ({ page, cell }) => {
    await page.evaluate(() => navigator.clipboard.writeText("贴一\r\n贴二\r\n"));
    await press(page, "Ctrl+V");
    await expect.poll(async () => [await cell(5, 3), await cell(6, 3)]).toEqual(["贴一", "贴二"]);
  },
  hide: async ({ page }) => {
    const title = await page.getByRole("columnheader").nth(3).textContent();
    await press(page, "Ctrl+0");
    await expect(page.getByRole("columnheader").nth(3)).not.toHaveText(title ?? "");
    await pressTool(page, "列设置");
    await page.getByRole("button", { name: "全部显示" }).click();
    // A click elsewhere closes the menus.
    await page.locator(".fill-title").click();
    await expect(page.getByRole("button", { name: "全部显示" })).toBeHidden();
  },
  repeat: async ({ page, put, cell }) => {
    await put(5, 3, "一");
    await put(6, 3, "二");
    await page.keyboard.press("Delete");
    await expect.poll(() => cell(5, 3)).toBe("");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("F4");
    await expect.poll(() => cell(6, 3)).toBe("");
  },
  undo: async ({ page, put, cell }) => {
    await put(5, 3, "原来");
    await page.keyboard.type("改过");
    await page.keyboard.press("Enter");
    await expect.poll(() => cell(5, 3)).toBe("改过");
    await press(page, "Ctrl+Z");
    await expect.poll(() => cell(5, 3)).toBe("原来");
    await expect(grid(page)).toHaveAttribute("data-active", "5,3");
  },
  redo: async ({ page, cell }) => {
    await page.keyboard.type("再来");
    await page.keyboard.press("Enter");
    await expect.poll(() => cell(5, 3)).toBe("再来");
    await press(page, "Ctrl+Z");
    await expect.poll(() => cell(5, 3)).not.toBe("再来");
    await press(page, "Ctrl+Y");
    await expect.poll(() => cell(5, 3)).toBe("再来");
  },
  find: async ({ page }) => {
    await press(page, "Ctrl+F");
    await expect(page.getByRole("search", { name: "查找" }).getByRole("textbox", { name: "查找内容" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(field(page)).toBeFocused();
  },
  replace: async ({ page }) => {
    await press(page, "Ctrl+H");
    await expect(page.getByRole("textbox", { name: "替换为" })).toBeVisible();
    await page.keyboard.press("Escape");
  },
  "go-to": async ({ page }) => {
    for (const key of ["Ctrl+G", "F5"]) {
      await press(page, key);
      const row = page.getByRole("dialog").getByLabel("行号");
      await row.fill("9");
      await row.press("Enter");
      await expect(page.getByRole("dialog")).toBeHidden();
      await expect(grid(page)).toHaveAttribute("data-active", "8,3");
    }
  },
  filter: async ({ page }) => {
    await press(page, "Ctrl+Shift+L");
    await expect(page.getByRole("dialog", { name: /的菜单/ }).getByLabel("包含文字")).toBeFocused();
    await page.keyboard.press("Escape");
  },
  menu: async ({ page }) => {
    await press(page, "Shift+F10");
    await expect(page.getByRole("menu", { name: "单元格菜单" })).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(grid(page)).toHaveAttribute("data-active", "5,3");
    await page.keyboard.press("Escape");
    await expect(field(page)).toBeFocused();
  },
  area: async ({ page }) => {
    await page.keyboard.press("F6");
    await expect(field(page)).not.toBeFocused();
    await page.keyboard.press("Shift+F6");
    await expect(field(page)).toBeFocused();
  },
  save: async ({ page }) => {
    await press(page, "Ctrl+S");
    await expect(page.getByText("输入的内容已自动保存")).toBeVisible();
  },
  help: async ({ page }) => {
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog", { name: /帮助/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  },
  "text-left": inText(["ArrowLeft"], "甲 乙丙 丁", 5),
  "text-right": inText(["ArrowLeft", "ArrowRight"], "甲 乙丙 丁", 6),
  "text-home": inText(["Home"], "甲 乙丙 丁", 0),
  "text-end": inText(["Home", "End"], "甲 乙丙 丁", 6),
  "text-word-left": inText(["Ctrl+ArrowLeft"], "甲 乙丙 丁", 5),
  "text-extend": inText(["Shift+ArrowLeft"], "甲 乙丙 丁", 5, 6),
  "text-all": inText(["Ctrl+A"], "甲 乙丙 丁", 0, 6),
  "text-delete": inText(["Home", "Delete"], " 乙丙 丁", 0),
  "text-backspace": inText(["Backspace"], "甲 乙丙 ", 5),
};
