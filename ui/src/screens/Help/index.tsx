/** F1: first steps, what the marks of the grid mean, and all keys, made from the one table of keys. */
import { Input, Modal } from "antd";
import { useState } from "react";

import { KEYS, type KeyLine } from "../../grid/keyTable";
import { LevelMark } from "../../parts/icons";
import { tDynamic, t } from "../../text";
import { Picture, STEPS } from "./Pictures";
import "./Help.css";

const GROUPS: KeyLine["group"][] = ["move", "choose", "write", "block", "find", "screen", "mouse"];
const MARKS = ["mandatory", "confirm", "hint"] as const;
const STRIPS = ["accepted", "rejected", "changed"] as const;

/** Names of keys as they are printed on a keyboard. */
const PRINTED: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  "Ctrl+:": "Ctrl+Shift+;",
  'Ctrl+"': "Ctrl+Shift+'",
  "Ctrl+*": "Ctrl+Shift+8",
};

export const printed = (name: string): string =>
  PRINTED[name] ??
  name
    .split(/\+(?=.)/)
    .map((part) => PRINTED[part] ?? tDynamic(`help.key-${part}`, {}, part))
    .join("+");

export const Help = ({ close }: { close(): void }) => {
  const [find, setFind] = useState("");
  const query = find.trim().toLowerCase();
  const words = ({ id, keys }: KeyLine) => ({
    keys: keys.length > 0 ? keys.map(printed) : [tDynamic(`keys.${id}.key`)],
    what: tDynamic(`keys.${id}`),
    why: tDynamic(`keys.${id}.why`),
  });
  const fits = (line: KeyLine) => {
    const { keys, what } = words(line);
    return query === "" || `${keys.join(" ")} ${what}`.toLowerCase().includes(query);
  };
  return (
    <Modal open width={860} title={t("help.title")} footer={null} onCancel={close}>
      <Input
        autoFocus
        allowClear
        placeholder={t("help.find")}
        aria-label={t("help.find")}
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      <div className="help-body scroll">
        {query === "" && (
          <>
            <section>
              <h2>{t("help.first")}</h2>
              <ol className="help-steps">
                {STEPS.map((step) => (
                  <li key={step}>
                    <Picture step={step} />
                    <span>{t(`help.step-${step}`)}</span>
                  </li>
                ))}
              </ol>
            </section>
            <section>
              <h2>{t("help.marks")}</h2>
              <ul className="help-marks">
                {MARKS.map((level) => (
                  <li key={level}>
                    <i className={`help-cell is-${level}`}>
                      <LevelMark level={level} />
                    </i>
                    {t(`help.mark-${level}`)}
                  </li>
                ))}
                {STRIPS.map((state) => (
                  <li key={state}>
                    <i className={`help-strip is-${state}`} />
                    {t(`help.strip-${state}`)}
                  </li>
                ))}
              </ul>
            </section>
          </>
        )}
        {GROUPS.map((group) => {
          const lines = KEYS.filter((line) => line.group === group && fits(line));
          if (lines.length === 0) return null;
          return (
            <section key={group}>
              <h2>{t(`help.group-${group}`)}</h2>
              <table>
                <tbody>
                  {lines.map((line) => {
                    const { keys, what, why } = words(line);
                    return (
                      <tr key={line.id}>
                        <td>
                          {keys.map((key) => (
                            <kbd key={key}>{key}</kbd>
                          ))}
                        </td>
                        <td>
                          {what}
                          {line.group === "write" && line.modes[0] !== "ready" && (
                            <small className="sub">
                              　{t(line.modes.length > 1 ? "help.writing" : `help.mode-${line.modes[0] ?? "type"}`)}
                            </small>
                          )}
                          {!line.excel && <small className="sub">　{t("help.own", { why })}</small>}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          );
        })}
      </div>
    </Modal>
  );
};
