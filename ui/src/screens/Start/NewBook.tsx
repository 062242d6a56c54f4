/** Making a draft book: edition, college, period, department, and password. */
import { Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";

import { call, type StartState } from "../../ipc";
import { CodeItem, NameItem, RegionItem, TermItems } from "../../parts/CollegeItems";
import { keyStoreName } from "../../parts/keyStore";
import { NewPassword } from "../../parts/NewPassword";
import { RecoveryKey } from "../../parts/RecoveryKey";
import { useSay } from "../../parts/say";
import { currentTerm, splitTerm } from "../../state/terms";
import { t } from "../../text";

interface Answers {
  edition: string;
  code: string;
  name: string;
  region: string;
  year: string;
  term: string;
  department: string;
  lock: "store" | "passphrase";
  passphrase: string;
  again: string;
}

export function NewBook({ state }: { state: StartState }) {
  const say = useSay();
  const [form] = Form.useForm<Answers>();
  const [busy, setBusy] = useState(false);
  const [kept, setKept] = useState<{ answers: Answers; recoveryKey: string }>();
  const lock = Form.useWatch("lock", form);
  const now = splitTerm(currentTerm());

  /** A book whose key is in this PC's key store gets a recovery key first: without one it would be lost with the PC. */
  async function begin(answers: Answers) {
    if (answers.lock === "passphrase") return create(answers, null);
    try {
      setKept({ answers, recoveryKey: (await call("start.recovery-key", {})).key });
    } catch (error) {
      say.failed(error);
    }
  }

  async function create(answers: Answers, recoveryKey: string | null) {
    setBusy(true);
    try {
      await call("book.create", {
        edition: answers.edition,
        college: { code: answers.code.trim(), name: answers.name.trim(), region: (answers.region ?? "").trim() },
        period: `${answers.year}-${answers.term}`,
        department: (answers.department ?? "").trim(),
        path: null,
        passphrase: answers.lock === "passphrase" ? answers.passphrase : null,
        recovery_key: recoveryKey,
        sample: false,
        job: 0,
      });
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      className="start-new"
      requiredMark={false}
      onFinish={(answers) => void begin(answers)}
      initialValues={{
        edition: state.editions[0]?.id,
        year: now.year,
        term: now.term,
        lock: state.key_store ? "store" : "passphrase",
      }}
    >
      <h1>{t("start.new")}</h1>
      <p className="sub">{t("start.new-help")}</p>

      <Form.Item
        name="edition"
        label={t("start.edition")}
        rules={[{ required: true, message: t("start.need-edition") }]}
      >
        <Select
          options={state.editions.map(({ id, level, issued, title, tables, fields }) => ({
            value: id,
            label: `${level} ${issued}　${t("start.edition-size", { tables, fields })}`,
            title,
          }))}
        />
      </Form.Item>

      <div className="part-two">
        <NameItem hint />
        <CodeItem hint />
      </div>

      <div className="part-two">
        <RegionItem label={<Optional words={t("start.region")} />} />
        <Form.Item name="department" label={<Optional words={t("start.department")} />}>
          <Input maxLength={30} placeholder={t("start.department-hint")} />
        </Form.Item>
      </div>

      <TermItems yearLabel={t("start.year")} />

      <Form.Item
        name="lock"
        label={t("start.lock")}
        extra={state.key_store ? t(`start.lock-help-${lock ?? "store"}`) : t("start.no-key-store")}
      >
        <Radio.Group
          options={[
            { value: "store", label: t("start.lock-store", { store: keyStoreName() }), disabled: !state.key_store },
            { value: "passphrase", label: t("start.lock-passphrase") },
          ]}
        />
      </Form.Item>

      {lock === "passphrase" && <NewPassword label={t("start.passphrase")} />}

      <div className="row">
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          {t("start.create")}
        </Button>
        <span className="sub small cut" title={state.folder}>
          {t("start.folder", { folder: state.folder })}
        </span>
      </div>
      {kept && (
        <RecoveryKey
          recoveryKey={kept.recoveryKey}
          college={kept.answers.name}
          use={() => create(kept.answers, kept.recoveryKey)}
          close={() => setKept(undefined)}
        />
      )}
    </Form>
  );
}

function Optional({ words }: { words: string }) {
  return (
    <span>
      {words} <span className="sub">{t("start.optional")}</span>
    </span>
  );
}
