/** A screen reader in the page: what it says while the job is done by keyboard alone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { virtual } from "@guidepup/virtual-screen-reader";
import type { Page } from "@playwright/test";

/** The reader's module as a script, which leaves its reader in `window.reader`. */
const source = readFileSync(
  createRequire(import.meta.url).resolve("@guidepup/virtual-screen-reader/browser.js"),
  "utf8",
).replace(/export\{[\w$]+ as Virtual,([\w$]+) as virtual\};/, (_, name: string) => `window.reader = ${name};`);

declare const window: Window & { reader: typeof virtual };

/** Starts the reader on the whole page. The debugger evaluates it, so that the page's policy need not allow it. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(`(() => {\n${source}\n})()`);
  await page.evaluate(() => window.reader.start({ container: document.body }));
}

/** Said at a moment that depends on how quick the machine is. */
const PASSING = /已保存到本机|正在保存…|正在读取…/;

/** What was said since the last time: the same words once, and words that were said in full right after left out. */
export async function heard(page: Page): Promise<string[]> {
  const said = await page.evaluate(async () => {
    const log = await window.reader.spokenPhraseLog();
    await window.reader.clearSpokenPhraseLog();
    return log;
  });
  const lasting = said.filter((words) => !PASSING.test(words));
  return lasting.filter((words, i) => !lasting[i + 1]?.startsWith(words));
}
