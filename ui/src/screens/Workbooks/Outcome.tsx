/** What was written, and where it lies; it stays until something else is written. */
import { Button, Typography } from "antd";
import { type ReactNode, useEffect, useRef } from "react";

import { showInFolder } from "../../ipc";
import { baseName } from "../../parts/files";
import { useSay } from "../../parts/say";
import { t } from "../../text";

export function Outcome({ files, children }: { files: string[]; children: ReactNode }) {
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const [first] = files;
  // On a low screen it would be below the visible part of the page.
  useEffect(() => {
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  if (first === undefined) return null;
  const folder = first.slice(0, first.length - baseName(first).length - 1);
  return (
    <div ref={box} className="workbooks-outcome" role="status">
      <b className="ok">
        {files.length === 1
          ? t("workbooks.written", { file: baseName(first) })
          : t("workbooks.written-many", { n: files.length })}
      </b>
      <p className="sub small">{children}</p>
      {files.length > 1 && (
        <ul className="workbooks-files">
          {files.map((file) => (
            <li key={file}>{baseName(file)}</li>
          ))}
        </ul>
      )}
      {showInFolder ? (
        <Button size="small" onClick={() => void showInFolder?.(first).catch(say.failed)}>
          {t("workbooks.open-folder")}
        </Button>
      ) : (
        <p className="sub small">{t("workbooks.written-where")}</p>
      )}
      <Typography.Text copyable={{ tooltips: [t("workbooks.copy-folder"), t("workbooks.folder-copied")] }}>
        {folder}
      </Typography.Text>
    </div>
  );
}
