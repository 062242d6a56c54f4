/** Trying a rule on its own cases before it is saved. */
import { CheckCircleFilled, CloseCircleFilled, ExperimentOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { call, CallFailure, type OwnRule } from "../../../ipc";
import { t } from "../../../text";
import { type Refusal, refusalWords } from "./refusal";

export function TryRule({ rule }: { rule: OwnRule }) {
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ of: string; problem: Refusal | null }>();
  const now = JSON.stringify(rule);

  async function run() {
    setBusy(true);
    try {
      const { problem } = await call("overlay.try_rule", { rule });
      setTried({ of: now, problem });
    } catch (error) {
      setTried({ of: now, problem: error instanceof CallFailure ? error : { code: "program.failed", params: {} } });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button
        icon={<ExperimentOutlined aria-hidden />}
        loading={busy}
        disabled={rule.table === ""}
        onClick={() => void run()}
        data-testid="own-try"
      >
        {t("own.try")}
      </Button>
      {/* An answer holds for the rule that was tried only. */}
      {tried?.of === now && (
        <p className={tried.problem ? "bad" : "ok"} role="status" data-testid="own-tried">
          {tried.problem ? <CloseCircleFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}{" "}
          {tried.problem
            ? refusalWords(tried.problem)
            : t("own.tried", { pass: rule.pass.length, fail: rule.fail.length })}
        </p>
      )}
    </>
  );
}
