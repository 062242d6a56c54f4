/** A receiver for tests of the submitting screen: it speaks the protocol without looking into what it gets. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Bridge } from "./bridge";

/** How the receiver behaves; a test changes it. */
interface Ways {
  login: "ok" | "refused";
  save: "ok" | "refused";
  results: "none" | "stored" | "partly" | "rejected";
}

export interface StandInReceiver {
  address: string;
  ways: Ways;
  /** Each submission that was taken. */
  received: { time: string; rows: number }[];
  end(): void;
}

/** Now, as receivers write it. */
export const momentOfReceiver = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");

/** `table`, `rows`: what its results say of each submission. */
export async function startReceiver(table: string, rows: number): Promise<StandInReceiver> {
  const ways: Ways = { login: "ok", save: "ok", results: "none" };
  const received: StandInReceiver["received"] = [];

  const entries = () =>
    received.map(({ time, rows: collected }, id) => {
      const stored = ways.results === "stored" ? collected : ways.results === "partly" ? collected - 1 : 0;
      const remark =
        ways.results === "partly"
          ? JSON.stringify([{ num: 1, error: "XXDM 字段XXDM 此字段内容格式不正确" }])
          : ways.results === "rejected"
            ? "数据对象未配置"
            : null;
      return {
        id: String(id),
        sysName: "school",
        timestamps: time,
        tableName: table,
        collectNum: collected,
        storageNum: stored,
        remark,
        state: ways.results === "stored" ? "1" : "0",
      };
    });

  function answerTo(url: string) {
    if (url.includes("/oauth")) {
      if (ways.login === "refused") return { code: 401, msg: "账号或密码错误", data: null };
      const tokens = { access_token: "t", refresh_token: "r", expires_in: 7199, app_secret: "abcd0123456789ABCDEF" };
      return { code: 200, msg: "ok", data: tokens };
    }
    if (url.includes("/saveInterfaceData")) {
      if (ways.save === "refused") return { returnCode: "500", returnMessage: "数据对象未授权", returnData: null };
      const time = momentOfReceiver();
      received.push({ time, rows });
      return { returnCode: "200", returnMessage: "ok", returnData: { time }, returnCount: null };
    }
    const found = ways.results === "none" ? [] : entries();
    return { returnCode: "200", returnMessage: "ok", returnData: found, returnCount: found.length };
  }

  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answerTo(request.url ?? "")));
    });
  });
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", () => started()));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, ways, received, end: () => server.close() };
}

/** Makes the receiver at this address the only connection of the open book; `more`: other settings of it. */
export async function connect(bridge: Bridge, address: string, more: Record<string, unknown> = {}) {
  const { connections } = await bridge.call<{ connections: { name: string }[] }>("connection.list", {});
  for (const { name } of connections) await bridge.call("connection.remove", { name });
  const connection = {
    name: "校级中心",
    address,
    authorise: "plain",
    client_id: "1",
    username: "school",
    has_password: false,
    has_app_key: false,
    has_app_secret: false,
    rsa_public_key: "",
    rsa_padding: "oaep-sha256",
    rsa_long_text: "refuse",
    rsa_plaintext: "json",
    sys_name: "",
    app_key_from: "reply",
    authorization_prefix: "",
    sm4_mode: "ecb",
    sm4_iv: "",
    sm4_key: "4..20",
    cipher_text: "hex",
    query_body: "json",
    page_numbers: "string",
    random_length: 6,
    rows_per_call: 100,
    pause_ms: 0,
    calls_at_once: 1,
    empty_value: "empty",
    numbers: "number",
    first_query_after_s: 0,
    resend_margin_s: 300,
    clock_from_server: false,
    proxy: "none",
    connect_timeout_s: 5,
    call_timeout_s: 10,
    ...more,
  };
  await bridge.call("connection.save", { connection, password: "p", app_key: "12345678", app_secret: null });
}
