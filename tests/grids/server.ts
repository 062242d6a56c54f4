/** One server for all grids: the pages of the others, their rows, and the program's page over its bridge. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { existsSync, readFileSync } from "node:fs";

import { build } from "esbuild";

import type { Bridge } from "../browser/stage/bridge";
import { cellText, rowsFrom } from "./rows";

const here = dirname(fileURLToPath(import.meta.url));

/** A record of the program, as `fill.page` answers it. */
interface Answered {
  total: number;
  rows: { row: number; place: number; cells: Record<string, string> }[];
}

const page = (name: string) =>
  `<!doctype html><meta charset="utf-8"><title>${name}</title>` +
  `<style>html,body,#grid{height:100%;margin:0}</style><link rel="stylesheet" href="/${name}.css">` +
  `<div id="grid"></div><div id="portal" style="position:fixed;left:0;top:0;z-index:9999"></div>` +
  `<script type="module" src="/${name}.js"></script>`;

/** Bundles the pages of the other grids. */
export async function bundle(): Promise<void> {
  await build({
    entryPoints: [join(here, "ag.ts"), join(here, "glide.tsx")],
    outdir: join(here, "built"),
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
}

/**
 * Starts it. The program's page has `total` records: those of its book again and again, each with texts of its own.
 * The pages come from memory, as those of the other grids do, so that the grids are compared and not the engines.
 */
export async function startServer(bridge: Bridge, table: string, total: number): Promise<Server> {
  const view = { table, filters: [], sort: [], only_findings: false, find: "" };
  const real = await bridge.call<Answered>("fill.page", { view, order: null, offset: 0, limit: 400 });
  const many = (offset: number, limit: number) => ({
    ...real,
    total,
    rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => {
      const at = offset + i;
      const like = real.rows[at % real.rows.length];
      const cells = { ...like?.cells };
      for (const [column, name] of Object.keys(cells).entries()) cells[name] = cellText(at, column);
      return { ...like, row: at + 1, place: at + 1, cells, names: {} };
    }),
  });
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://bench");
    const send = (type: string, body: string | Buffer) => {
      outgoing.setHeader("content-type", type);
      outgoing.end(body);
    };
    const number = (name: string) => Number(url.searchParams.get(name));
    if (url.pathname === "/rows")
      return send("application/json", JSON.stringify(rowsFrom(number("offset"), number("limit"), number("total"))));
    if (url.pathname === "/floor") return send("text/html", page("floor"));
    if (url.pathname === "/ag" || url.pathname === "/glide") return send("text/html", page(url.pathname.slice(1)));
    const built = join(here, "built", url.pathname.slice(1));
    if (/^\/(ag|glide)\.(js|css)$/.test(url.pathname) && existsSync(built))
      return send(url.pathname.endsWith("js") ? "text/javascript" : "text/css", readFileSync(built));
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const body = Buffer.concat(parts);
      if (url.pathname === "/call/fill.page") {
        const { offset, limit } = JSON.parse(body.toString()) as { offset: number; limit: number };
        return send("application/json", JSON.stringify(many(offset, limit)));
      }
      const target = new URL(incoming.url ?? "/", bridge.address);
      const headers = { ...incoming.headers, host: target.host };
      if (headers.origin) headers.origin = target.origin;
      const passed = request(target, { method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on("error", () => outgoing.destroy());
      outgoing.on("close", () => passed.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
  return server;
}

export const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
