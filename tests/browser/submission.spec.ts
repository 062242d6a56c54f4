/** The submitting screen towards receivers that fail in every usual way: what happened is said in place, and stays. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { connect, momentOfReceiver, type StandInReceiver, startReceiver } from "./stage/receiver";

/** A small table of the sample college, and how many records it has. */
const TABLE = "ODS_XXJBSJ";
const ROWS = 3;

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
];

let bridge: Bridge;
let receiver: StandInReceiver;

/** The screen in both sizes, without a barrier and without scrolling sideways. */
async function look(page: Page, name: string) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    const path = join(process.env.TIANBAO_RESULTS ?? "results", `submit-${name}-${size.width}.png`);
    await page.screenshot({ path });
  }
}

/** Opens the screen from the table, so that it alone is marked, and submits it. */
async function submit(page: Page) {
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.reload();
  await page.getByTestId("send").click();
  await page.getByTestId("confirm-send").click();
}

const ending = (page: Page) => page.getByTestId("ending");

test.beforeEach(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  receiver = await startReceiver(TABLE, ROWS);
});
test.afterEach(() => {
  bridge.end();
  receiver.end();
});

test("nothing is marked that was not asked for, and the confirmation names receiver and numbers", async ({ page }) => {
  await connect(bridge, receiver.address);
  await page.goto(`${bridge.address}/#/submit`);
  await expect(page.locator(".submit-ready tbody tr").first()).toBeVisible();
  await expect(page.locator(".submit-ready tbody input:checked")).toHaveCount(0);
  await expect(page.getByTestId("send")).toBeDisabled();
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await expect(page.locator(".submit-ready tbody input:checked")).toHaveCount(1);
  await page.getByTestId("send").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("校级中心");
  await expect(page.getByTestId("confirm-size")).toHaveText(`1 张表 ${ROWS} 条`);
  await expect(dialog).toContainText("能登录“校级中心”");
  await look(page, "confirm");
  await expectAccessible(page, "confirmation");
  await page.getByRole("button", { name: "先不上报" }).click();
  expect(receiver.received).toEqual([]);
});

test("the check list says what was looked at, and what leaves has a fingerprint", async ({ page }) => {
  await connect(bridge, receiver.address);
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.getByTestId("send").click();
  const list = page.getByTestId("check-list");
  await expect(list.locator("[data-matter=connection]")).toHaveAttribute("data-verdict", "ok");
  await expect(list.locator("[data-matter=count]")).toContainText("首次上报");
  await expect(list.locator("[data-matter=account]")).toContainText("没有登记账号的到期日");
  const shown = await page.locator(".submit-leaves .submit-fingerprint").textContent();
  expect(shown).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
  await page.getByTestId("confirm-send").click();
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  // The batch that was made of it has the same fingerprint, and so has the page to print.
  const drawer = page.getByRole("dialog");
  await expect(drawer.locator(".submit-fingerprint")).toHaveText(shown ?? "");
  await look(page, "batch");
  const download = page.waitForEvent("download");
  await drawer.getByRole("button", { name: "打印上报单" }).click();
  const file = await (await download).path();
  expect(readFileSync(file, "utf8")).toContain(shown ?? "-");
});

test("a second person signs, and nothing leaves before", async ({ page }) => {
  await connect(bridge, receiver.address);
  await page.goto(`${bridge.address}/#/settings/submission`);
  await page.getByPlaceholder("姓名").fill("李复核");
  await page.getByPlaceholder("复核密码").fill("复核密码");
  await page.getByRole("button", { name: "添加复核人" }).click();
  await expect(page.locator(".settings-signers")).toContainText("李复核");
  await page.getByRole("switch").click();
  await expect(page.locator(".settings-sign-log")).toContainText("开始要求复核");
  await look(page, "settings");
  await expectAccessible(page, "settings of sign-off");
  const settings = await bridge.call<Record<string, unknown>>("settings.get", {});
  await bridge.call("settings.set", { ...settings, person: "王填报" });

  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.reload();
  await page.getByTestId("send").click();
  await expect(page.getByTestId("check-list").locator("[data-matter=sign-off]")).toContainText("第二个人复核");
  await expect(page.getByTestId("confirm-send")).toBeDisabled();
  await page.getByRole("combobox", { name: "复核人" }).click();
  await page.locator(".ant-select-item-option").getByText("李复核").click();
  await page.getByPlaceholder("复核密码").fill("不对");
  await look(page, "sign-off");
  await page.getByTestId("confirm-send").click();
  await expect(page.getByText("“李复核”的复核密码不对。")).toBeVisible();
  expect(receiver.received).toEqual([]);
  await page.getByTestId("send").click();
  await page.getByRole("combobox", { name: "复核人" }).click();
  await page.locator(".ant-select-item-option").getByText("李复核").last().click();
  await page.getByPlaceholder("复核密码").fill("复核密码");
  await page.getByTestId("confirm-send").click();
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  await expect(page.getByRole("dialog")).toContainText("李复核（");
  expect(receiver.received).toHaveLength(1);
});

test("a dead address: nothing is called sent, why is said, and it can be sent again alone", async ({ page }) => {
  await connect(bridge, "http://127.0.0.1:9");
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.getByTestId("send").click();
  await expect(page.getByRole("dialog")).toContainText("拒绝连接");
  await expect(page.getByTestId("confirm-send")).toBeDisabled();
  await page.getByRole("button", { name: "先不上报" }).click();
  // A line that breaks after the dialog: the submission itself meets the dead address.
  await connect(bridge, receiver.address);
  receiver.ways.save = "refused";
  await submit(page);
  await expect(ending(page)).toContainText("数据对象未授权");
  await expect(ending(page)).toContainText(`${ROWS} 条没有发出`);
  await expect(page.locator("[data-state=waiting]").first()).toHaveText("未发出，待发送");
  await look(page, "refused");
  await expectAccessible(page, "refused");
  await expect(page.getByText("已发送", { exact: false })).toHaveCount(0);
  receiver.ways.save = "ok";
  await page
    .getByRole("button", { name: "Close" })
    .or(page.getByRole("button", { name: "关闭" }))
    .last()
    .click();
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  expect(receiver.received).toHaveLength(1);
});

test("a wrong password is said in the confirmation, and nothing leaves", async ({ page }) => {
  await connect(bridge, receiver.address);
  receiver.ways.login = "refused";
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.getByTestId("send").click();
  await expect(page.getByRole("dialog")).toContainText("账号或密码错误");
  await expect(page.getByTestId("confirm-send")).toBeDisabled();
  await look(page, "password");
});

test("rejected as a whole, and sent again unchanged", async ({ page }) => {
  await connect(bridge, receiver.address);
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  await look(page, "received");
  await page.keyboard.press("Escape");
  receiver.ways.results = "rejected";
  await page.locator(".page-head").getByRole("button", { name: "查询结果" }).click();
  await expect(ending(page)).toContainText(`被退回 ${ROWS} 条`);
  await page.locator(".submit-batch").first().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("数据对象未配置");
  await look(page, "rejected");
  await drawer.getByRole("button", { name: "原样重新上报" }).click();
  receiver.ways.results = "none";
  await page.locator(".ant-popconfirm").getByRole("button", { name: "原样重新上报" }).click();
  await expect.poll(() => receiver.received.length).toBe(2);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  receiver.ways.results = "stored";
  await bridge.call("submit.results", { wait: 30, job: 0 });
  const home = await bridge.call<{ tables: { table: string; accepted: number }[] }>("home.get", {});
  expect(home.tables.find(({ table }) => table === TABLE)?.accepted).toBe(ROWS);
});

test("a rehearsal is never counted as a submission", async ({ page }) => {
  const today = async () => (await bridge.call<{ today: { sent: number } }>("home.get", {})).today.sent;
  await page.goto(`${bridge.address}/#/submit/${TABLE}`);
  await page.getByTestId("send").click();
  await expect(ending(page)).toContainText(`演练通过 ${ROWS} 条，没有上报`);
  await expect(page.locator("[data-state=stored]").first()).toHaveText("演练通过");
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("打印演练记录");
  for (const word of ["对方", "入库", "回执单", "上报单"]) await expect(drawer).not.toContainText(word);
  await look(page, "rehearsed");
  expect(await today()).toBe(0);
  const home = await bridge.call<{ tables: { table: string; last_submitted: string | null }[] }>("home.get", {});
  expect(home.tables.find(({ table }) => table === TABLE)?.last_submitted).toBeNull();
});

test("what waits too long is said, and can be given up", async ({ page }) => {
  await connect(bridge, receiver.address);
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  // The receiver of an hour later has still nothing: the answer of the bridge is dated, so the page is told.
  await page.route("**/call/submit.batch*", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { batches?: object[]; batch?: { overdue: boolean } };
    const late = { overdue: true, shown: "no-result" };
    for (const batch of body.batches ?? []) Object.assign(batch, late);
    if (body.batch?.overdue === false && receiver.received.length === 1) Object.assign(body.batch, late);
    await route.fulfill({ response: answer, json: body });
  });
  await page.reload();
  await expect(page.locator("[data-state=received]").first()).toHaveText("一直没有结果");
  await page.locator(".submit-batch").first().click();
  await look(page, "overdue");
  await page.unroute("**/call/submit.batch*");
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "不再等待，重新发送" }).click();
  await page.locator(".ant-popconfirm").getByRole("button", { name: "不再等待，重新发送" }).click();
  await expect(page.locator("[data-state=waiting]").first()).toHaveText("未发出，待发送");
  await submit(page);
  await expect.poll(() => receiver.received.length).toBe(2);
});

test("a submission is paused, stays paused, and goes on where it was", async ({ page }) => {
  await connect(bridge, receiver.address, { rows_per_call: 1, pause_ms: 1500 });
  await submit(page);
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await page.getByTestId("pause").click();
  const note = page.getByTestId("paused");
  await expect(note).toContainText("向“校级中心”的上报已暂停");
  await expect(note).toContainText("还没有发出的有");
  const before = receiver.received.length;
  expect(before).toBeLessThan(ROWS);
  await expect(page.locator("[data-state=sending]").first()).toHaveText("已暂停");
  await expect(page.locator(".submit-batch-facts").first()).toContainText(`/ ${ROWS} 条`);
  await look(page, "paused");
  await page.reload();
  await expect(note).toBeVisible();
  await expect(page.getByTestId("send")).toBeDisabled();
  expect(receiver.received.length).toBe(before);
  await connect(bridge, receiver.address, { rows_per_call: 1 });
  await note.getByRole("button", { name: "继续上报" }).click();
  await expect(ending(page)).toContainText("对方已接收");
  await expect(note).toHaveCount(0);
  expect(receiver.received.length).toBe(ROWS);
});

test("both sides are compared, and a line that nobody sent is named", async ({ page }) => {
  await connect(bridge, receiver.address);
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  receiver.ways.results = "stored";
  await bridge.call("submit.results", { wait: 30, job: 0 });
  await page.goto(`${bridge.address}/#/submit`);
  await page.locator(".page-head").getByRole("button", { name: "对账" }).click();
  const drawer = page.getByTestId("reconcile");
  await expect(drawer).toContainText("还没有对过账");
  await drawer.getByRole("button", { name: "现在对账" }).click();
  await expect(drawer).toContainText("每一条都对得上");
  await expect(drawer.locator("tbody tr")).toHaveCount(1);
  await expect(drawer.locator("tbody td").nth(1)).toHaveText(`1 / ${ROWS} / ${ROWS}`);
  receiver.received.push({ time: momentOfReceiver(), rows: 7 });
  await drawer.getByRole("button", { name: "现在对账" }).click();
  await expect(drawer).toContainText("对不上的 1 条");
  await expect(drawer.locator("[data-kind=foreign]")).toContainText("不是本册上报的");
  await look(page, "reconcile");
  await expectAccessible(page, "reconciliation");
});

test("a cell tells who changed it, in which batch it went and what the receiver said", async ({ page }) => {
  await connect(bridge, receiver.address);
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  receiver.ways.results = "partly";
  await bridge.call("submit.results", { wait: 30, job: 0 });
  await page.goto(`${bridge.address}/#/fill/${TABLE}/1/XXDM`);
  await page.getByRole("tab", { name: "历史" }).click();
  await page.locator(".side-history").getByText("本单元格").click();
  const past = page.getByTestId("cell-history");
  await expect(past.locator("[data-what=answered]")).toContainText(/对方退回这条记录，问题在“.+”（批次 1）/);
  await expect(past.locator("[data-what=frozen]")).toContainText("进入批次 1（校级中心）");
  await expect(past.locator("[data-what=sent]")).toContainText("第 1 次第 1 条");
  await expect(past.locator("[data-what=changed]").last()).toBeVisible();
  await look(page, "cell-history");
  await expectAccessible(page, "history of a cell");
  await past.locator("[data-what=answered] a").click();
  await expect(page.getByRole("dialog")).toContainText("上报批次 1");
});

test("a warning says what to do and leads there", async ({ page }) => {
  await connect(bridge, receiver.address);
  await bridge.call("submit.pause", { target: { connection: "校级中心" }, paused: true });
  const settings = await bridge.call<Record<string, unknown>>("settings.get", {});
  await bridge.call("settings.set", { ...settings, connection: "校级中心" });
  const past = "2020-01-01";
  await bridge.call("submit.set_rules", { expiries: { 校级中心: { account: past, key: past } } });
  await page.goto(`${bridge.address}/#/home`);
  await page.reload();
  await expect(page.locator("[data-code=paused]")).toBeVisible();
  await look(page, "warnings");
  await expectAccessible(page, "warnings");
  await page.locator("[data-code=account-over]").click();
  await expect(page).toHaveURL(/#\/settings\/submission$/);
  await page.goto(`${bridge.address}/#/home`);
  await page.locator("[data-code=paused]").click();
  await expect(page.getByTestId("paused")).toBeVisible();
});

test("numbers by day and table are a chart, a list and a file", async ({ page }) => {
  await connect(bridge, receiver.address);
  await submit(page);
  await expect(ending(page)).toContainText(`对方已接收 ${ROWS} 条`);
  receiver.ways.results = "partly";
  await bridge.call("submit.results", { wait: 30, job: 0 });
  await page.goto(`${bridge.address}/#/submit`);
  await page.keyboard.press("Escape");
  const numbers = page.getByTestId("numbers");
  await expect(numbers.getByRole("img", { name: `最多一天 ${ROWS} 条` })).toBeVisible();
  await look(page, "numbers-day");
  await numbers.getByText("按表").click();
  await expect(numbers.locator("tbody td")).toHaveText(["学校基本", "3", "2", "1", ""]);
  await look(page, "numbers-table");
  await expectAccessible(page, "numbers");
  const download = page.waitForEvent("download");
  await numbers.getByRole("button", { name: "写出日报" }).click();
  await download;
});
