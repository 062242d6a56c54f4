/** The findings screen with five, five hundred and fifty thousand findings: as clear with many as with few. */
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { importMany } from "./stage/commandLine";

const TABLE = "ODS_SXJCSJ";
/** Mistakes of five kinds; about four for each record. */
function damage(cells: Record<string, string>, at: number) {
  if (at % 3 === 0) cells.SXKSRQ = "20260231";
  else if (at % 3 === 1) cells.SXSC = at % 2 ? "十二周" : "很久";
  cells.SFQDSFXY = at % 5 ? "也许" : "";
  if (at % 4 === 0) cells.SXQYMC = "啊啊啊";
  if (at % 7 === 0) cells.SXJSRQ = "20250101";
}
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
];

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);
let bridge: Bridge;
test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterEach(() => bridge.end());

const counts = async () => {
  const { counts: one } = await bridge.call<{ counts: Record<"mandatory" | "confirm" | "hint", number> }>(
    "check.groups",
    {},
  );
  return one.mandatory + one.confirm + one.hint;
};

/** What a line of the list holds lies inside it, and no act of it is outside the window. */
async function expectLinesFit(page: Page) {
  const odd = await page.locator(".check-group-line").evaluateAll((lines) =>
    lines.flatMap((line) => {
      const outer = line.getBoundingClientRect();
      return [...line.children]
        .map((child) => child.getBoundingClientRect())
        .filter((box) => box.left < outer.left - 1 || box.right > outer.right + 1 || box.width === 0)
        .map(() => line.textContent);
    }),
  );
  expect(odd).toEqual([]);
}

for (const [name, rows] of [
  ["5", 2],
  ["500", 140],
  ["50000", 12_600],
] as const) {
  test(`about ${name} findings are a few lines with exact numbers`, async ({ page }) => {
    test.setTimeout(300_000);
    await importMany(bridge, TABLE, rows, damage);
    const all = await counts();
    expect(all).toBeGreaterThanOrEqual(rows * 2);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.goto(`${bridge.address}/#/check`);
      await page.reload();
      await expect(page.locator(".check-group").first()).toBeVisible();
      await expect(page.locator(".check-filters")).toContainText(`全部 ${new Intl.NumberFormat("zh-CN").format(all)}`);
      // Every cause is a line: their number does not grow with the findings.
      expect(await page.locator(".check-list > .check-group").count()).toBeLessThan(16);
      await expectLinesFit(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: picture(`findings-${name}-${size.width}`) });
    }
    await page.goto(`${bridge.address}/#/fill/${TABLE}`);
    await expect(page.locator("#cell-0-0")).toBeVisible();
    await expect(page.getByTestId("marks").locator("i").first()).toBeVisible();
    const problems = new Intl.NumberFormat("zh-CN").format(all);
    await expect(page.getByRole("button", { name: `只看问题 ${problems}` })).toBeVisible();
    await page.screenshot({ path: picture(`fill-${name}-findings`) });
  });
}
