/**
 * Bringing editions in and taking them out: a file is shown before it is installed, and a refused one with the reason.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, openSample, startBridge } from "./stage/bridge";
import { type Publisher, publisher } from "./stage/publisher";

const NAME = "示例出版者";
const ID = "zhongzhi-2030.01";
const TITLE = "示例中职数据标准";

const picture = (name: string) => join(process.env.TIANBAO_RESULTS ?? "results", `${name}.png`);

let bridge: Bridge;
let signer: Publisher;

test.beforeAll(async () => {
  bridge = await startBridge();
  await openSample(bridge);
  signer = await publisher(bridge, NAME);
});
test.afterAll(() => {
  signer.end();
  bridge.end();
});

test.beforeEach(async ({ page }) => {
  await page.goto(`${bridge.address}/#/standards/install`);
  await expect(page.locator("[data-edition]").first()).toBeVisible();
});

const line = (page: Page, id: string) => page.locator(`[data-edition="${id}"]`);
const publishers = (page: Page) => page.getByRole("region", { name: "信任的出版者" });
const ids = async () => (await bridge.call<{ id: string }[]>("standard.editions", {})).map(({ id }) => id);

/** Chooses a file by one of the two buttons. */
async function bring(page: Page, way: "definition" | "package", file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByTestId(`bring-${way}`).press("Enter"),
  ]);
  await chooser.setFiles(file);
}

/** Takes an installed edition out, after the question. */
async function remove(page: Page): Promise<void> {
  await line(page, ID)
    .getByRole("button", { name: `移除“${TITLE}”` })
    .press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /移\s*除/ })
    .press("Enter");
  await expect(line(page, ID)).toHaveCount(0);
}

/** Writes the definition of an edition, as its button does; gives the file. */
async function definition(page: Page, id: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    line(page, id).getByRole("button", { name: /^导出/ }).press("Enter"),
  ]);
  return download.path();
}

test("each edition says what it is and where it came from", async ({ page }) => {
  await expect(page.locator("[data-edition]")).toHaveCount(3);
  const mine = line(page, "gaozhi-2024.09");
  await expect(mine).toContainText(/本填报册在用.*程序自带.*98 张数据表.*1,274 个数据项/s);
  await expect(mine.getByRole("button", { name: /移除/ })).toHaveCount(0);
  await expect(publishers(page)).toContainText("还没有信任任何出版者");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: picture("install") });
  await expectAccessible(page, "版本管理");
});

test("the definition of a built-in edition is exported, and refused coming back", async ({ page }) => {
  const file = await definition(page, "zhongzhi-2023.06");
  expect(readFileSync(file).subarray(0, 2).toString()).toBe("PK");
  await bring(page, "definition", file);
  const refused = page.getByTestId("refused");
  await expect(refused).toContainText("标准版本 zhongzhi-2023.06 是程序自带的，只能用签名包更新");
  await expect(refused).toContainText("都没有改动");
  await expectAccessible(page, "refused");
  await refused.getByRole("button", { name: /关\s*闭/ }).click();
  await expect(refused).toHaveCount(0);
});

test("a package is taken from a publisher whom the college trusts, and from nobody else", async ({ page }) => {
  const file = await signer.pack(ID, TITLE, "1.0.0");
  await bring(page, "package", file);
  const refused = page.getByTestId("refused");
  await expect(refused).toContainText(`出版者“${NAME}”不在信任名单里`);
  await expect(refused).toContainText(signer.fingerprint);
  expect(await ids()).not.toContain(ID);

  const trust = publishers(page);
  await trust.getByRole("button", { name: "添加出版者" }).press("Enter");
  await page.keyboard.type("随便写的");
  await page.keyboard.press("Tab");
  await page.keyboard.type("不是公钥");
  await trust.getByRole("button", { name: /信\s*任/ }).press("Enter");
  await expect(trust.getByRole("alert")).toContainText("这不是公钥");
  await expectAccessible(page, "出版者");
  await trust.getByLabel("出版者名称").fill(NAME);
  await trust.getByLabel("公钥").fill(signer.key);
  await trust.getByRole("button", { name: /信\s*任/ }).press("Enter");
  await expect(trust.locator("li")).toContainText(signer.fingerprint);

  await refused.getByRole("button", { name: "再看一次这个文件" }).press("Enter");
  const preview = page.getByTestId("arriving");
  await expect(preview).toContainText(
    /示例中职数据标准.*zhongzhi-2030\.01.*47 张数据表.*签名有效，出版者“示例出版者”.*这是新的版本/s,
  );
  await expect(preview).toContainText(signer.fingerprint);
  await page.screenshot({ path: picture("install-preview") });
  await expectAccessible(page, "preview");
  expect(await ids()).not.toContain(ID);
  await page.getByTestId("install").press("Enter");
  await expect(page.getByTestId("installed")).toContainText(TITLE);
  await expect(line(page, ID)).toContainText(`签名包，出版者“${NAME}”，指纹 ${signer.fingerprint}`);
});

test("a higher revision replaces, a lower or altered one is refused", async ({ page }) => {
  const higher = await signer.pack(ID, TITLE, "1.1.0");
  await bring(page, "package", higher);
  await expect(page.getByTestId("arriving")).toContainText("替换已有的修订 1.0.0，换成修订 1.1.0");
  await page.getByTestId("install").press("Enter");
  await expect(line(page, ID)).toContainText("修订 1.1.0");

  await bring(page, "package", await signer.pack(ID, TITLE, "1.0.9"));
  await expect(page.getByTestId("refused")).toContainText("要安装的修订 1.0.9 不比它新");

  // One character of its title.
  const bytes = readFileSync(await signer.pack(ID, TITLE, "1.2.0"));
  const at = bytes.indexOf(Buffer.from(TITLE));
  expect(at).toBeGreaterThan(0);
  bytes.write("范例", at);
  const altered = higher.replace("1.1.0", "altered");
  writeFileSync(altered, bytes);
  await bring(page, "package", altered);
  await expect(page.getByTestId("refused")).toContainText(/被改动过|不完整|重新打包/);
  await expect(line(page, ID)).toContainText("修订 1.1.0");
});

test("an edition of a publisher who is no longer trusted says so, and is taken out", async ({ page }) => {
  const file = await definition(page, ID);
  await bring(page, "definition", file);
  await expect(page.getByTestId("refused")).toContainText("是用签名包安装的，只能用签名包更新");
  await publishers(page)
    .getByRole("button", { name: `不再信任“${NAME}”` })
    .press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /移\s*除/ })
    .press("Enter");
  await expect(line(page, ID)).toContainText("现在不能使用");
  await expectAccessible(page, "problem");
  await line(page, ID).getByRole("button", { name: /移除/ }).press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /移\s*除/ })
    .press("Enter");
  await expect(line(page, ID)).toHaveCount(0);

  // What the package brought comes back as a definition workbook, and goes again.
  await page.getByTestId("refused").getByRole("button", { name: "再看一次这个文件" }).press("Enter");
  await expect(page.getByTestId("arriving")).toContainText("标准定义工作簿没有签名");
  await page.getByTestId("install").press("Enter");
  await expect(line(page, ID)).toContainText("来自标准定义工作簿");
  await remove(page);
  expect(await ids()).toHaveLength(3);
});
