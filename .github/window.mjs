// Drives the installed window through tauri-driver: it shows the sample college, a second start ends at once because
// the first has the window, and --close closes it. Arguments: the program and the driver of WebView2.
import { spawn, spawnSync } from "node:child_process";

const [program, native] = process.argv.slice(2);
const PATIENCE_MS = 120_000;
const base = "http://127.0.0.1:4444";
const driver = spawn("tauri-driver", ["--native-driver", native], { stdio: "inherit" });

async function ask(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

async function until(what, holds) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const held = await holds().catch((error) => (Date.now() > end ? Promise.reject(error) : undefined));
    if (held) return held;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

function ended(words, code) {
  const { status } = spawnSync(program, words, { timeout: PATIENCE_MS });
  if (status !== code) throw new Error(`${words.join(" ")} ended with ${status}`);
}

try {
  await until("the driver", () => ask("GET", "/status"));
  const capabilities = { alwaysMatch: { "tauri:options": { application: program, args: ["--sample"] } } };
  const { sessionId } = await ask("POST", "/session", { capabilities });
  const session = `/session/${sessionId}`;
  const find = { using: "css selector", value: "nav a[href='#/home'][aria-current=page]" };
  await until("the start page", () => ask("POST", `${session}/element`, find));
  const title = await ask("GET", `${session}/title`);
  if (!title.includes("示例职业技术学院")) throw new Error(`the title is ${title}`);
  ended([], 0);
  ended(["--close"], 0);
  console.log("the window: ok");
} finally {
  driver.kill();
}
