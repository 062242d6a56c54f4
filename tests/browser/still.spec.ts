/** Nothing that arrives late moves what a clerk is about to click: the place of a late answer is kept for it. */
import { expect, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, openTable, records } from "./stage/grid";
import { movedByLateAnswers, movedWhile } from "./stage/shifts";

const TABLE = "ODS_SXJCSJ";

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 10);
  const changes = rows.map(({ row }) => ({ do: "set", row, column: "SXKSRQ", value: "20260231" }));
  await bridge.call("fill.edit", { table: TABLE, changes });
});
test.afterAll(() => bridge.end());

const OFFICE = { width: 1366, height: 768 };
/** The same screen behind 125 %. */
const SCALED = { width: 1093, height: 614 };

for (const [place, size] of [
  ["home", OFFICE],
  ["home", SCALED],
  [`fill/${TABLE}`, OFFICE],
  [`fill/${TABLE}`, SCALED],
  ["check", OFFICE],
  ["submit", OFFICE],
] as const)
  test(`${place} at ${size.width} points stands still whatever answer comes late`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize(size);
    expect(await movedByLateAnswers(page, `${bridge.address}/#/${place}`)).toEqual([]);
  });

test("a notice that the engine is gone moves no row", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  await page.keyboard.type("2024001");
  await page.route("**/call/**", (route) => route.abort());
  const moved = await movedWhile(page, async () => {
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("away-notice")).toBeVisible();
  });
  // The cursor goes on by Enter; what stands below the grid gives way to the notice.
  expect(moved.filter((line) => /^\S*\.(grid( |$)|grid-row|grid-head|fill-tools|tree|side-cause)/.test(line))).toEqual(
    [],
  );
  await page.unroute("**/call/**");
  await expectSaved(page);
});

test("the rows of a new place are in the frame of the scrolling, so that none is seen blank", async ({ page }) => {
  await openTable(page, bridge, TABLE);
  const rows = await page.locator(".grid").evaluate(async (grid) => {
    const box = grid.getBoundingClientRect();
    const seen: (string | undefined)[] = [];
    // Pages of 200 records are there; a jump of 30 rows is far beyond those that are drawn beside the ones in sight.
    for (let turn = 1; turn <= 5; turn++) {
      grid.scrollTop = turn * 30 * 28;
      // Runs after the browser has told of the scrolling and before it paints.
      await new Promise((done) => requestAnimationFrame(done));
      const there = document.elementFromPoint(box.left + 200, box.top + box.height / 2);
      seen.push(there?.closest<HTMLElement>(".grid-row")?.dataset.row);
    }
    return seen;
  });
  expect(rows.every((row) => row !== undefined)).toBe(true);
  expect(new Set(rows).size).toBe(5);
});
