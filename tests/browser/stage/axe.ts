/** Accessibility: a screen has no serious or critical violation by the rules of axe. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Colours halfway through a transition (a button that was just enabled) are not those that a clerk reads.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== "running" || effect?.getTiming().iterations === Infinity),
  );
  // Evaluated by the browser's debugger, so that the page's own policy need not allow it.
  await page.evaluate(source);
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'], " +
      "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })",
  );
  const grave = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const said = grave.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 5)
        .map((node) => `    ${node.html.slice(0, 160)}`)
        .join("\n")}`,
  );
  expect(said, `axe on ${screen}`).toEqual([]);
}
