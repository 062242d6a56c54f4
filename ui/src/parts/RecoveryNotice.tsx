/** Below the screens of a book that nothing but this PC opens: offers a recovery key, once. */
import { KeyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { type BookHead, call } from "../ipc";
import { useKept } from "../state/kept";
import { t } from "../text";
import { RecoveryKey } from "./RecoveryKey";
import { useSay } from "./say";

export function RecoveryNotice({ head }: { head: BookHead }) {
  const say = useSay();
  const [later, setLater] = useKept(`recovery-later ${head.path}`, false);
  const [made, setMade] = useState<string>();
  if (head.lock !== "this-pc" || head.sample || head.read_only || later) return null;

  async function make() {
    try {
      setMade((await call("start.recovery-key", {})).key);
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="part-clock" role="status" data-testid="recovery-notice">
      <KeyOutlined aria-hidden />
      <span className="grow">{t("recovery.notice")}</span>
      <Button size="small" type="primary" onClick={() => void make()}>
        {t("recovery.make")}
      </Button>
      <Button size="small" onClick={() => setLater(true)}>
        {t("recovery.later")}
      </Button>
      {made && (
        <RecoveryKey
          recoveryKey={made}
          college={head.college.name}
          use={() => lockWith(made).then(() => say.done(t("settings.locked")), say.failed)}
          close={() => setMade(undefined)}
        />
      )}
    </div>
  );
}

/** Lets a recovery key open the open book, after the person has kept it. */
export async function lockWith(recoveryKey: string, old: string | null = null): Promise<void> {
  await call("settings.passphrase", { old, new: "", recovery_key: recoveryKey });
}
