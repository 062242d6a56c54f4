/** The clerk's reason for findings that only need an explanation. */
import { Button, Input, Popover } from "antd";
import { useState } from "react";

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
}

/** A small field for the clerk's reason. */
export function Explain({ name, text, save, many, twin = false }: ExplainProps) {
  const [open, setOpen] = useState(false);
  const [begun, setBegun] = useDraft<string>(`explain ${name}`);
  const draft = begun ?? text;
  async function put(words: string) {
    await save(words);
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
