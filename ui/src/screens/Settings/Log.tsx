/** The newest entries of the program's log, read on demand. */
import { Button } from "antd";
import { useState } from "react";

import { call, type LogPage } from "../../ipc";
import { useSay } from "../../parts/say";
import { t } from "../../text";

export function Log() {
  const say = useSay();
  const [page, setPage] = useState<LogPage>();
  const read = () => call("log.read", {}).then(setPage, say.failed);
  return (
    <>
      <p className="sub">{t("settings.log-words")}</p>
      <Button onClick={() => void read()}>{t("settings.log-show")}</Button>
      {page && (
        <>
          <p className="sub small">{page.file}</p>
          {page.entries.length === 0 ? (
            <p className="sub">{t("settings.log-empty")}</p>
          ) : (
            <textarea
              className="settings-log small"
              readOnly
              rows={12}
              aria-label={t("settings.log")}
              value={page.entries.join("\n")}
            />
          )}
        </>
      )}
    </>
  );
}
