/** Below the screen, as long as the program behind the page does not answer: what was typed is kept and sent later. */
import { DisconnectOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { tryAgain, useAway } from "../state/alive";
import { useSaving } from "../state/saving";
import { t } from "../text";

export function AwayNotice() {
  const away = useAway();
  const { failed } = useSaving();
  if (!away) return null;
  return (
    <div className="part-clock" role="alert" data-testid="away-notice">
      <DisconnectOutlined aria-hidden />
      <span className="grow">
        {t("away.words")} {failed > 0 && t("away.kept", { n: failed })}
      </span>
      <Button size="small" onClick={() => void tryAgain()}>
        {t("away.again")}
      </Button>
    </div>
  );
}
