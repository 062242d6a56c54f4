/** Moving a book to another edition, seen and done in the window's pages, and taken back. */
import { expect, test } from "@playwright/test";

import { expectAccessible } from "./stage/axe";
import { type Bridge, makeSample, startBridge } from "./stage/bridge";
import { records } from "./stage/grid";

let bridge: Bridge;

test.beforeAll(async () => {
  bridge = await startBridge();
  await makeSample(bridge, "gaozhi-2023.06");
});
test.afterAll(() => bridge.end());

const edition = async () => (await bridge.call<{ edition: string }>("book.head", {})).edition;
const kindOfStudent = async () => (await records(bridge, "ODS_BYQXSXSJ")).rows[0]?.cells.XSLXM;

test("a book is moved after a look at what becomes of it, and taken back", async ({ page }) => {
  expect(await kindOfStudent()).toBe("1");
  await page.goto(`${bridge.address}/#/standards/migration`);
  await expect(page.getByRole("heading", { name: "从 高职 2023-06 迁移到 高职 2024-09" })).toBeVisible();
  await expect(page.getByText(/共 [\d,]+ 条记录，[\d,]+ 个填了内容的单元格/)).toBeVisible();

  // Only what is rewritten: the codes that changed places stand there with what they become.
  await page
    .getByText(/^改写 \d+$/)
    .first()
    .click();
  const table = page.locator('[data-name="ODS_BYQXSXSJ"]');
  await table.getByRole("button").click();
  await expect(table).toContainText("1 高职学生 → 2 高职专科");
  await expect(table.locator(".migration-example").first()).toContainText("1→2");
  await expectAccessible(page, "迁移");
  expect(await edition()).toBe("gaozhi-2023.06");

  await page.getByTestId("move").press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("先留下一份现在的填报册");
  await dialog.getByRole("button", { name: /迁\s*移/ }).press("Enter");
  await expect(page.getByRole("heading", { name: "已从 高职 2023-06 迁移到 高职 2024-09" })).toBeVisible({
    timeout: 60_000,
  });
  expect(await edition()).toBe("gaozhi-2024.09");
  expect(await kindOfStudent()).toBe("2");

  await page.getByRole("button", { name: "查看留存内容" }).click();
  await page.getByRole("combobox", { name: "哪张表的留存内容" }).click();
  await page.keyboard.type("升学");
  await page.keyboard.press("Enter");
  await expect(page.locator(".migration-aside-record").first()).toContainText("班级名称");
  await page.getByRole("button", { name: "返回" }).click();

  await page.getByRole("button", { name: "退回迁移" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "退回迁移" }).click();
  await expect(page.getByRole("heading", { name: "从 高职 2023-06 迁移到 高职 2024-09" })).toBeVisible({
    timeout: 60_000,
  });
  expect(await edition()).toBe("gaozhi-2023.06");
  expect(await kindOfStudent()).toBe("1");
});
