/** Asks for a passphrase until it is right. */
import { Form, Input, Modal } from "antd";
import { useState } from "react";

import type { CallFailure } from "../../ipc";
import { errorWords, t } from "../../text";

interface AskPassphraseProps {
  title: string;
  detail: string;
  ok: string;
  /** Least number of characters of a new passphrase. */
  shortest?: number;
  use(passphrase: string): Promise<unknown>;
  close(): void;
}

export function AskPassphrase({ title, detail, ok, shortest = 1, use, close }: AskPassphraseProps) {
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailure>();
  const able = passphrase.length >= shortest;

  async function go() {
    setBusy(true);
    try {
      await use(passphrase);
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
      title={title}
      okText={ok}
      confirmLoading={busy}
      okButtonProps={{ disabled: !able }}
      onOk={() => void go()}
      onCancel={close}
    >
      <p className="sub small path">{detail}</p>
      <Form layout="vertical">
        <Form.Item
          label={t("start.passphrase")}
          htmlFor="ask-passphrase"
          validateStatus={error ? "error" : ""}
          help={
            error
              ? errorWords(error)
              : shortest > 1 && passphrase !== "" && !able
                ? t("start.need-passphrase")
                : undefined
          }
        >
          <Input.Password
            id="ask-passphrase"
            autoFocus
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            onPressEnter={() => able && void go()}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
