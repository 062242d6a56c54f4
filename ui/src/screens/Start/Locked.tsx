/** In front of a locked book: its password opens it again. What was on the screen is behind it, hidden. */
import { LockOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";

import { type BookHead, call, type CallFailure } from "../../ipc";
import { useSay } from "../../parts/say";
import { dropDrafts } from "../../state/drafts";
import { errorWords, t } from "../../text";
import "./Start.css";

/** Class of the page while it is locked: dialogs and menus are hidden, too. */
const LOCKED = "start-behind";

export function Locked({ head }: { head: BookHead }) {
  const say = useSay();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallFailure>();

  useEffect(() => {
    document.body.classList.add(LOCKED);
    return () => document.body.classList.remove(LOCKED);
  }, []);

  async function unlock() {
    setBusy(true);
    try {
      await call("book.unlock", { passphrase });
    } catch (failed) {
      setError(failed as CallFailure);
    } finally {
      setBusy(false);
    }
  }

  function close() {
    dropDrafts();
    call("book.close", {}).catch(say.failed);
  }

  return (
    <main className="start-locked" data-testid="locked">
      <LockOutlined aria-hidden />
      <h1>{t("locked.title")}</h1>
      <p>{t("locked.words", { college: head.college.name })}</p>
      <Form layout="vertical" onFinish={() => void unlock()}>
        <Form.Item
          label={t("start.passphrase")}
          htmlFor="unlock"
          validateStatus={error ? "error" : ""}
          help={error ? errorWords(error) : undefined}
        >
          <Input.Password
            id="unlock"
            autoFocus
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </Form.Item>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy} disabled={passphrase === ""}>
            {t("locked.open")}
          </Button>
          <Button onClick={close}>{t("locked.close")}</Button>
        </div>
      </Form>
    </main>
  );
}
