/**
 * States of screens that are seen seldom, taken at four sizes and in the dark to be looked at. Each is also measured:
 * nothing is cut, outside, covered or without width.
 */
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { oddities } from "./stage/geometry";
import { openTable, records } from "./stage/grid";
import { settled } from "./stage/settled";
import { change } from "./stage/xlsx";

const TABLE = "ODS_SXJCSJ";
const VISITS = "ODS_FWSZTSGZYSJ";
const OFFICE = { width: 1366, height: 768 };
const SIZES = [OFFICE, { width: 1093, height: 614 }, { width: 683, height: 384 }, { width: 1920, height: 1080 }];

let bridge: Bridge;
test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  const settings = await bridge.call<Record<string, unknown>>("settings.get", {});
  await bridge.call("settings.set", { ...settings, theme: "system" });
});
test.afterAll(() => bridge.end());

/** Measures what is shown at each size and in the dark, and takes its pictures. */
async function look(page: Page, name: string) {
  const odd: string[] = [];
  const take = async (size: string) => {
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
    const path = join(process.env.TIANBAO_RESULTS ?? "results", "looks", `${name}-${size}.png`);
    await page.screenshot({ path });
    odd.push(...(await oddities(page)).map((one) => `${size}: ${one}`));
  };
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await take(`${size.width}`);
  }
  await page.setViewportSize(OFFICE);
  // Colours of the system are followed.
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await take("dark");
  await expectAccessible(page, `${name}, dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
  expect(odd, name).toEqual([]);
  await expectAccessible(page, name);
}

const open = async (page: Page, place: string) => {
  await page.goto(`${bridge.address}/#/${place}`);
  await settled(page);
};

test("the history of a cell that was submitted", async ({ page }) => {
  const { rows } = await records(bridge, TABLE, 3);
  const set = (value: string) =>
    bridge.call("fill.edit", { table: TABLE, changes: [{ do: "set", row: rows[0]?.row, column: "BJMC", value }] });
  await set("软件2401班");
  await bridge.call("check.run", { tables: [TABLE], job: 0 });
  await bridge.call("submit.send", {
    target: { connection: null },
    tables: [TABLE],
    due: false,
    dry_run: false,
    again: false,
    batch: null,
    waiting: false,
    expected: {},
    sign: null,
    job: 0,
  });
  await bridge.call("submit.results", { wait: 5, job: 0 });
  await set("软件2402班");
  await openTable(page, bridge, TABLE);
  await page.locator("#cell-0-4").click();
  await page.getByRole("tab", { name: "历史" }).click();
  await page.getByText("本单元格", { exact: true }).click();
  await settled(page);
  await look(page, "cell-history");
});

test("numbers by day after a rehearsal, and the reconciliation", async ({ page }) => {
  await open(page, "submit");
  await look(page, "numbers");
  await page.getByRole("button", { name: "对账" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look(page, "reconcile");
});

test("home with every warning that there is", async ({ page }) => {
  const codes = [
    ["due-unreadable", "confirm", "due"],
    ["schedule-unreadable", "mandatory", "schedule"],
    ["expiries-unreadable", "mandatory", "submission"],
    ["pause-unreadable", "mandatory", "submit"],
    ["robots-unreadable", "confirm", "schedule"],
    ["backup-failed", "mandatory", "backups"],
    ["reconcile-unexplained", "confirm", "reconcile"],
    ["failing-again", "confirm", "table"],
    ["account-ends", "confirm", "submission"],
    ["overdue-many", "mandatory", "table"],
  ];
  const params = { n: 3, rows: 12, value: 4, days: 9, day: "2026-12-01", name: "省级平台", title: "实习基础" };
  await page.route("**/call/home.get", async (route) => {
    const response = await route.fetch();
    const home = (await response.json()) as { warnings: unknown[] };
    const titles = "“实习基础”“课程基本”";
    home.warnings = codes.map(([code, level, to]) => ({
      code,
      level,
      to,
      table: TABLE,
      params: { ...params, titles },
    }));
    await route.fulfill({ response, json: home });
  });
  await open(page, "home");
  await look(page, "warnings");
});

test("an import with a conflict to decide", async ({ page }) => {
  const path = join(bridge.home, "来访.xlsx");
  await bridge.call("workbook.template", {
    tables: [VISITS],
    department: null,
    departments: [],
    all: false,
    with_rows: true,
    path,
    job: 0,
  });
  change(path, { A3: "703", B3: "803", A4: "704", B6: "" }, [7]);
  const { rows } = await records(bridge, VISITS, 8);
  const changes = [{ do: "set", row: rows[0]?.row, column: "DZQKFWCS", value: "111" }];
  await bridge.call("fill.edit", { table: VISITS, changes });
  await page.goto(`${bridge.address}/#/workbooks/import`);
  const chosen = page.waitForEvent("filechooser");
  await page.getByTestId("choose-files").click();
  await (await chosen).setFiles(path);
  await expect(page.locator(".proposal-cell-conflict")).toBeVisible();
  await look(page, "import-conflict");
  await page.locator(".ant-segmented-item").filter({ hasText: "更新" }).click();
  await settled(page);
  await look(page, "import-update");
});

test("the audit log, and the form of due days", async ({ page }) => {
  await open(page, "settings/security");
  await look(page, "security");
  await page.getByRole("heading", { name: "操作日志" }).evaluate((title) => title.scrollIntoView());
  await look(page, "audit");
  await open(page, "settings/due");
  await look(page, "due");
});

test("a recovery key of a book that only this PC opens", async ({ page }) => {
  // The machines of the tests have no key store, so the book only says that this PC opens it.
  await page.route("**/call/start.state", async (route) => {
    const response = await route.fetch();
    const state = (await response.json()) as { open: Record<string, unknown> };
    state.open = { ...state.open, lock: "this-pc", sample: false };
    await route.fulfill({ response, json: state });
  });
  await open(page, "home");
  await expect(page.getByTestId("recovery-notice")).toBeVisible();
  await look(page, "recovery-notice");
  await page.getByRole("button", { name: "生成恢复密钥" }).click();
  await expect(page.getByRole("dialog", { name: "恢复密钥" })).toBeVisible();
  await look(page, "recovery-key");
});

test("the screen of a locked book", async ({ page }) => {
  await open(page, "home");
  await bridge.call("book.lock", {});
  await expect(page.getByRole("textbox")).toBeVisible();
  await look(page, "locked");
});
