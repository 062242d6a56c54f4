/** The grid as a person at the keyboard sees it: one field over the active cell, which says where it stands. */
import { expect, type Page } from "@playwright/test";

import type { Bridge } from "./bridge";

/** The field over the active cell. Its name says column, row, value and problem. */
export const field = (page: Page) => page.getByTestId("cell-editor");

/** Opens a table and stands on its first cell. */
export async function openTable(page: Page, bridge: Bridge, table: string): Promise<void> {
  await page.goto(`${bridge.address}/#/fill/${table}`);
  await page.locator("#cell-0-0").click();
  await expect(field(page)).toBeFocused();
}

/** Goes to a column of the active row by arrow keys, as far as it takes. */
export async function goToColumn(page: Page, title: string): Promise<void> {
  await page.keyboard.press("Home");
  for (let moves = 0; moves < 80; moves++) {
    const spoken = await field(page).getAttribute("aria-label");
    if (spoken?.startsWith(title)) return;
    await page.keyboard.press("ArrowRight");
    await expect(field(page)).not.toHaveAttribute("aria-label", spoken ?? "");
  }
  throw new Error(`no column ${title}`);
}

/** Everything typed is on disk: the program says so, and nothing is under way. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByTestId("save-state")).toHaveAttribute("data-pending", "0");
}

interface PageOfRecords {
  total: number;
  rows: { row: number; cells: Record<string, string>; levels: Record<string, string>; state: string }[];
}

/** Records as the book has them, not as the page shows them. */
export function records(bridge: Bridge, table: string, limit = 5): Promise<PageOfRecords> {
  const view = { table, filters: [], sort: [], only_findings: false, find: "" };
  return bridge.call<PageOfRecords>("fill.page", { view, order: null, offset: 0, limit });
}

/** Presses a tool above the grid; one that has no room there stands in the menu at the end. */
export async function pressTool(page: Page, name: string): Promise<void> {
  const tool = page.getByRole("button", { name, exact: true });
  const more = page.getByRole("button", { name: "更多", exact: true });
  await expect(tool.or(more).first()).toBeVisible();
  if (!(await tool.isVisible())) await more.click();
  await tool.click();
}
