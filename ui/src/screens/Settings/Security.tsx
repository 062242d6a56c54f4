/** The password of the book, and a copy of it. */
import { Button, Form, Radio } from "antd";
import { useState } from "react";

import { type BookHead, call, chooseSave, handOver } from "../../ipc";
import { dayOf } from "../../parts/dates";
import { keyStoreName } from "../../parts/keyStore";
import { NewPassword } from "../../parts/NewPassword";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { t } from "../../text";

interface Answers {
  lock: "passphrase" | "store";
  passphrase: string;
  again: string;
}

export function Security({ head }: { head: BookHead }) {
  const say = useSay();
  const [form] = Form.useForm<Answers>();
  const [busy, setBusy] = useState(false);
  const keyStore = useCall("start.state", {}).data?.key_store ?? false;
  const lock = Form.useWatch("lock", form) ?? "passphrase";

  async function change({ lock: kind, passphrase }: Answers) {
    setBusy(true);
    try {
      await call("settings.passphrase", { new: kind === "store" ? "" : passphrase });
      form.resetFields(["passphrase", "again"]);
      say.done(t("settings.locked"));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  async function backUp() {
    const path = await chooseSave(`${head.college.name}-${dayOf(knownNow())}.tianbao`, [
      { name: t("start.book-kind"), extensions: ["tianbao"] },
    ]);
    if (!path) return;
    try {
      await call("settings.back_up", { path });
      handOver(path);
      say.done(t("settings.backed-up"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="settings-form">
      <h2>{t("settings.lock")}</h2>
      <Form<Answers>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ lock: "passphrase" }}
        onFinish={(answers) => void change(answers)}
      >
        <Form.Item name="lock" extra={t(`settings.lock-help-${lock}`)}>
          <Radio.Group
            options={[
              { value: "passphrase", label: t("start.lock-passphrase") },
              { value: "store", label: t("start.lock-store", { store: keyStoreName() }), disabled: !keyStore },
            ]}
          />
        </Form.Item>
        {lock === "passphrase" && <NewPassword label={t("settings.new-passphrase")} />}
        <Button htmlType="submit" loading={busy}>
          {t("settings.change-lock")}
        </Button>
      </Form>
      <h2>{t("settings.backup")}</h2>
      <p className="sub">{t("settings.backup-help")}</p>
      <p className="small sub path">{head.path}</p>
      <Button onClick={() => void backUp()}>{t("settings.back-up")}</Button>
    </div>
  );
}
