/** 复核: who has to consent before records leave, and when accounts and keys end. */
import { Button, DatePicker, Form, Input, Modal, Popconfirm, Select, Switch } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { type Consent, call, type SetSubmissionRules, type SignOffEntry, type SubmissionRules } from "../../ipc";
import { Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { t, tDynamic } from "../../text";

type Change = Partial<SetSubmissionRules>;

const NOTHING: SetSubmissionRules = { sign_off: null, add: null, remove: null, expiries: null, by: null };

export function Submission() {
  const answer = useCall("submit.rules", {});
  return <Shown answer={answer}>{(rules) => <Rules rules={rules} reload={answer.reload} />}</Shown>;
}

function Rules({ rules, reload }: { rules: SubmissionRules; reload(): void }) {
  const say = useSay();
  const [waits, setWaits] = useState<Change>();

  /** A change of who is asked needs a signer while sign-off is asked for. */
  async function change(what: Change, by: Consent | null = null) {
    if (rules.sign_off && by === null && what.expiries === undefined) {
      setWaits(what);
      return;
    }
    try {
      await call("submit.set_rules", { ...NOTHING, ...what, by });
      setWaits(undefined);
      reload();
      say.done(t("settings.saved"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="settings-form">
      <h2>{t("submit.sign")}</h2>
      <div className="settings-line">
        <div>
          <label htmlFor="sign-off">{t("settings.sign-off")}</label>
          <p className="sub small">{t("settings.sign-off-help")}</p>
        </div>
        <Switch
          id="sign-off"
          checked={rules.sign_off}
          disabled={!rules.sign_off && rules.signers.length === 0}
          onChange={(asked) => void change({ sign_off: asked })}
          style={{ justifySelf: "end" }}
        />
      </div>
      <h2>{t("settings.signers")}</h2>
      {rules.signers.length === 0 && <p className="sub">{t("settings.signer-none")}</p>}
      <ul className="settings-signers">
        {rules.signers.map((name) => (
          <li key={name}>
            <span className="grow">{name}</span>
            <Popconfirm title={t("settings.signer-remove", { name })} onConfirm={() => void change({ remove: name })}>
              <Button size="small" aria-label={t("settings.signer-remove", { name })}>
                {t("settings.remove")}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <Add add={(add) => change({ add })} />
      <Expiries rules={rules} keep={(expiries) => change({ expiries })} />
      <h2>{t("settings.sign-log")}</h2>
      {rules.log.length === 0 && <p className="sub">{t("settings.sign-log-empty")}</p>}
      <ul className="settings-sign-log">
        {rules.log.map((entry) => (
          <li key={`${entry.at}${entry.what}${entry.batch}${entry.about}`}>
            <span className="sub nowrap">{momentWords(entry.at)}</span> {entryWords(entry)}
          </li>
        ))}
      </ul>
      {waits && <Allow signers={rules.signers} close={() => setWaits(undefined)} allow={(by) => change(waits, by)} />}
    </div>
  );
}

function entryWords({ what, who, prepared, about, batch, fingerprint }: SignOffEntry): string {
  return tDynamic(`settings.sign-log-${what}`, { who, prepared, about, batch: batch ?? "", fingerprint });
}

function Add({ add }: { add(signer: Consent): Promise<void> }) {
  const [form] = Form.useForm<Consent>();
  return (
    <Form<Consent>
      form={form}
      layout="inline"
      requiredMark={false}
      onFinish={(signer) => void add(signer).then(() => form.resetFields())}
    >
      <Form.Item name="name" rules={[{ required: true, message: "" }]}>
        <Input placeholder={t("settings.signer-name")} aria-label={t("settings.signer-name")} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="password" rules={[{ required: true, message: "" }]}>
        <Input.Password
          placeholder={t("settings.signer-password")}
          aria-label={t("settings.signer-password")}
          autoComplete="new-password"
          style={{ width: 200 }}
        />
      </Form.Item>
      <Button htmlType="submit">{t("settings.signer-add")}</Button>
    </Form>
  );
}

interface AllowProps {
  signers: string[];
  close(): void;
  allow(by: Consent): Promise<void>;
}

/** A signer allows a change of the rules. */
function Allow({ signers, close, allow }: AllowProps) {
  const [form] = Form.useForm<Consent>();
  return (
    <Modal
      open
      width={440}
      title={t("settings.signer-allow")}
      onCancel={close}
      onOk={() => void form.validateFields().then(allow)}
    >
      <p className="sub">{t("settings.signer-allow-help")}</p>
      <Form<Consent> form={form} layout="vertical" requiredMark={false} initialValues={{ name: signers[0] }}>
        <Form.Item name="name" label={t("submit.signer")} rules={[{ required: true }]}>
          <Select options={signers.map((name) => ({ value: name, label: name }))} />
        </Form.Item>
        <Form.Item name="password" label={t("settings.signer-password")} rules={[{ required: true }]}>
          <Input.Password autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

type ExpiriesOf = SubmissionRules["expiries"];

/** The days on which accounts and keys end, one line for each connection. */
function Expiries({ rules, keep }: { rules: SubmissionRules; keep(expiries: ExpiriesOf): Promise<void> }) {
  const connections = useCall("connection.list", {}).data?.connections ?? [];
  if (connections.length === 0) return null;
  const day = (text: string) => (text === "" ? null : dayjs(text));
  const set = (name: string, part: "account" | "key", text: string) => {
    const of = rules.expiries[name] ?? { account: "", key: "" };
    void keep({ ...rules.expiries, [name]: { ...of, [part]: text } });
  };
  return (
    <>
      <h2>{t("settings.expiry")}</h2>
      <p className="sub small">{t("settings.expiry-help")}</p>
      {connections.map(({ name }) => (
        <div key={name} className="settings-expiry">
          <span className="cut">{name}</span>
          {(["account", "key"] as const).map((part) => (
            <DatePicker
              key={part}
              value={day(rules.expiries[name]?.[part] ?? "")}
              placeholder={t(`settings.expiry-${part}`)}
              aria-label={`${name} ${t(`settings.expiry-${part}`)}`}
              onChange={(value) => set(name, part, value ? value.format("YYYY-MM-DD") : "")}
            />
          ))}
        </div>
      ))}
    </>
  );
}
