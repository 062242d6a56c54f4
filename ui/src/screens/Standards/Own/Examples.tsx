/** How conditions are written, by example. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { useState } from "react";

import { t } from "../../../text";

const EXAMPLES = [
  ["own.example-order", "X_JSRQ >= X_KSRQ"],
  ["own.example-range", "tb_number(X_DF) BETWEEN 0 AND 100"],
  ["own.example-length", "length(X_BZ) >= 4"],
  ["own.example-both", "X_JG IS NOT NULL OR X_YY IS NOT NULL"],
  ["own.example-words", "X_ZT IN ('1', '2')"],
  ["own.example-today", "tb_date(X_KSRQ) <= tb_today()"],
  ["own.example-age", "tb_age(CSRQ, tb_today()) BETWEEN 14 AND 60"],
] as const;

export function Examples() {
  const [open, setOpen] = useState(false);
  return (
    <div className="own-examples">
      <button type="button" className="standards-link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {t("own.examples")}
      </button>
      {open && (
        <>
          <table className="facts">
            <tbody>
              {EXAMPLES.map(([words, condition]) => (
                <tr key={words}>
                  <td>{t(words)}</td>
                  <td>
                    <code>{condition}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="sub small">{t("own.examples-help")}</p>
        </>
      )}
    </div>
  );
}
