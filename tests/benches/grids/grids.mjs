/**
 * Scrolls the filling screen's grid, ag-grid and Glide Data Grid over the same records in one run, and prints what each
 * frame took, how many frames showed rows without text, and how long jumps and the first rows took.
 *
 *     TIANBAO_BRIDGE=… TIANBAO_BENCH_HOME=… TIANBAO_PASSPHRASE=bench node grids.mjs
 *
 * The home is one that `cargo bench --bench edit` left with a large table (TIANBAO_BENCH_HOME). TIANBAO_BENCH_SECONDS and
 * TIANBAO_BENCH_ROUNDS shorten or lengthen it.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { chromium } from "@playwright/test";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../..");
const TABLE = "ODS_SXJCSJ";
const SECONDS = Number(process.env.TIANBAO_BENCH_SECONDS ?? 10);
/** Edits that are timed in each table. */
const EDITS = Number(process.env.TIANBAO_BENCH_EDITS ?? 100);
const ROUNDS = Number(process.env.TIANBAO_BENCH_ROUNDS ?? 3);
const home = process.env.TIANBAO_BENCH_HOME;
if (!home || !process.env.TIANBAO_BRIDGE) throw new Error("TIANBAO_BRIDGE and TIANBAO_BENCH_HOME are needed");

/** Starts the bridge and answers its address. */
function startBridge(home) {
  const bridge = spawn(
    process.env.TIANBAO_BRIDGE,
    ["--home", home, "--ui", join(ROOT, "ui/dist"), "--listen", "127.0.0.1:0"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return new Promise((done) => {
    let text = "";
    bridge.stdout.on("data", (piece) => {
      text += piece;
      if (text.includes("\n")) done({ bridge, address: JSON.parse(text.split("\n")[0]).address });
    });
  });
}

async function call(address, name, request) {
  const answer = await fetch(`${address}/call/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return answer.json();
}

async function bundle(entry) {
  const folder = mkdtempSync(join(tmpdir(), "grids-"));
  await build({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    outdir: folder,
    define: { "process.env.NODE_ENV": '"production"' },
    minify: true,
    logLevel: "error",
  });
  const files = readdirSync(folder);
  const read = (ending) =>
    files
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
  return { script: read(".js"), style: read(".css") };
}

const percentile = (all, share) => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
const median = (all) => percentile(all, 0.5);
const round = (n) => Math.round(n * 10) / 10;

/** Frames while `drive` runs: [times in ms, frames with blank rows]. */
async function frames(page, drive) {
  await page.evaluate(() => {
    window.frames_ = { times: [], blank: 0, on: true, last: performance.now() };
    const step = (now) => {
      const kept = window.frames_;
      if (!kept.on) return;
      kept.times.push(now - kept.last);
      kept.last = now;
      if (window.blank()) kept.blank += 1;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  await drive();
  return page.evaluate(() => {
    window.frames_.on = false;
    return [window.frames_.times.slice(1), window.frames_.blank];
  });
}

async function wheel(page) {
  const until = Date.now() + SECONDS * 1000;
  while (Date.now() < until) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(8);
  }
}

/** Draws the bar from end to end in two seconds. */
const drag = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const scroller = window.scroller();
        const begun = performance.now();
        const step = (now) => {
          const share = Math.min(1, (now - begun) / 2000);
          scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
          if (share < 1) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      }),
  );

/** Types a text over one cell after another; answers ms from the key that ends each to the sign that it is saved. */
async function edits(page) {
  await page.locator("#cell-0-1").click();
  await page.evaluate(() => {
    window.saved_ = [];
    let pressed;
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter") pressed = performance.now();
      },
      true,
    );
    const state = document.querySelector("[data-testid=save-state]");
    new MutationObserver(() => {
      if (pressed === undefined || state.dataset.pending !== "0") return;
      window.saved_.push(performance.now() - pressed);
      pressed = undefined;
    }).observe(state, { attributeFilter: ["data-pending"] });
  });
  for (let n = 1; n <= EDITS; n++) {
    await page.keyboard.type(`改${n}`);
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => window.saved_.length >= n, n);
  }
  return page.evaluate(() => window.saved_);
}

/** Goes to a share of the height; answers ms until the rows there have text. */
const jump = (page, share) =>
  page.evaluate(
    (share) =>
      new Promise((done) => {
        const scroller = window.scroller();
        const begun = performance.now();
        scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
        let settled = 0;
        const step = () => {
          settled = window.blank() ? 0 : settled + 1;
          // The first frame may still show what was there before.
          if (settled >= 2) done(performance.now() - begun);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(() => requestAnimationFrame(step));
      }),
    share,
  );

const OURS = () => {
  window.scroller = () => document.querySelector(".grid");
  window.blank = () => {
    const grid = document.querySelector(".grid");
    if (!grid || document.querySelector(".grid-unknown")) return true;
    const box = grid.getBoundingClientRect();
    let [top, bottom] = [Infinity, -Infinity];
    for (const row of document.querySelectorAll(".grid-row")) {
      const place = row.getBoundingClientRect();
      if (place.bottom < box.top + 32 || place.top > box.bottom) continue;
      if (row.querySelector(".grid-waiting")) return true;
      top = Math.min(top, place.top);
      bottom = Math.max(bottom, place.bottom);
    }
    return top > box.top + 33 || bottom < box.bottom - 16;
  };
};

const { bridge, address } = await startBridge(home);
const smallHome = mkdtempSync(join(tmpdir(), "grids-small-"));
const small = await startBridge(smallHome);
const browser = await chromium.launch({
  executablePath: process.env.TIANBAO_BROWSER,
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const book = readdirSync(join(home, "books")).find((name) => name.endsWith(".tianbao"));
  await call(address, "book.open", {
    path: join(home, "books", book),
    passphrase: process.env.TIANBAO_PASSPHRASE ?? "bench",
  });
  const first = await call(address, "fill.page", { view: { table: TABLE }, offset: 0, limit: 1, job: 0 });
  const spec = await call(address, "standard.table", { edition: null, table: TABLE });
  const columns = spec.fields.filter((field) => !field.system).map((field) => field.column);
  console.log(`${first.total} records x ${columns.length} columns, ${SECONDS} s of wheel, ${ROUNDS} rounds`);
  const bundles = { ag: await bundle("ag.ts"), glide: await bundle("glide.tsx") };
  const empty = { script: "window.blank = () => false;", style: "" };

  /** Opens one of the pages; answers [page, ms until the first rows]. */
  async function open(name) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
    await page.route("**/bench/*", (route) => {
      const made = name === "floor" ? empty : bundles[name];
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><meta charset="utf-8"><style>html,body,#grid{height:100%;margin:0}${made.style}</style>
          <div id="portal"></div><div id="grid"></div><script>${made.script.replaceAll("</script", "<\\/script")}</script>`,
      });
    });
    const begun = Date.now();
    if (name === "ours") {
      await page.goto(`${address}/#/fill/${TABLE}`);
      await page.waitForSelector(".grid-row[data-row]");
      await page.evaluate(OURS);
    } else {
      await page.goto(`${address}/bench/${name}.html#${encodeURIComponent(JSON.stringify({ table: TABLE, columns }))}`);
      await page.waitForFunction(() => window.blank && !window.blank());
    }
    return [page, Date.now() - begun];
  }

  const figures = {};
  for (const name of ["floor", "ours", "ag", "glide"]) {
    const [wheels, blanks, drags, dragBlanks, opened] = [[], [], [], [], []];
    const jumps = new Map([
      [0.0001, []],
      [0.5, []],
      [0.99, []],
    ]);
    for (let n = 0; n < ROUNDS; n++) {
      const [page, ms] = await open(name);
      opened.push(ms);
      await page.mouse.move(760, 420);
      await page.waitForTimeout(500);
      const [times, blank] = await frames(page, () => wheel(page));
      wheels.push(times);
      blanks.push(blank);
      if (name !== "floor") {
        const [dragTimes, dragBlank] = await frames(page, () => drag(page));
        drags.push(dragTimes);
        dragBlanks.push(dragBlank);
        await jump(page, 0.3);
        for (const [share, found] of jumps) found.push(await jump(page, share));
      }
      await page.close();
    }
    const of = (all) =>
      [0.5, 0.95, 0.99].map((share) => round(median(all.map((times) => percentile(times, share))))).join(" / ");
    const lines = [
      ["first rows ms", round(median(opened))],
      ["wheel p50 / p95 / p99 ms", of(wheels)],
      ["wheel blank frames", median(blanks)],
    ];
    if (name !== "floor") {
      lines.push(["drag p50 / p95 / p99 ms", of(drags)], ["drag blank frames", median(dragBlanks)]);
      lines.push(["jump to start / middle / end ms", [...jumps.values()].map((all) => round(median(all))).join(" / ")]);
    }
    for (const [what, figure] of lines) console.log(`${name}: ${what}: ${figure}`);
    figures[name] = Object.fromEntries(lines);
  }

  // One edit, from the key to the sign that it is saved, in a small table and in the large one.
  await call(small.address, "book.create", {
    edition: "gaozhi-2024.09",
    college: { code: "", name: "", region: "" },
    period: "2026-2027-1",
    department: "",
    path: null,
    passphrase: null,
    sample: true,
    job: 0,
  });
  const saved = [];
  for (const where of [small.address, address]) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${where}/#/fill/${TABLE}`);
    await page.waitForSelector(".grid-row[data-row]");
    const times = await edits(page);
    saved.push(`p50 ${round(percentile(times, 0.5))} ms, p99 ${round(percentile(times, 0.99))} ms`);
    await page.close();
  }
  const one = (what, of = ["ours", "ag", "glide"]) => of.map((name) => figures[name][what]).join("; ");
  const measure = (id, figure) => console.log(`measure\t${id}\t${figure}`);
  measure("grid-wheel", one("wheel p50 / p95 / p99 ms"));
  measure("grid-blank", one("wheel blank frames"));
  measure("grid-drag", one("drag p50 / p95 / p99 ms"));
  measure("grid-jump", one("jump to start / middle / end ms"));
  measure("grid-first", one("first rows ms"));
  measure("edit-saved", saved.join("; "));
} finally {
  await browser.close();
  bridge.kill();
  small.bridge.kill();
  rmSync(smallHome, { recursive: true, force: true });
}
