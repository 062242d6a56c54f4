/** Whether what stands on a screen moves when an answer of the engine comes late. */
import { expect, type Page } from "@playwright/test";

const nameOf = (url: string) => /\/call\/([\w.]+)$/.exec(url)?.[1];
/** After this time without a call the screen has asked for all that it shows, in ms. */
const QUIET_MS = 400;

interface Traffic {
  /** Names of the calls that were made. */
  made: Set<string>;
  /** Waits until no call is under way, those of `held` left out. */
  quiet(held?: string): Promise<void>;
}

function watchTraffic(page: Page): Traffic {
  const made = new Set<string>();
  const underWay = new Map<object, string>();
  let last = Date.now();
  page.on("request", (request) => {
    const name = nameOf(request.url());
    if (name) made.add(name);
    last = Date.now();
    // The stream of changes never ends.
    if (!request.url().endsWith("/events")) underWay.set(request, name ?? "");
  });
  const ended = (request: object) => {
    last = Date.now();
    underWay.delete(request);
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return {
    made,
    quiet: (held) =>
      expect
        .poll(() => [...underWay.values()].every((name) => name === held) && Date.now() - last > QUIET_MS)
        .toBe(true),
  };
}

/** Pages that are open together: most of the time each waits until its calls end. */
const TOGETHER = 4;

/**
 * Opens a screen once for each call that it makes. The answer of that call comes when all others are there and
 * shown; what it moves is one line each, from the browser's own entries of layout shifts, which leave out what is
 * new and what a person scrolls.
 */
export async function movedByLateAnswers(page: Page, address: string): Promise<string[]> {
  const traffic = watchTraffic(page);
  await page.goto(address);
  await traffic.quiet();
  const left = [...traffic.made];
  const moved: string[] = [];
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop())
      moved.push(...(await movedBy(page, address, name)));
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return moved;
}

/** The same for one call, in a page of its own. */
async function movedBy(like: Page, address: string, name: string): Promise<string[]> {
  const page = await like.context().newPage();
  const size = like.viewportSize();
  if (size) await page.setViewportSize(size);
  const traffic = watchTraffic(page);
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route(`**/call/${name}`, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address);
  await traffic.quiet(name);
  await page.evaluate(observe);
  release();
  await traffic.quiet();
  const lines = await page.evaluate(() => (window as unknown as { moved: string[] }).moved);
  await page.close();
  return lines.map((line) => `${name}: ${line}`);
}

/** Runs `work` and says what moved on the page meanwhile. */
export async function movedWhile(page: Page, work: () => Promise<unknown>): Promise<string[]> {
  await page.evaluate(observe);
  await work();
  return page.evaluate(() => (window as unknown as { moved: string[] }).moved);
}

/** Collects from now on what moves, in the page. */
function observe() {
  const moved: string[] = [];
  (window as unknown as { moved: string[] }).moved = moved;
  interface Shift extends PerformanceEntry {
    sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
  }
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries() as Shift[])
      for (const { node, previousRect: before, currentRect: after } of sources) {
        const element = node instanceof Element ? node : node?.parentElement;
        const words = (element?.textContent ?? "").trim().slice(0, 20);
        const from = `${before.x},${before.y} ${before.width}x${before.height}`;
        const to = `${after.x},${after.y} ${after.width}x${after.height}`;
        moved.push(`${element?.tagName.toLowerCase()}.${element?.className} “${words}” ${from} → ${to}`);
      }
  }).observe({ type: "layout-shift" });
}
