/**
 * Before the first test: the sample college is made once, and `openSample` opens a copy of it in a bridge of its own.
 * Making it is the longest step of most tests, and it is the same book each time.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { makeSample, SAMPLE, startBridge } from "./bridge";

export default async function prepare(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "tianbao-sample-"));
  const bridge = await startBridge();
  try {
    const { path } = await makeSample(bridge, "gaozhi-2024.09");
    await bridge.call("book.close", {});
    const kept = join(folder, basename(path));
    copyFileSync(path, kept);
    process.env[SAMPLE] = kept;
  } finally {
    bridge.end();
  }
  return () => rmSync(folder, { recursive: true, force: true });
}
