/** Pausing a submission that runs, and what says that it is paused. */
import { Alert, Button } from "antd";
import { useState } from "react";

import { call, type Target } from "../../ipc";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { count, t } from "../../text";

/** Pauses the submission that runs; what is on its way comes to its end first. */
export function PauseButton({ target }: { target: Target }) {
  const say = useSay();
  const [pausing, setPausing] = useState(false);
  async function pause() {
    setPausing(true);
    try {
      await call("submit.pause", { target, paused: true });
    } catch (error) {
      setPausing(false);
      say.failed(error);
    }
  }
  return (
    <Button size="small" disabled={pausing} onClick={() => void pause()} data-testid="pause">
      {t(pausing ? "submit.pausing" : "submit.pause")}
    </Button>
  );
}

/** Says since when submission to the connection is paused, and what waits for its end. */
export function PausedNote(props: { name: string; since: string; waiting: number; resume(): void }) {
  return (
    <Alert
      className="submit-ending"
      type="warning"
      showIcon
      data-testid="paused"
      title={t("submit.paused", { name: props.name })}
      description={
        <>
          <p>{t("submit.paused-since", { since: momentWords(props.since) })}</p>
          {props.waiting > 0 && <p>{t("submit.paused-waiting", { rows: count(props.waiting) })}</p>}
        </>
      }
      action={
        <Button type="primary" size="small" onClick={props.resume}>
          {t("submit.resume")}
        </Button>
      }
    />
  );
}
