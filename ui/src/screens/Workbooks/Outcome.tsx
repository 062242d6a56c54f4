/** What was written, and where it lies; it stays until something else is written. */
import { Typography } from "antd";
import type { ReactNode } from "react";

import { baseName } from "../../parts/files";
import { t } from "../../text";

export function Outcome({ files, children }: { files: string[]; children: ReactNode }) {
  const [first] = files;
  if (first === undefined) return null;
  const folder = first.slice(0, first.length - baseName(first).length - 1);
  return (
    <div className="workbooks-outcome" role="status">
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
      <p className="sub small">{t("workbooks.written-where")}</p>
      <Typography.Text copyable={{ tooltips: [t("workbooks.copy-folder"), t("workbooks.folder-copied")] }}>
        {folder}
      </Typography.Text>
    </div>
  );
}
