/** 通信记录: what was asked of a receiver and what it answered, in the window. */
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { connect, type StandInReceiver, startReceiver } from "./stage/receiver";

const TABLE = "ODS_XXJBSJ";

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
];

let bridge: Bridge;
let receiver: StandInReceiver;

test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  receiver = await startReceiver(TABLE, 3);
});
test.afterEach(() => {
  bridge.end();
  receiver.end();
});

test("each request is listed with its answer, and the failed ones alone", async ({ page }) => {
  await connect(bridge, receiver.address);
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  const send = async () => {
    await page.getByTestId("send").click();
    await page.getByTestId("confirm-send").click();
    await expect(page.getByTestId("ending")).toBeVisible();
  };
  receiver.ways.save = "refused";
  await send();
  await page.goto(`${bridge.address}/#/submit`);
  await page.getByRole("button", { name: "通信记录" }).click();
  const drawer = page.getByTestId("requests");
  const lines = drawer.locator("tbody tr");
  const refused = drawer.locator("tr[data-outcome=refused]");
  await expect(refused.first()).toContainText("上报");
  await expect(refused.first()).toContainText("数据对象未授权");
  await expect(lines.filter({ hasText: "登录" }).first()).toContainText("成功");
  // No token of a reply stands in the list.
  await expect(drawer).not.toContainText("abcd0123456789ABCDEF");
  for (const size of SIZES) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(process.env.TIANBAO_RESULTS ?? "results", `requests-${size.width}.png`) });
  }
  await expectAccessible(page, "requests");
  const all = await lines.count();
  await drawer.getByText("没有成功的").click();
  await expect(refused).toHaveCount(await lines.count());
  expect(await lines.count()).toBeLessThan(all);
});
