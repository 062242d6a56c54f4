/** What the page asks for after an edit: each answer once, however quickly the clerk types. */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable } from "./stage/grid";

const TABLE = "ODS_SXJCSJ";
const COMPANY = "实习企业名称";
/** While changes keep coming, the page asks once in this time (ui/src/state/gathering). */
const BETWEEN_MS = 400;
/** After this time without a call the page has asked for all that changed. */
const QUIET_MS = 1000;

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

/** Counts calls by name, and the most of one name that were under way together. */
function watchCalls(page: Page) {
  const made = new Map<string, number>();
  const underWay = new Map<string, number>();
  let stacked: string[] = [];
  let last = Date.now();
  const nameOf = (url: string) => /\/call\/([\w.]+)$/.exec(url)?.[1];
  page.on("request", (request) => {
    const name = nameOf(request.url());
    if (!name) return;
    last = Date.now();
    made.set(name, (made.get(name) ?? 0) + 1);
    const now = (underWay.get(name) ?? 0) + 1;
    underWay.set(name, now);
    // Pages and findings of different places are different answers; these calls have one answer each.
    if (now > 1 && ["home.get", "home.counts", "check.groups", "fill.edit"].includes(name)) stacked.push(name);
  });
  const ended = (url: string) => {
    const name = nameOf(url);
    last = Date.now();
    if (name) underWay.set(name, (underWay.get(name) ?? 1) - 1);
  };
  page.on("requestfinished", (request) => ended(request.url()));
  page.on("requestfailed", (request) => ended(request.url()));
  return {
    made: (name: string) => made.get(name) ?? 0,
    readings: () => [...made].filter(([name]) => name !== "fill.edit").reduce((sum, [, count]) => sum + count, 0),
    stacked: () => stacked,
    begin() {
      made.clear();
      stacked = [];
    },
    quiet: () => expect.poll(() => Date.now() - last, { timeout: 30_000 }).toBeGreaterThan(QUIET_MS),
  };
}

test("one edit asks once for each answer that it changes", async ({ page }) => {
  const calls = watchCalls(page);
  await openTable(page, bridge, TABLE);
  await goToColumn(page, COMPANY);
  await calls.quiet();
  calls.begin();
  await page.keyboard.type("甲公司");
  await page.keyboard.press("Enter");
  await expectSaved(page);
  await calls.quiet();
  expect(calls.made("fill.edit")).toBe(1);
  expect(calls.made("home.get")).toBe(0);
  for (const name of ["fill.page", "fill.causes"]) expect(calls.made(name), name).toBe(1);
  // Of the table at once, and a moment later of all tables.
  expect(calls.made("home.counts")).toBeLessThanOrEqual(2);
  expect(calls.readings()).toBeLessThanOrEqual(6);
  expect(calls.stacked()).toEqual([]);
});

test("while an answer is under way, what else changes asks for it once more, behind it", async ({ page }) => {
  const calls = watchCalls(page);
  await openTable(page, bridge, TABLE);
  await goToColumn(page, COMPANY);
  await calls.quiet();
  calls.begin();
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route("**/call/home.counts", async (route) => {
    await held;
    await route.continue();
  });
  for (let i = 0; i < 10; i++) {
    await page.keyboard.type(`单位${i}`);
    await page.keyboard.press("Enter");
    await expectSaved(page);
  }
  await expect.poll(() => calls.made("fill.edit")).toBe(10);
  expect(calls.made("home.counts")).toBe(1);
  release();
  await calls.quiet();
  // Of the table once more, behind the one that was held, and a moment later of all tables: never one for each edit.
  expect(calls.made("home.counts")).toBeGreaterThanOrEqual(2);
  expect(calls.made("home.counts")).toBeLessThanOrEqual(3);
  expect(calls.stacked()).toEqual([]);
});

test("ten quick edits ask a few times, and never for one answer twice at once", async ({ page }) => {
  const calls = watchCalls(page);
  await openTable(page, bridge, TABLE);
  await goToColumn(page, COMPANY);
  await calls.quiet();
  calls.begin();
  const began = Date.now();
  for (let i = 0; i < 10; i++) {
    await page.keyboard.type(`公司${i}`);
    await page.keyboard.press("Enter");
  }
  await expectSaved(page);
  const rounds = Math.ceil((Date.now() - began) / BETWEEN_MS) + 2;
  await calls.quiet();
  expect(calls.made("fill.edit")).toBe(10);
  expect(calls.made("home.get")).toBe(0);
  expect(calls.made("home.counts")).toBeLessThanOrEqual(rounds);
  expect(calls.made("check.findings")).toBeLessThanOrEqual(rounds);
  expect(calls.stacked()).toEqual([]);
  await expect(field(page)).toBeFocused();
});
