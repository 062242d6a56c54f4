/** Shows a new recovery key, lets the person print or copy it, and asks for two of its groups before it is used. */
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { createPortal } from "react-dom";

import { t } from "../text";
import { useSay } from "./say";
import "./RecoveryKey.css";

interface RecoveryKeyProps {
  /** Six groups of four characters with hyphens between them. */
  recoveryKey: string;
  /** Whose book it opens, for the printed sheet. */
  college: string;
  /** Uses the key; called only when the two groups were right. */
  use(): Promise<void>;
  close(): void;
}

export function RecoveryKey({ recoveryKey, college, use, close }: RecoveryKeyProps) {
  const say = useSay();
  const groups = recoveryKey.split("-");
  const [asked] = useState(() => twoOf(groups.length));
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState<[string, string]>(["", ""]);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);

  async function finish() {
    if (!asked.every((group, i) => sameGroup(typed[i] ?? "", groups[group] ?? ""))) {
      setWrong(true);
      return;
    }
    setBusy(true);
    try {
      await use();
    } finally {
      setBusy(false);
    }
  }

  function copy() {
    navigator.clipboard.writeText(recoveryKey).then(
      () => say.done(t("recovery.copied")),
      () => say.note(t("recovery.not-copied")),
    );
  }

  return (
    <Modal
      open
      width={560}
      title={t("recovery.title")}
      maskClosable={false}
      okText={asking ? t("recovery.finish") : t("recovery.next")}
      confirmLoading={busy}
      onOk={() => (asking ? void finish() : setAsking(true))}
      cancelText={asking ? t("recovery.back") : undefined}
      onCancel={() => (asking ? setAsking(false) : close())}
    >
      {asking ? (
        <>
          <p>{t("recovery.prove")}</p>
          <div className="part-two">
            {asked.map((group, i) => (
              <div key={group}>
                <label htmlFor={`recovery-group-${i}`}>{t("recovery.group", { n: group + 1 })}</label>
                <Input
                  id={`recovery-group-${i}`}
                  autoFocus={i === 0}
                  maxLength={8}
                  status={wrong ? "error" : ""}
                  value={typed[i]}
                  data-group={group}
                  onChange={(event) => {
                    const text = event.target.value;
                    setWrong(false);
                    setTyped(([first, second]) => (i === 0 ? [text, second] : [first, text]));
                  }}
                  onPressEnter={() => void finish()}
                />
              </div>
            ))}
          </div>
          <p className="recovery-key-wrong" role="alert">
            {wrong && t("recovery.wrong")}
          </p>
        </>
      ) : (
        <>
          <p>{t("recovery.what")}</p>
          <p className="recovery-key" data-testid="recovery-key">
            {groups.map((group, i) => (
              <span key={i}>
                <small>{i + 1}</small>
                {group}
              </span>
            ))}
          </p>
          <div className="row">
            <Button onClick={() => window.print()}>{t("recovery.print")}</Button>
            <Button onClick={copy}>{t("recovery.copy")}</Button>
            <span className="sub small">{t("recovery.keep")}</span>
          </div>
        </>
      )}
      {createPortal(
        <div className="recovery-key-sheet">
          <h1>{t("recovery.sheet", { college })}</h1>
          <p className="recovery-key-printed">{groups.join(" - ")}</p>
          <p>{t("recovery.sheet-help")}</p>
        </div>,
        document.body,
      )}
    </Modal>
  );
}

/** Two different groups, the earlier one first. */
function twoOf(groups: number): [number, number] {
  const [first = 0, second = 1] = crypto.getRandomValues(new Uint32Array(2));
  const one = first % groups;
  const other = (one + 1 + (second % (groups - 1))) % groups;
  return one < other ? [one, other] : [other, one];
}

/** Whether what was typed is the group, in upper or lower case, with O for 0 and I or L for 1. */
export function sameGroup(typed: string, group: string): boolean {
  const plain = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return plain.replace(/O/g, "0").replace(/[IL]/g, "1") === group;
}
