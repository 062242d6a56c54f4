/** The clerk's reason for findings that only need an explanation. */
import { Button, Checkbox, Input, Popover } from "antd";
import { useState } from "react";

import { call } from "../ipc";
import { useCall } from "../state/calls";
import { useDraft } from "../state/drafts";
import { t } from "../text";
import "./parts.css";

interface ExplainProps {
  /** What it explains: a reason that was begun is kept under this name. */
  name: string;
  text: string;
  save(text: string): Promise<void>;
  /** How many findings are explained at once, where it is a group. */
  many?: number;
  /** Whether the reason says that records with one key are different ones. */
  twin?: boolean;
  /** Keeps the reason for all findings of this cause, also those to come; only where the standard leaves it open. */
  saveForTable?: ((text: string) => Promise<void>) | undefined;
}

/** A small field for the clerk's reason. */
export function Explain({ name, text, save, many, twin = false, saveForTable }: ExplainProps) {
  const [open, setOpen] = useState(false);
  const [begun, setBegun] = useDraft<string>(`explain ${name}`);
  const [whole, setWhole] = useState(false);
  const draft = begun ?? text;
  async function put(words: string) {
    await (whole && saveForTable ? saveForTable(words) : save(words));
    setBegun(undefined);
    setOpen(false);
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="part-explain">
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 3, maxRows: 6 }}
            maxLength={500}
            placeholder={t(twin ? "fill.twin-hint" : "fill.explain-hint")}
            value={draft}
            onChange={(event) => setBegun(event.target.value === text ? undefined : event.target.value)}
          />
          {open && !twin && <AtHand draft={draft} choose={setBegun} />}
          {saveForTable && (
            <Checkbox
              checked={whole}
              onChange={(event) => setWhole(event.target.checked)}
              className="part-explain-whole"
            >
              {t("fill.explain-whole")}
            </Checkbox>
          )}
          <div className="row">
            {many !== undefined && <span className="sub small">{t("fill.explain-many", { n: many })}</span>}
            <span className="grow" />
            {text !== "" && (
              <Button size="small" onClick={() => void put("")}>
                {t("fill.explain-back")}
              </Button>
            )}
            <Button size="small" type="primary" disabled={draft.trim() === ""} onClick={() => void put(draft.trim())}>
              {t("part.save")}
            </Button>
          </div>
        </div>
      }
    >
      <Button {...(many === undefined ? { size: "small" as const } : {})}>
        {text === "" ? t(twin ? "fill.twin" : "fill.explain") : t("fill.explain-change")}
      </Button>
    </Popover>
  );
}

/** The reasons that the college keeps: a click takes one over; what is typed can be kept, too. */
function AtHand({ draft, choose }: { draft: string; choose(text: string): void }) {
  const reasons = useCall("check.reasons", {}).data?.reasons ?? [];
  const text = draft.trim();
  const keep = () => void call("check.set_reasons", { reasons: [...reasons, text] }).catch(() => undefined);
  return (
    <div className="part-explain-reasons">
      {reasons.map((reason) => (
        <Button key={reason} size="small" title={reason} onClick={() => choose(reason)}>
          <span className="cut">{reason}</span>
        </Button>
      ))}
      {text !== "" && !reasons.includes(text) && (
        <Button size="small" type="link" onClick={keep}>
          {t("fill.explain-keep")}
        </Button>
      )}
    </div>
  );
}
