/** A publisher of editions: a pair of keys, and packages signed with it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Bridge, root } from "./bridge";

export interface Publisher {
  /** Text of the public key, which a college adds to its trusted publishers. */
  key: string;
  fingerprint: string;
  /** Signs the edition of 中职 under another id, title and revision; gives the package. */
  pack(id: string, title: string, revision: string): Promise<string>;
  end(): void;
}

/** Makes a publisher that signs as `name`. */
export async function publisher(bridge: Bridge, name: string): Promise<Publisher> {
  const folder = mkdtempSync(join(tmpdir(), "tianbao-publisher-"));
  const key = join(folder, "private.key");
  const made = await bridge.call<{ public_key: string; fingerprint: string }>("edition.make_key", { path: key });
  return {
    key: made.public_key,
    fingerprint: made.fingerprint,
    async pack(id, title, revision) {
      const source = join(folder, `${id}-${revision}`);
      cpSync(join(root, "standards", "zhongzhi-2023.06"), source, { recursive: true });
      const head = join(source, "datapackage.json");
      const said = JSON.parse(readFileSync(head, "utf8")) as Record<string, unknown>;
      writeFileSync(head, JSON.stringify({ ...said, name: id, title, version: revision }));
      const path = join(folder, `${id}-${revision}.tbedition`);
      await bridge.call("edition.pack", { source, key, publisher: name, path });
      return path;
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
