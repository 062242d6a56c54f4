/**
 * The machine of tests/browser/ime.spec.ts on ag-grid and Glide Data Grid, with as many keys and the same seed: how
 * many cells hold what was taken from the input method. TIANBAO_KEYSTROKES sets how many keys are pressed (500 without
 * it).
 *
 * Without a field that has the focus, Chromium gives no key to the input method but each as it is, so the machine
 * does the same. What another window changes meanwhile is left out, as these grids have no other window.
 */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "../browser/stage/bridge";
import { ENDS, keyboard, MEANWHILE, random, WORDS } from "../browser/stage/inputMethod";
import { addressOf, bundle, startServer } from "./server";

const KEYSTROKES = Number(process.env.TIANBAO_KEYSTROKES ?? 500);
const SEED = Number(process.env.TIANBAO_SEED ?? 20261126);
const COLUMN = 3;
/** Cells in sight that are typed into. */
const ROWS = 12;
const HERE = MEANWHILE.filter((one) => !/record|above/.test(one));

let bridge: Bridge;
test.beforeAll(async () => {
  await bundle();
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

/** Whether an input method would get the keys now. */
const inField = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement as HTMLElement | null;
    return active !== null && (active.matches("input, textarea") || active.isContentEditable);
  });

/** Where a cell is: rows have 28 points in both grids; the heading of the one with elements is measured. */
async function spot(page: Page, grid: string, row: number) {
  const first = grid === "ag" ? await page.locator("[row-index='0'] [col-id='c3']").first().boundingBox() : null;
  const top = first ? first.y : 32;
  return { x: COLUMN * 124 + 60, y: top + row * 28 + 14 };
}

for (const grid of ["ag", "glide"])
  test(`Chinese typed into ${grid}`, async ({ page }) => {
    const server = await startServer(bridge, "ODS_SXJCSJ", 400);
    await page.goto(`${addressOf(server)}/${grid}?rows=400`);
    await expect.poll(() => page.evaluate(() => window.textOf(0, 0))).not.toBe("");
    const next = random(SEED);
    const ime = keyboard(page, await page.context().newCDPSession(page));
    const outcomes = new Map<string, { right: number; wrong: number }>();
    const examples: string[] = [];
    const letter = async (one: string) => {
      if (await inField(page)) await ime.letter(one);
      else await ime.plain(one);
    };
    for (let scenario = 0; ime.state.pressed < KEYSTROKES; scenario++) {
      const end = ENDS[scenario % ENDS.length] ?? "candidate";
      const meanwhile = HERE[Math.floor(scenario / ENDS.length) % HERE.length] ?? "nothing";
      const row = next(ROWS);
      const { x, y } = await spot(page, grid, row);
      await page.mouse.click(x, y);
      const before = await page.evaluate(([at, column]) => window.textOf(at, column), [row, COLUMN] as const);
      let text = "";
      if (meanwhile === "edit-first") {
        await ime.plain("F2");
        text = before;
      }
      const [letters, word] = WORDS[next(WORDS.length)] ?? WORDS[0];
      const middle = 1 + next(letters.length - 1);
      for (const [i, one] of [...letters].entries()) {
        await letter(one);
        if (i !== middle) continue;
        if (meanwhile === "wheel") await page.mouse.wheel(0, 20);
        if (meanwhile === "resized") await page.setViewportSize({ width: 1366, height: 700 + next(60) });
        if (meanwhile === "backspace" && (await inField(page))) {
          await ime.backspace();
          await ime.letter(one);
        }
      }
      let expected = text + word;
      if (end === "candidate" || end === "two-words" || end === "digit") await ime.take(word);
      if (end === "two-words") {
        const [more, second] = WORDS[next(WORDS.length)] ?? WORDS[0];
        for (const one of more) await letter(one);
        await ime.take(second);
        expected += second;
      }
      if (end === "raw") {
        await ime.take(letters);
        expected = text + letters;
      }
      if (end === "cancelled") {
        await ime.cancel();
        expected = before;
      }
      if (end === "blurred") {
        expected = text + letters;
        await page.mouse.click(COLUMN * 124 + 200, y);
        ime.state.text = "";
      } else if (end === "cancelled") await ime.plain("ArrowDown");
      else await ime.plain(["Enter", "Tab", "Shift+Tab"][next(3)] ?? "Enter");
      // What is written is written a frame later at the latest.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const after = await page.evaluate(([at, column]) => window.textOf(at, column), [row, COLUMN] as const);
      const outcome = outcomes.get(end) ?? { right: 0, wrong: 0 };
      if (after === expected) outcome.right += 1;
      else {
        outcome.wrong += 1;
        if (examples.length < 8) examples.push(`${end}, ${meanwhile}: ${expected} → ${after}`);
      }
      outcomes.set(end, outcome);
      await page.keyboard.press("Escape");
      if (meanwhile === "wheel") await page.mouse.wheel(0, -400);
    }
    const right = [...outcomes.values()].reduce((sum, one) => sum + one.right, 0);
    const wrong = [...outcomes.values()].reduce((sum, one) => sum + one.wrong, 0);
    console.log(`${grid}\t${ime.state.pressed} keys\t${right} cells right\t${wrong} wrong`);
    for (const [end, one] of outcomes) console.log(`\t${end}\t${one.right} right\t${one.wrong} wrong`);
    for (const one of examples) console.log(`\t${one}`);
    server.close();
    server.closeAllConnections();
  });
