/** Asks for the passphrase of a book whose key this PC does not keep. */
import { Form, Input, Modal } from "antd";
import { useState } from "react";

import { call, type CallFailure } from "../../ipc";
import { errorWords, t } from "../../text";

export function AskPassphrase({ path, close }: { path: string; close(): void }) {
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailure>();

  async function open() {
    setBusy(true);
    try {
      await call("book.open", { path, passphrase });
      close();
    } catch (failed) {
      setError(failed as CallFailure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      width={420}
      title={t("start.passphrase-title")}
      okText={t("start.open-now")}
      confirmLoading={busy}
      okButtonProps={{ disabled: passphrase === "" }}
      onOk={() => void open()}
      onCancel={close}
    >
      <p className="sub small cut" title={path}>
        {path}
      </p>
      <Form.Item
        validateStatus={error ? "error" : ""}
        help={error && errorWords(error)}
        label={t("start.passphrase")}
        layout="vertical"
      >
        <Input.Password
          autoFocus
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
          onPressEnter={() => passphrase && void open()}
        />
      </Form.Item>
    </Modal>
  );
}
