/** One connection: first the fields of the account letter, below those that are rarely changed, and a test. */
import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Button, Collapse, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";

import { call, type ConnectionTest, type ConnectionView } from "../../ipc";
import { Unsaved } from "../../parts/Unsaved";
import { useDraft } from "../../state/drafts";
import { useSay } from "../../parts/say";
import { errorWords, t } from "../../text";

interface ConnectionFormProps {
  connection: ConnectionView;
  fresh: boolean;
  taken: string[];
  saved(name: string): void;
}

type Answers = ConnectionView & { password?: string; app_key?: string; app_secret?: string };

/** Fields for points that the protocol leaves open, each with two possible answers. */
const CHOICES = {
  rsa_padding: ["oaep-sha256", "oaep-sha256-mgf1-sha1", "oaep-sha1", "pkcs1"],
  rsa_long_text: ["refuse", "split"],
  rsa_plaintext: ["json", "form"],
  sm4_mode: ["ecb", "cbc"],
  sm4_key: ["4..20", "all", "hex"],
  cipher_text: ["hex", "base64"],
  query_body: ["json", "form"],
  empty_value: ["empty", "null"],
  numbers: ["number", "string"],
  app_key_from: ["reply", "typed", "app_secret"],
  page_numbers: ["string", "number"],
  proxy: ["system", "none"],
} as const;

/** Numbers with their least, greatest and step. */
const NUMBERS = {
  rows_per_call: [1, 10_000, 10],
  pause_ms: [0, 600_000, 100],
  calls_at_once: [1, 8, 1],
  first_query_after_s: [0, 86_400, 60],
  resend_margin_s: [0, 86_400, 60],
  random_length: [1, 64, 1],
  connect_timeout_s: [1, 600, 5],
  call_timeout_s: [1, 3_600, 10],
} as const;

/** The public key of a connection that asks the receiver for it at each login. */
const FETCH = "fetch";

export function ConnectionForm({ connection, fresh, taken, saved }: ConnectionFormProps) {
  const say = useSay();
  const [form] = Form.useForm<Answers>();
  const [busy, setBusy] = useState(false);
  const [test, setTest] = useState<ConnectionTest>();
  const [draft, setDraft] = useDraft<Answers>(`settings.connection ${fresh ? "" : connection.name}`);
  const authorise = Form.useWatch("authorise", form) ?? connection.authorise;
  const mode = Form.useWatch("sm4_mode", form) ?? connection.sm4_mode;
  const publicKey = Form.useWatch("rsa_public_key", form) ?? connection.rsa_public_key;

  async function save(): Promise<string | undefined> {
    const { password, app_key, app_secret, ...rest } = await form.validateFields();
    const view = { ...connection, ...rest, name: rest.name.trim(), address: rest.address.trim().replace(/\/+$/, "") };
    const secrets = { password: password || null, app_key: app_key || null, app_secret: app_secret || null };
    await call("connection.save", { connection: view, ...secrets });
    setDraft(undefined);
    form.setFieldsValue({ password: "", app_key: "", app_secret: "" });
    return view.name;
  }

  async function run(then: (name: string) => Promise<void> | void) {
    setBusy(true);
    setTest(undefined);
    try {
      const name = await save();
      if (name) await then(name);
    } catch (error) {
      // Errors that the form itself found are shown beside the fields, the first of which may be far above the button.
      if (!isWrongForm(error)) return say.failed(error);
      const [first] = error.errorFields;
      if (first) form.scrollToField(first.name, { block: "center", focus: true });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="settings-form settings-connection"
      initialValues={{ ...connection, ...draft }}
      scrollToFirstError={{ block: "center", focus: true }}
      onValuesChange={() => setDraft(form.getFieldsValue(true))}
      onFinish={() =>
        void run((name) => {
          say.done(t("settings.saved"));
          saved(name);
        })
      }
    >
      <h2>{fresh ? t("settings.new-connection") : connection.name}</h2>
      {draft && (
        <Unsaved
          drop={() => {
            setDraft(undefined);
            form.setFieldsValue({ ...connection, password: "", app_key: "", app_secret: "" });
          }}
        />
      )}
      <div className="part-two">
        <Form.Item
          name="name"
          label={t("conn.name")}
          rules={[
            { required: true, whitespace: true, message: t("conn.need-name") },
            {
              validator: (_, name: string) =>
                fresh && taken.includes(name?.trim()) ? Promise.reject(new Error(t("conn.taken"))) : Promise.resolve(),
            },
          ]}
        >
          <Input disabled={!fresh} placeholder={t("conn.name-hint")} />
        </Form.Item>
        <Form.Item
          name="address"
          label={t("conn.address")}
          rules={[{ required: true, pattern: /^\s*https?:\/\/\S+\s*$/, message: t("conn.need-address") }]}
        >
          <Input placeholder="http://10.0.0.1:8080" />
        </Form.Item>
        <Form.Item name="client_id" label={t("conn.client-id")} rules={[{ required: true, message: t("conn.need") }]}>
          <Input />
        </Form.Item>
        <Form.Item name="username" label={t("conn.username")} rules={[{ required: true, message: t("conn.need") }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("conn.password")}
          rules={[{ required: !connection.has_password, message: t("conn.need") }]}
        >
          <Input.Password autoComplete="new-password" placeholder={connection.has_password ? t("conn.kept") : ""} />
        </Form.Item>
        <Form.Item name="app_key" label={t("conn.app-key")} extra={t("conn.app-key-help")}>
          <Input.Password
            autoComplete="new-password"
            placeholder={connection.has_app_key ? t("conn.kept") : t("conn.from-reply")}
          />
        </Form.Item>
        <Form.Item name="authorise" label={t("conn.authorise")} extra={t("conn.authorise-help")}>
          <Select
            options={(["rsa", "plain"] as const).map((value) => ({ value, label: t(`conn.authorise-${value}`) }))}
          />
        </Form.Item>
        {authorise === "rsa" && (
          <Form.Item label={t("conn.rsa_public_key")} extra={t("conn.rsa_public_key-help")}>
            <div className="row">
              <Switch
                aria-label={t("conn.rsa_public_key-fetch")}
                checked={publicKey === FETCH}
                onChange={(on) => {
                  form.setFieldValue("rsa_public_key", on ? FETCH : "");
                  setDraft(form.getFieldsValue(true));
                }}
              />
              {t("conn.rsa_public_key-fetch")}
            </div>
            <Form.Item
              name="rsa_public_key"
              noStyle
              hidden={publicKey === FETCH}
              rules={[{ required: true, message: t("conn.need") }]}
            >
              <Input.TextArea aria-label={t("conn.rsa_public_key")} autoSize={{ minRows: 1, maxRows: 4 }} />
            </Form.Item>
          </Form.Item>
        )}
      </div>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "more",
            forceRender: true,
            label: t("conn.more"),
            children: (
              <>
                <p className="sub small">{t("conn.more-help")}</p>
                <div className="part-two">
                  {(Object.keys(CHOICES) as (keyof typeof CHOICES)[])
                    .filter((name) => authorise === "rsa" || !name.startsWith("rsa"))
                    .map((name) => (
                      <Form.Item key={name} name={name} label={t(`conn.${name}`)} extra={t(`conn.${name}-help`)}>
                        <Select
                          options={CHOICES[name].map((value) => ({
                            value,
                            label: t(`conn.${name}-${value}` as "conn.sm4_mode-ecb"),
                          }))}
                        />
                      </Form.Item>
                    ))}
                  {mode === "cbc" && (
                    <Form.Item
                      name="sm4_iv"
                      label={t("conn.sm4_iv")}
                      extra={t("conn.sm4_iv-help")}
                      rules={[{ required: true, pattern: /^[0-9a-fA-F]{32}$/, message: t("conn.sm4_iv-help") }]}
                    >
                      <Input />
                    </Form.Item>
                  )}
                  <Form.Item name="app_secret" label={t("conn.app-secret")} extra={t("conn.app-secret-help")}>
                    <Input.Password
                      autoComplete="new-password"
                      placeholder={connection.has_app_secret ? t("conn.kept") : t("conn.from-reply")}
                    />
                  </Form.Item>
                  <Form.Item name="sys_name" label={t("conn.sys_name")} extra={t("conn.sys_name-help")}>
                    <Input placeholder={t("conn.sys_name-hint")} />
                  </Form.Item>
                  <Form.Item
                    name="tls_fingerprint"
                    label={t("conn.tls_fingerprint")}
                    extra={t("conn.tls_fingerprint-help")}
                  >
                    <Input placeholder={t("part.none")} />
                  </Form.Item>
                  <Form.Item
                    name="authorization_prefix"
                    label={t("conn.authorization_prefix")}
                    extra={t("conn.authorization_prefix-help")}
                  >
                    <Input placeholder={t("part.none")} />
                  </Form.Item>
                  {(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((name) => (
                    <Form.Item
                      key={name}
                      name={name}
                      label={t(`conn.${name}`)}
                      extra={t(`conn.${name}-help`)}
                      rules={[{ required: true, message: t("conn.need") }]}
                    >
                      <InputNumber
                        min={NUMBERS[name][0]}
                        max={NUMBERS[name][1]}
                        step={NUMBERS[name][2]}
                        style={{ width: "100%" }}
                      />
                    </Form.Item>
                  ))}
                  <Form.Item
                    name="clock_from_server"
                    valuePropName="checked"
                    label={t("conn.clock_from_server")}
                    extra={t("conn.clock_from_server-help")}
                  >
                    <Switch />
                  </Form.Item>
                </div>
              </>
            ),
          },
        ]}
      />
      <div className="row settings-connection-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("part.save")}
        </Button>
        <Button
          loading={busy}
          onClick={() =>
            void run(async (name) => {
              if (fresh) saved(name);
              setTest(await call("connection.test", { name }));
            })
          }
        >
          {t("conn.test")}
        </Button>
        {test && <TestWords test={test} />}
      </div>
    </Form>
  );
}

type WrongForm = { errorFields: { name: (string | number)[] }[] };

const isWrongForm = (error: unknown): error is WrongForm =>
  typeof error === "object" && error !== null && "errorFields" in error;

function TestWords({ test }: { test: ConnectionTest }) {
  if (!test.ok)
    return (
      <span className="bad">
        <CloseCircleFilled aria-hidden /> {test.error ? errorWords(test.error) : t("conn.test-failed")}
      </span>
    );
  const parts = [t("conn.test-ok")];
  if (test.expires_in_s !== null)
    parts.push(t("conn.token", { minutes: Math.max(1, Math.round(test.expires_in_s / 60)) }));
  const off = test.clock_offset_s ?? 0;
  if (Math.abs(off) > 5) parts.push(t(off > 0 ? "conn.clock-fast" : "conn.clock-slow", { seconds: Math.abs(off) }));
  return (
    <span className="ok">
      <CheckCircleFilled aria-hidden /> {parts.join("；")}
    </span>
  );
}
