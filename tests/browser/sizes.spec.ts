/**
 * Every screen at the sizes that it is used at: an office PC, a laptop behind 125 %, the smallest window, a large
 * screen, and 200 % on an office PC. Nothing is cut, outside, covered or without width.
 */
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { oddities } from "./stage/geometry";
import { records } from "./stage/grid";
import { settled } from "./stage/settled";

const TABLE = "ODS_SXJCSJ";
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
  { width: 1024, height: 600 },
  { width: 1024, height: 640 },
  { width: 1920, height: 1080 },
  // 1366 x 768 at 200 %.
  { width: 683, height: 384 },
];

/** Screens and their parts; the names that the address has. */
const PLACES = [
  "home",
  `fill/${TABLE}`,
  // A table with one record, which opens as a form.
  "fill/ODS_XXJBSJ",
  "check",
  "check/trend",
  "check/quality",
  "check/rules",
  ...["import", "sources", "template", "export", "headings"].map((part) => `workbooks/${part}`),
  "submit",
  "standards",
  `standards/${TABLE}`,
  ...["compare", "quality", "migration", "own", "install"].map((view) => `standards/${view}`),
  ...["college", "departments", "connections", "schedule", "submission", "security", "appearance", "about"].map(
    (part) => `settings/${part}`,
  ),
];

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  const { rows } = await records(bridge, TABLE, 40);
  const set = (column: string, place: number, value: string) => ({ do: "set", row: rows[place]?.row, column, value });
  const changes = [
    ...[1, 2, 3, 20].map((place) => set("SXKSRQ", place, "20260231")),
    ...[4, 5].map((place) => set("SXSC", place, "十二周")),
    ...[6, 7, 8].map((place) => set("XH", place, `2024O14${place}`)),
  ];
  await bridge.call("fill.edit", { table: TABLE, changes });
});
test.afterAll(() => bridge.end());

for (const size of SIZES) {
  const name = `${size.width}x${size.height}`;
  test(`${name}: every screen can be read and reached`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize(size);
    const odd: string[] = [];
    for (const place of process.env.PLACES?.split(",") ?? PLACES) {
      await page.goto(`${bridge.address}/#/${place}`);
      await settled(page);
      odd.push(...(await oddities(page)).map((one) => `${place}: ${one}`));
      const path = join(process.env.TIANBAO_RESULTS ?? "results", "sizes", `${place.replaceAll("/", "-")}-${name}.png`);
      await page.screenshot({ path });
    }
    expect(odd).toEqual([]);
  });
}
