/** A bridge of its own for each test file: a fresh home, a fresh book, ended with the file. */
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..", "..");

/** The passphrase of the test's books, because machines of CI have no key store. */
export const PASSPHRASE = "演练用的口令";

/** The environment variable with the path of the book that `openSample` copies. */
export const SAMPLE = "TIANBAO_SAMPLE_BOOK";

export interface Bridge {
  address: string;
  /** The folder of all its files. */
  home: string;
  call<T = unknown>(name: string, request: unknown): Promise<T>;
  /** Ends the program without a word and starts it anew, at the same address. */
  restart(): Promise<void>;
  end(): void;
}

/** Starts the bridge that was built, over the interface that was built. */
export async function startBridge(): Promise<Bridge> {
  const program = process.env.TIANBAO_BRIDGE;
  if (!program) throw new Error("TIANBAO_BRIDGE names the bridge's program; cargo xtask test --only browser sets it");
  const home = mkdtempSync(join(tmpdir(), "tianbao-browser-"));
  const start = async (listen: string) => {
    const words = ["--home", home, "--ui", join(root, "ui", "dist"), "--listen", listen];
    const running = spawn(program, words, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TIANBAO_PASSPHRASE: PASSPHRASE, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" },
    });
    const address = await new Promise<string>((found, lost) => {
      running.once("error", lost);
      running.once("exit", (code) => lost(new Error(`the bridge ended with ${code} before it was ready`)));
      createInterface(running.stdout).once("line", (line) => found((JSON.parse(line) as { address: string }).address));
    });
    return { running, address };
  };
  let { running: process_, address } = await start("127.0.0.1:0");
  return {
    address,
    home,
    async call<T>(name: string, request: unknown) {
      const answer = await fetch(`${address}/call/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      const body: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
      return body as T;
    },
    async restart() {
      const ended = new Promise((done) => process_.once("exit", done));
      process_.kill("SIGKILL");
      await ended;
      ({ running: process_, address } = await start(new URL(address).host));
    },
    end() {
      process_.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Makes a book of the sample college of an edition and leaves it open, as the first screen's button does. */
export function makeSample(bridge: Bridge, edition: string): Promise<{ path: string }> {
  return bridge.call("book.create", {
    edition,
    college: { code: "", name: "", region: "" },
    period: "2026-2027-1",
    department: "",
    path: null,
    passphrase: null,
    sample: true,
    job: 0,
  });
}

/** Opens a copy of the sample college that was made for this run; see sample.ts. */
export async function openSample(bridge: Bridge): Promise<void> {
  const made = process.env[SAMPLE];
  if (!made) throw new Error(`${SAMPLE} names the book of the sample college; playwright.config.ts has it made`);
  const path = join(bridge.home, "books", basename(made));
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(made, path);
  await bridge.call("book.open", { path, passphrase: null });
}
