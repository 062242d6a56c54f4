/** 定时上报 in the settings: an entry is added, run, and says what a person has to look at. */
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";

let bridge: Bridge;

test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
});
test.afterEach(() => bridge.end());

async function look(page: Page, name: string) {
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1093, height: 614 },
  ]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    const path = join(process.env.TIANBAO_RESULTS ?? "results", `schedule-${name}-${size.width}.png`);
    await page.screenshot({ path });
  }
}

test("an entry is added, run, and says why it did not go", async ({ page }) => {
  await page.goto(`${bridge.address}/#/settings/schedule`);
  await expect(page.getByText("还没有定时上报", { exact: true })).toBeVisible();
  await look(page, "empty");
  await page.getByRole("button", { name: "添加定时上报" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("每天消费");
  await look(page, "edit");
  await dialog.getByRole("button", { name: /确\s*定|OK/ }).click();
  const entry = page.locator(".settings-schedule li");
  await expect(entry).toContainText("每天消费");
  await expect(entry).toContainText("07:30");
  await expect(entry).toContainText("下次");
  await entry.getByRole("button", { name: "现在运行" }).click();
  await expect(entry).toContainText("没有上报连接");
  await look(page, "told");
  await expectAccessible(page, "schedule");
  await page.goto(`${bridge.address}/#/home`);
  await expect(page.getByText("定时上报“每天消费”有 1 件事要看")).toBeVisible();
  const { entries } = await bridge.call<{ entries: { entry: { name: string } }[] }>("schedule.list", {});
  expect(entries.map((one) => one.entry.name)).toEqual(["每天消费"]);
});

test("a robot is added without showing its address, and says why it could not write", async ({ page }) => {
  await page.goto(`${bridge.address}/#/settings/schedule`);
  await page.getByRole("button", { name: "添加群机器人" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("教务群");
  await dialog.getByLabel("Webhook 地址").fill("http://127.0.0.1:9/send?key=GEHEIM");
  await look(page, "robot-edit");
  await dialog.getByRole("button", { name: /确\s*定|OK/ }).click();
  const robot = page.locator(".settings-schedule li");
  await expect(robot).toContainText("企业微信 http://127.0.0.1:9/…");
  await expect(page.getByText("GEHEIM")).toHaveCount(0);
  await robot.getByRole("button", { name: "发一条试试" }).click();
  await expect(page.getByText("拒绝连接", { exact: false })).toBeVisible();
  await look(page, "robots");
  await expectAccessible(page, "robots");
});

test("an entry goes by days of the term, and for a group of tables", async ({ page }) => {
  await page.goto(`${bridge.address}/#/settings/schedule`);
  await page.getByRole("button", { name: "添加定时上报" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称").fill("开学");
  await dialog.getByLabel("学期的第几天").fill("1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "按分组选择" }).click();
  await expect(dialog.locator(".table-pick")).toBeVisible();
  await look(page, "term-edit");
  await expectAccessible(page, "an entry of the schedule");
  await dialog.getByRole("button", { name: /确\s*定|OK/ }).click();
  await expect(page.locator(".settings-schedule li")).toContainText("学期第 1 天");
  const { entries } = await bridge.call<{ entries: { entry: { term_days: number[] } }[] }>("schedule.list", {});
  expect(entries[0]?.entry.term_days).toEqual([1]);
});

test("due days have a form, and what is not saved stays", async ({ page }) => {
  await page.goto(`${bridge.address}/#/settings/due`);
  await page.getByLabel("2026-2027 学年 第一学期 第一天").fill("2026-09-07");
  await page.keyboard.press("Enter");
  await page.getByRole("switch").click();
  await page.getByRole("button", { name: "添加" }).last().click();
  await page.getByRole("combobox", { name: "数据表" }).click();
  await page.keyboard.type("学校基本");
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("10-31").fill("13-01");
  await expect(page.getByText("写成“月-日”，例如 10-31")).toBeVisible();
  await page.getByPlaceholder("10-31").fill("11-30");
  await look(page, "due");
  await expectAccessible(page, "due days");
  await page.goto(`${bridge.address}/#/home`);
  await page.goto(`${bridge.address}/#/settings/due`);
  await expect(page.getByPlaceholder("10-31")).toHaveValue("11-30");
  await page.getByRole("button", { name: /保\s*存/ }).click();
  await expect(page.getByText("已保存").last()).toBeVisible();
  const kept = await bridge.call<Record<string, unknown>>("due.settings", {});
  expect(kept).toMatchObject({
    term_starts: { "2026-2027-1": "2026-09-07" },
    every_day: true,
    fixed: { ODS_XXJBSJ: "11-30" },
  });
});
