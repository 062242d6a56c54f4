/** The password of the book, when it is locked, copies of it, and what was done with it. */
import { Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";

import { type BookHead, call, type ChangePassphrase } from "../../ipc";
import { keyStoreName } from "../../parts/keyStore";
import { NewPassword } from "../../parts/NewPassword";
import { RecoveryKey } from "../../parts/RecoveryKey";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { lockBook } from "../../state/idle";
import { t } from "../../text";
import { AuditLog } from "./AuditLog";
import { Backups } from "./Backups";
import { Elsewhere } from "./Elsewhere";
import type { PartProps } from "./part";

/** Minutes that are offered. */
const MINUTES = [5, 10, 15, 30, 60, 0];

interface Answers {
  lock: "passphrase" | "store";
  old: string;
  passphrase: string;
  again: string;
}

export function Security({ head, settings, save }: PartProps & { head: BookHead }) {
  const say = useSay();
  const [form] = Form.useForm<Answers>();
  const [busy, setBusy] = useState(false);
  const [kept, setKept] = useState<{ old: string | null; recoveryKey: string }>();
  const keyStore = useCall("start.state", {}).data?.key_store ?? false;
  const lock = Form.useWatch("lock", form) ?? "passphrase";

  async function begin({ lock: kind, old = "", passphrase }: Answers) {
    if (kind === "passphrase") return change({ old, new: passphrase, recovery_key: null });
    try {
      setKept({ old, recoveryKey: (await call("start.recovery-key", {})).key });
    } catch (error) {
      say.failed(error);
    }
  }

  async function change(request: ChangePassphrase) {
    setBusy(true);
    try {
      await call("settings.passphrase", request);
      form.resetFields(["old", "passphrase", "again"]);
      setKept(undefined);
      say.done(t("settings.locked"));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="settings-form">
      <h2>{t("settings.lock")}</h2>
      <p className={head.lock === "this-pc" && !head.sample ? "settings-warn" : "sub"}>
        {t(`settings.lock-now-${head.lock}`)}
      </p>
      <Form<Answers>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ lock: "passphrase" }}
        onFinish={(answers) => void begin(answers)}
      >
        <Form.Item name="lock" extra={t(`settings.lock-help-${lock}`)}>
          <Radio.Group
            options={[
              { value: "passphrase", label: t("start.lock-passphrase") },
              { value: "store", label: t("start.lock-store", { store: keyStoreName() }), disabled: !keyStore },
            ]}
          />
        </Form.Item>
        {head.lock === "password" && (
          <Form.Item
            name="old"
            label={t("settings.old-passphrase")}
            rules={[{ required: true, message: t("settings.need-old-passphrase") }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
        )}
        {lock === "passphrase" && <NewPassword label={t("settings.new-passphrase")} />}
        <Button htmlType="submit" loading={busy}>
          {t("settings.change-lock")}
        </Button>
      </Form>
      {kept && (
        <RecoveryKey
          recoveryKey={kept.recoveryKey}
          college={head.college.name}
          use={() => change({ old: kept.old, new: "", recovery_key: kept.recoveryKey })}
          close={() => setKept(undefined)}
        />
      )}
      <h2>{t("idle.title")}</h2>
      <p className="sub">{t("idle.help")}</p>
      <div className="row">
        <Select
          style={{ width: 160 }}
          aria-label={t("idle.title")}
          value={settings.lock_after}
          onChange={(lock_after) => void save({ lock_after })}
          options={[...new Set([...MINUTES, settings.lock_after])].map((n) => ({
            value: n,
            label: n === 0 ? t("idle.never") : t("idle.minutes", { n }),
          }))}
        />
        <Button disabled={head.lock !== "password"} onClick={() => void lockBook().catch(say.failed)}>
          {t("idle.now")}
        </Button>
      </div>
      <h2>{t("backup.title")}</h2>
      <Backups />
      <Elsewhere head={head} />
      <AuditLog head={head} />
    </div>
  );
}
