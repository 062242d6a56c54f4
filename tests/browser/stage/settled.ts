/** Waiting for a screen without knowing what stands on it. */
import { expect, type Page } from "@playwright/test";

/** Waits until the screen shows its content and no part of it is being read: two looks see the same text. */
export async function settled(page: Page): Promise<void> {
  let before = "";
  const still = async () => {
    const waiting = await page.locator("main .part-empty[role=status], main .grid-waiting").count();
    const now = (await page.locator("main").textContent()) ?? "";
    const same = waiting === 0 && now.length > 40 && now === before;
    before = now;
    return same;
  };
  await expect.poll(still, { intervals: [150] }).toBe(true);
}
