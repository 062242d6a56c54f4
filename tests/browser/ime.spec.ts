/**
 * A seeded machine types Chinese through real composition events, while things happen in the middle of a word. What
 * stands in the book at the end equals what was taken from the input method, record by record.
 *
 * TIANBAO_KEYSTROKES sets how many keys are pressed (500 without it; a long run takes 10,000), TIANBAO_SEED the seed.
 */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { expectSaved, field, goToColumn, openTable, records } from "./stage/grid";
import { ENDS, keyboard, MEANWHILE, random, WORDS } from "./stage/inputMethod";

const TABLE = "ODS_SXJCSJ";
const COMPANY = { column: "SXQYMC", title: "实习企业名称" };
const KEYSTROKES = Number(process.env.TIANBAO_KEYSTROKES ?? 500);

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

declare const window: Window & { clicked: string | null | undefined };

/**
 * Clicks a cell, and answers the number of the record that was under the pointer at that moment: what another window
 * deleted before may leave the grid right after.
 */
async function clickedRecord(page: Page, cell: string): Promise<number> {
  await page.evaluate(() => {
    const note = (event: MouseEvent) => {
      window.clicked = (event.target as Element).closest(".grid-row")?.getAttribute("data-row");
    };
    document.addEventListener("mousedown", note, { capture: true, once: true });
  });
  await page.locator(cell).click();
  return Number(await page.evaluate(() => window.clicked));
}

test("what stands in the book is what was taken from the input method", async ({ page }) => {
  test.setTimeout(1_800_000);
  const seed = Number(process.env.TIANBAO_SEED ?? 20261126);
  const next = random(seed);
  await openTable(page, bridge, TABLE);
  await goToColumn(page, COMPANY.title);
  const col = Number((await page.locator(".grid").getAttribute("data-active"))?.split(",")[1]);
  const ime = keyboard(page, await page.context().newCDPSession(page));
  const all = (await records(bridge, TABLE, 1000)).rows;
  const expected = new Map(all.map(({ row, cells }) => [row, cells[COMPANY.column] ?? ""]));
  const edit = (changes: unknown[]) => bridge.call("fill.edit", { table: TABLE, changes });
  /** The record of the book so many places above another: another window knows the book, not this page. */
  const above = async (row: number, places: number) => {
    const rows = (await records(bridge, TABLE, 1000)).rows;
    const found = rows[rows.findIndex((record) => record.row === row) - places];
    if (!found) throw new Error(`no record ${places} above ${row}`);
    return found.row;
  };

  let scenario = 0;
  while (ime.state.pressed < KEYSTROKES) {
    const end = ENDS[scenario % ENDS.length] ?? "candidate";
    const meanwhile = MEANWHILE[Math.floor(scenario / ENDS.length) % MEANWHILE.length] ?? "nothing";
    scenario += 1;
    const index = 3 + next(12);
    await page.locator(".grid").evaluate((grid) => grid.scrollTo({ top: 0 }));
    const row = await clickedRecord(page, `#cell-${index}-${col}`);
    const before = expected.get(row) ?? "";
    let text = "";
    let typed = false;
    if (meanwhile === "edit-first") {
      await ime.plain("F2");
      text = before;
    }
    const [letters, word] = WORDS[next(WORDS.length)] ?? WORDS[0];
    const middle = 1 + next(letters.length - 1);
    const pressed: Promise<unknown>[] = [];
    for (const [i, letter] of [...letters].entries()) {
      if (meanwhile === "quick") pressed.push(ime.letter(letter));
      else await ime.letter(letter);
      if (i !== middle) continue;
      if (meanwhile === "wheel") await page.mouse.wheel(0, 200);
      if (meanwhile === "resized") await page.setViewportSize({ width: 1366, height: 700 + next(60) });
      if (meanwhile === "backspace") {
        await ime.backspace();
        await ime.letter(letter);
      }
      if (meanwhile === "other-record" || meanwhile === "same-record") {
        const other = meanwhile === "same-record" ? row : await above(row, 1);
        await edit([{ do: "set", row: other, column: "ZYMC", value: `专业${scenario}` }]);
      }
      if (meanwhile === "delete-above") {
        const gone = await above(row, 2);
        expected.delete(gone);
        await edit([{ do: "delete", row: gone }]);
      }
      if (meanwhile === "insert-above") {
        const edited = await bridge.call<{ added: number[] }>("fill.edit", {
          table: TABLE,
          changes: [{ do: "insert", values: { [COMPANY.column]: "别处插入" }, after: await above(row, 2) }],
        });
        expected.set(edited.added[0] ?? 0, "别处插入");
      }
    }
    // What the input method shows is known when all keys have arrived.
    await Promise.all(pressed);
    if (end === "candidate" || end === "two-words" || end === "digit") {
      await ime.take(word);
      text += word;
      typed = true;
    }
    if (end === "two-words") {
      const [more, second] = WORDS[next(WORDS.length)] ?? WORDS[0];
      for (const letter of more) await ime.letter(letter);
      await ime.take(second);
      text += second;
    }
    if (end === "raw") {
      await ime.take(letters);
      text += letters;
      typed = true;
    }
    if (end === "cancelled") await ime.cancel();
    if (end === "blurred") {
      // A press elsewhere keeps what the input method shows, as Excel does.
      text += ime.state.text;
      typed = true;
      ime.state.text = "";
      await page.locator(".fill-title h1").click();
    } else if (end === "cancelled") await ime.plain("ArrowDown");
    else await ime.plain(["Enter", "Tab", "Shift+Tab"][next(3)] ?? "Enter");
    if (typed) expected.set(row, text);
    await expectSaved(page);
    if (scenario % 6 === 0) await expect(field(page)).toHaveCount(1);
  }
  await expectSaved(page);
  const now = new Map(
    (await records(bridge, TABLE, 1000)).rows.map(({ row, cells }) => [row, cells[COMPANY.column] ?? ""]),
  );
  const wrong = [...expected]
    .filter(([row, text]) => now.get(row) !== text)
    .map(([row, text]) => `${row}: ${text} → ${now.get(row)}`);
  expect(wrong, `${ime.state.pressed} keys in ${scenario} scenarios, seed ${seed}`).toEqual([]);
});
