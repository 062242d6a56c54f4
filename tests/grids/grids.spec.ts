/**
 * Frames of the grid while it is scrolled by wheel, by its bar and by jumps, beside an empty page, ag-grid and Glide
 * Data Grid, in one run: `npm ci && npx playwright test grids.spec.ts` in tests/grids, with TIANBAO_BRIDGE and
 * TIANBAO_BROWSER set as in tests/browser. TIANBAO_BENCH_SECONDS is the length of each measurement (10 without it).
 *
 * A frame is blank when at one of six places over the height of the grid a row has no text.
 */
import { expect, type Page, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "../browser/stage/bridge";
import { addressOf, bundle, startServer } from "./server";

const TABLE = "ODS_SXJCSJ";
const MANY = 1_000_000;
const SECONDS = Number(process.env.TIANBAO_BENCH_SECONDS ?? 10);

interface Subject {
  name: string;
  /** The address for a number of rows; `bridge` answers the program's own table of 400. */
  place(rows: number): string;
  /** The element that scrolls. */
  scroller: string;
}

interface Frames {
  p50: number;
  p95: number;
  p99: number;
  blank: number;
  frames: number;
}

declare const window: Window & {
  isBlank?: () => boolean;
  frames: { times: number[]; blank: number; going: boolean };
};

/** Begins to note each frame: how long after the one before it came, and whether a row in it was blank. */
function begin(scroller: string) {
  const frames = { times: [] as number[], blank: 0, going: true };
  window.frames = frames;
  const element = document.querySelector(scroller);
  const textless = () => {
    if (window.isBlank) return window.isBlank();
    if (!element) return false;
    const box = element.getBoundingClientRect();
    return [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].some((share) => {
      const there = document.elementFromPoint(box.left + 300, box.top + box.height * share);
      const row = there?.closest("[role=row]");
      return there !== null && (!row || (row.textContent ?? "").trim().length < 20);
    });
  };
  let last = performance.now();
  const frame = (now: number) => {
    frames.times.push(now - last);
    last = now;
    if (element && textless()) frames.blank += 1;
    if (frames.going) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function measured(page: Page, scroller: string, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(begin, scroller);
  await work();
  return page.evaluate(() => {
    const { frames } = window;
    frames.going = false;
    const times = [...frames.times].sort((a, b) => a - b);
    const at = (share: number) => Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 10) / 10;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), blank: frames.blank, frames: times.length };
  });
}

/** Turns the wheel by 300 points about sixty times a second. */
async function wheel(page: Page) {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.move(size.width / 2, size.height / 2);
  const end = Date.now() + SECONDS * 1000;
  for (let turns = 0; Date.now() < end; turns++) {
    const soon = Date.now() + 16;
    await page.mouse.wheel(0, turns % 200 < 150 ? 300 : -300);
    await new Promise((done) => setTimeout(done, Math.max(0, soon - Date.now())));
  }
}

/** Draws the bar from end to end in two seconds, by the position that its thumb would give. */
const bar = (page: Page, scroller: string) =>
  page.evaluate(async (name) => {
    const element = document.querySelector(name);
    if (!element) return;
    const began = performance.now();
    for (let share = 0; share < 1; ) {
      const now = await new Promise<number>((done) => requestAnimationFrame(done));
      share = Math.min(1, (now - began) / 2000);
      element.scrollTop = share * (element.scrollHeight - element.clientHeight);
    }
  }, scroller);

/** How long after a jump to a share of the height no row is blank, in ms. */
const jump = (page: Page, scroller: string, share: number) =>
  page.evaluate(
    async ([name, to]) => {
      const element = document.querySelector(name);
      if (!element) return 0;
      const box = element.getBoundingClientRect();
      const shown = () => {
        if (window.isBlank) return !window.isBlank();
        const row = document.elementFromPoint(box.left + 300, box.top + box.height / 2)?.closest("[role=row]");
        return (row?.textContent ?? "").trim().length >= 20;
      };
      const began = performance.now();
      element.scrollTop = to * (element.scrollHeight - element.clientHeight);
      // The grid hears of it in the next frame.
      do await new Promise((done) => requestAnimationFrame(done));
      while (!shown());
      return Math.round(performance.now() - began);
    },
    [scroller, share] as const,
  );

let bridge: Bridge;
test.beforeAll(async () => {
  await bundle();
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterAll(() => bridge.end());

test("frames of the grids", async ({ page }) => {
  const server = await startServer(bridge, TABLE, MANY);
  const address = addressOf(server);
  const subjects: Subject[] = [
    { name: "empty page", place: () => `${address}/floor`, scroller: "#none" },
    {
      name: "tianbao",
      place: (rows) => `${rows === MANY ? address : bridge.address}/#/fill/${TABLE}`,
      scroller: ".grid",
    },
    { name: "ag-grid", place: (rows) => `${address}/ag?rows=${rows}`, scroller: "[data-scroller]" },
    { name: "Glide", place: (rows) => `${address}/glide?rows=${rows}`, scroller: ".dvn-scroller" },
  ];
  const line = (...cells: (string | number)[]) => console.log(cells.join("\t"));
  line("rows", "grid", "wheel p50", "p95", "p99", "blank", "bar p50", "p99", "blank", "jump 10 %", "50 %", "99 %");
  for (const rows of [MANY, 400])
    for (const { name, place, scroller } of subjects) {
      await page.goto("about:blank");
      await page.goto(place(rows));
      if (scroller !== "#none") await expect(page.locator(scroller)).toBeVisible();
      // Until rows are shown.
      await jump(page, scroller, 0);
      const wheeled = await measured(page, scroller, () => wheel(page));
      const drawn = await measured(page, scroller, () => bar(page, scroller));
      const jumps: number[] = [];
      for (const share of [0.1, 0.5, 0.99]) jumps.push(await jump(page, scroller, share));
      line(
        rows,
        name,
        wheeled.p50,
        wheeled.p95,
        wheeled.p99,
        `${wheeled.blank}/${wheeled.frames}`,
        drawn.p50,
        drawn.p99,
        `${drawn.blank}/${drawn.frames}`,
        ...jumps,
      );
    }
  server.close();
  server.closeAllConnections();
});
