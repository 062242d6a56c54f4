/** The receiver: a school's centre in a process of its own, which drops the records that the test plants for it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

interface Hello {
  address: string;
  accounts: { client_id: string; username: string; password: string }[];
}

export interface Center {
  /** A connection file that leads to it. */
  connection: string;
  end(): void;
}

/** A record with this value in this column is dropped by the centre, though the checks find nothing. */
export interface Planted {
  table: string;
  column: string;
  value: string;
}

export async function startCenter(planted: Planted[]): Promise<Center> {
  const program = process.env.TIANBAO_CLI;
  if (!program)
    throw new Error("TIANBAO_CLI names the command line's program; cargo xtask test --only browser sets it");
  const folder = mkdtempSync(join(tmpdir(), "tianbao-center-"));
  const faults = join(folder, "faults.toml");
  const line = (name: string, value: string) => `${name} = ${JSON.stringify(value)}`;
  writeFileSync(
    faults,
    planted
      .map(({ table, column, value }) =>
        ["[[reject]]", line("table", table), line("column", column), line("value", value)].join("\n"),
      )
      .join("\n"),
  );
  const words = [
    "center",
    "--data",
    join(folder, "data"),
    "--listen",
    "127.0.0.1:0",
    "--delay",
    "0",
    "--faults",
    faults,
    "--json",
  ];
  const center: ChildProcess = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const hello = await new Promise<Hello>((found, lost) => {
    center.once("error", lost);
    center.once("exit", (code) => lost(new Error(`the centre ended with ${code} before it was ready`)));
    if (center.stdout) createInterface(center.stdout).once("line", (said) => found(JSON.parse(said) as Hello));
  });
  const [account] = hello.accounts;
  if (!account) throw new Error("the centre has no account");
  const connection = join(folder, "centre.toml");
  writeFileSync(
    connection,
    [
      line("address", hello.address),
      line("authorise", "rsa"),
      line("client_id", account.client_id),
      line("username", account.username),
      line("password", account.password),
      line("rsa_public_key", "fetch"),
      "pause_ms = 0",
      "first_query_after_s = 0",
    ].join("\n"),
  );
  return {
    connection,
    end() {
      center.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
