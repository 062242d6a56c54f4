/** Below the screen: that the book is at risk where it lies, and that a change log of another file lay beside it. */
import { FolderOpenOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import type { BookHead } from "../ipc";
import { useKept } from "../state/kept";
import { tDynamic, t } from "../text";

export function BookNotices({ head }: { head: BookHead }) {
  const [placeTold, setPlaceTold] = useKept(`place-told ${head.path}`, "");
  const [logTold, setLogTold] = useState<string>();
  const place = head.place !== null && head.place !== placeTold ? head.place : undefined;
  const log = head.log_set_aside !== null && head.log_set_aside !== logTold ? head.log_set_aside : undefined;
  return (
    <>
      {place && <Notice words={tDynamic(`place.${place}`)} read={() => setPlaceTold(place)} />}
      {log && <Notice words={t("place.log-set-aside", { file: log })} read={() => setLogTold(log)} />}
    </>
  );
}

function Notice({ words, read }: { words: string; read(): void }) {
  return (
    <div className="part-clock" role="status" data-testid="book-notice">
      <FolderOpenOutlined aria-hidden />
      <span className="grow">{words}</span>
      <Button size="small" onClick={read}>
        {t("place.later")}
      </Button>
    </div>
  );
}
