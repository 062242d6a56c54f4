/**
 * The interface in a browser, over the loopback bridge.
 *
 * TIANBAO_BROWSER names the system's Chromium; without it the runner's own is used. Two files at a time, each with a
 * bridge and a book of its own; the tests of a file follow each other.
 */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  globalSetup: "./stage/sample.ts",
  outputDir: "results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // These limits only end what hangs. Other layers of tests run at the same time, so a page may have to wait long.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1366, height: 768 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.TIANBAO_BROWSER,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
