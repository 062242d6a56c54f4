/** Benches of the grid beside two others. They are no tests: they print, and fail only where they cannot measure. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  workers: 1,
  fullyParallel: false,
  timeout: 3_600_000,
  use: {
    browserName: "chromium",
    viewport: { width: 1366, height: 768 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    launchOptions: {
      executablePath: process.env.TIANBAO_BROWSER,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
