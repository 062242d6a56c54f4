/** Codes in a table; a code with codes under it is a link to them. */
import { RightOutlined } from "@ant-design/icons";

import type { CodeListSummary, CodeView } from "../../../ipc";
import { count, t } from "../../../text";

interface Props {
  codes: CodeView[];
  list: CodeListSummary;
  /** Whether codes of all levels are in one list, so that each must show the levels above it. */
  flat: boolean;
  /** Code that the address names. */
  sought: string;
  walk(code: string): void;
}

export function CodeTable({ codes, list, flat, sought, walk }: Props) {
  const notes = codes.some((code) => code.note);
  return (
    <table className="facts">
      <thead>
        <tr>
          <th style={{ width: 110 }}>{t("standards.code")}</th>
          <th>{t("standards.name")}</th>
          {list.levels && (
            <th style={{ width: flat ? "34%" : 120 }}>{flat ? t("standards.above") : t("standards.below")}</th>
          )}
          {notes && <th>{t("standards.note")}</th>}
        </tr>
      </thead>
      <tbody>
        {codes.map((code) => (
          <tr key={code.code} className={code.code === sought ? "is-on" : ""}>
            <td className="sub browse-code">{code.code}</td>
            <td>{code.name}</td>
            {list.levels && (
              <td className="sub">
                {flat && code.path.length > 0 && <span className="browse-code-path">{code.path.join(" › ")}</span>}
                {code.children > 0 && (
                  <button
                    type="button"
                    className="standards-link"
                    aria-label={t("standards.walk", { name: code.name, n: count(code.children) })}
                    onClick={() => walk(code.code)}
                  >
                    {t("standards.children", { n: count(code.children) })}
                    <RightOutlined aria-hidden />
                  </button>
                )}
              </td>
            )}
            {notes && <td className="sub">{code.note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
