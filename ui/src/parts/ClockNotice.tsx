/** Below the screen, as long as this PC's clock is wrong: both times, and what to do. */
import { ClockCircleOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";

import { call, type ClockState } from "../ipc";
import { useCall } from "../state/calls";
import { tDynamic, t } from "../text";
import { useSay } from "./say";

export function ClockNotice() {
  const state = useCall("clock.state", {}).data;
  const say = useSay();
  if (!state?.witness) return null;
  return (
    <div className="part-clock" role="status" data-testid="clock-notice">
      <ClockCircleOutlined aria-hidden />
      <span className="grow">{clockWords(state)}</span>
      {state.can_trust && (
        <Tooltip title={t("clock.trust-help")}>
          <Button size="small" onClick={() => void call("clock.trust", {}).catch(say.failed)}>
            {t("clock.trust")}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

/** What is wrong with the clock, in a few sentences. */
export function clockWords({ verdict, witness, pc, known }: ClockState): string {
  const far = verdict === "ahead" && witness !== "receiver";
  const values = { pc: minute(pc), known: minute(known), witness: tDynamic(`clock.witness-${witness}`) };
  if (verdict === "behind") return t("clock.behind", values);
  return far ? t("clock.ahead-far", values) : t("clock.ahead", values);
}

/** A moment in national time without its seconds: 2026-11-26 10:00. */
function minute(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}
