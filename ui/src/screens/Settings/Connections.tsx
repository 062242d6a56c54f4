/** Where and how to submit: the list of connections, and the form of one. */
import { DeleteOutlined, FileTextOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Radio } from "antd";
import { useState } from "react";

import { call, chooseFiles, type ConnectionView } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { baseName } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { t } from "../../text";
import { ConnectionForm } from "./ConnectionForm";
import type { PartProps } from "./part";

/** The defaults that the protocol's description gives. */
const DEFAULTS: ConnectionView = {
  name: "",
  address: "",
  authorise: "rsa",
  client_id: "1",
  username: "",
  has_password: false,
  has_app_key: false,
  has_app_secret: false,
  rsa_public_key: "fetch",
  rsa_padding: "oaep-sha256",
  rsa_long_text: "refuse",
  sys_name: "",
  tls_fingerprint: "",
  rsa_plaintext: "json",
  authorization_prefix: "",
  sm4_mode: "ecb",
  sm4_iv: "",
  sm4_key: "4..20",
  cipher_text: "hex",
  query_body: "json",
  rows_per_call: 100,
  pause_ms: 1000,
  calls_at_once: 1,
  empty_value: "empty",
  numbers: "number",
  first_query_after_s: 1800,
  app_key_from: "reply",
  page_numbers: "string",
  random_length: 6,
  resend_margin_s: 300,
  clock_from_server: true,
  proxy: "system",
  connect_timeout_s: 15,
  call_timeout_s: 120,
};

export function Connections({ settings, save }: PartProps) {
  const say = useSay();
  const { modal } = App.useApp();
  const answer = useCall("connection.list", {});
  const [edited, setEdited] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);

  /** A connection file, as the command line and the centre of a school use it; the file's name is the connection's. */
  async function read() {
    const [path] = await chooseFiles([{ name: t("settings.connection-file"), extensions: ["toml"] }], false);
    if (!path) return;
    const name = baseName(path).replace(/\.toml$/i, "");
    try {
      await call("connection.read", { name, file: path });
      setAdding(false);
      setEdited(name);
      answer.reload();
      say.done(t("settings.saved"));
    } catch (error) {
      say.failed(error);
    }
  }

  function remove(connection: ConnectionView) {
    modal.confirm({
      title: t("settings.remove-connection", { name: connection.name }),
      content: t("settings.remove-connection-help"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await call("connection.remove", { name: connection.name });
          setEdited(null);
          answer.reload();
        } catch (error) {
          say.failed(error);
        }
      },
    });
  }

  return (
    <Shown answer={answer}>
      {({ connections }) => {
        const active = adding ? DEFAULTS : (connections.find((one) => one.name === edited) ?? connections[0]);
        return (
          <div className="settings-departments">
            <section>
              <h2>{t("settings.connections")}</h2>
              <p className="sub small">{t("settings.connections-help")}</p>
              <div className="scroll">
                {connections.map((one) => (
                  <div key={one.name} className={`settings-department${!adding && one === active ? " is-on" : ""}`}>
                    <Radio
                      checked={settings.connection === one.name}
                      aria-label={t("settings.use-connection", { name: one.name })}
                      title={t("settings.use-connection", { name: one.name })}
                      onChange={() => void save({ connection: one.name })}
                    />
                    <button
                      type="button"
                      className="grow"
                      onClick={() => {
                        setAdding(false);
                        setEdited(one.name);
                      }}
                    >
                      <span className="grow cut">
                        {one.name}
                        <span className="sub small cut settings-department-more">{one.address}</span>
                      </span>
                    </button>
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={t("settings.remove-connection", { name: one.name })}
                      onClick={() => remove(one)}
                    />
                  </div>
                ))}
              </div>
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
                {t("settings.add-connection")}
              </Button>
              <Button
                icon={<FileTextOutlined aria-hidden />}
                title={t("settings.read-connection-help")}
                onClick={() => void read()}
              >
                {t("settings.read-connection")}
              </Button>
            </section>
            {active ? (
              <ConnectionForm
                key={adding ? "" : active.name}
                connection={active}
                fresh={adding}
                taken={connections.map((one) => one.name)}
                saved={(name) => {
                  setAdding(false);
                  setEdited(name);
                  answer.reload();
                  if (!settings.connection) void save({ connection: name });
                }}
              />
            ) : (
              <Empty
                title={t("settings.no-connection")}
                action={
                  <Button type="primary" onClick={() => setAdding(true)}>
                    {t("settings.add-connection")}
                  </Button>
                }
              >
                {t("settings.no-connection-help")}
              </Empty>
            )}
          </div>
        );
      }}
    </Shown>
  );
}
