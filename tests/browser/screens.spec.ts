/** Every screen at the size of an office PC: no grave barrier, no sideways scrolling, nothing on the console. */
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";

/** Each screen with what stands on it once it has read what it shows. */
const SCREENS = [
  ["home", "首页", ".home-title"],
  ["fill/ODS_SXJCSJ", "填报", "#cell-0-0"],
  ["check", "校验", ".check-list"],
  ["workbooks", "模板", "[data-testid=choose-files]"],
  ["submit", "上报", ".submit-ready .facts"],
  ["standards", "标准", ".browse-side"],
  ["settings", "设置", ".settings-body"],
] as const;

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
});
test.afterAll(() => bridge.end());

test("first start", async ({ page }) => {
  await page.goto(bridge.address);
  await expect(page.getByTestId("open-sample")).toBeVisible();
  await expectAccessible(page, "first start");
  // The form of a new book stands beside the list of books, not below it.
  const form = await page.getByRole("heading", { name: "新建填报册" }).boundingBox();
  expect(form?.y).toBeLessThan(150);
  await page.screenshot({ path: picture("start-screen") });
});

test("the sample college opens from the first screen", async ({ page }) => {
  await page.goto(bridge.address);
  await page.getByTestId("open-sample").click();
  await expect(page.getByRole("navigation", { name: "主导航" })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("示例职业技术学院").first()).toBeVisible();
});

for (const [place, name, content] of SCREENS) {
  test(`${name} is accessible and fits`, async ({ page }) => {
    await openSampleOnce();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`${bridge.address}/#/${place}`);
    await expect(page.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page.locator(content).first()).toBeVisible();
    await expect(page.getByText("正在读取…").or(page.locator(".grid-waiting"))).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: picture(`screen-${place.split("/")[0]}`) });
    await expectAccessible(page, name);
    expect(complaints).toEqual([]);
  });
}

let opened: Promise<unknown> | undefined;

/** The tests of the screens can be run alone; then the sample is not open yet. */
function openSampleOnce(): Promise<unknown> {
  opened ??= bridge
    .call<{ open: unknown }>("start.state", {})
    .then(({ open }) => (open ? undefined : openSample(bridge)));
  return opened;
}
