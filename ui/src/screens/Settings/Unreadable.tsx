/** Settings that work by themselves and cannot be read: nothing of them runs, and they can only be made anew. */
import { Alert, Button, Popconfirm } from "antd";

import { call, type ScheduleSetting } from "../../ipc";
import { useSay } from "../../parts/say";
import { t } from "../../text";

export function Unreadable(props: { what: ScheduleSetting; reload(): void }) {
  const say = useSay();
  async function reset() {
    try {
      await call("schedule.reset", { what: props.what });
      props.reload();
    } catch (failure) {
      say.failed(failure);
    }
  }
  return (
    <Alert
      type="error"
      showIcon
      data-testid={`unreadable-${props.what}`}
      title={t(props.what === "schedule" ? "warning.schedule-unreadable" : "warning.robots-unreadable")}
      description={t(props.what === "schedule" ? "warning.schedule-unreadable.help" : "warning.robots-unreadable.help")}
      action={
        <Popconfirm title={t("schedule.reset-ask")} onConfirm={reset}>
          <Button size="small" danger>
            {t("schedule.reset")}
          </Button>
        </Popconfirm>
      }
    />
  );
}
