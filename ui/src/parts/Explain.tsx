/** The clerk's reason for findings that only need an explanation. */
import { Button, Input, Popover } from "antd";
import { useState } from "react";

import { t } from "../text";
import "./parts.css";

interface ExplainProps {
  text: string;
  save(text: string): Promise<void>;
  /** How many findings are explained at once, where it is a group. */
  many?: number;
  /** Whether the reason says that records with one key are different ones. */
  twin?: boolean;
}

/** A small field for the clerk's reason. */
export function Explain({ text, save, many, twin = false }: ExplainProps) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(text);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setDraft(text);
      }}
      content={
        <div className="part-explain">
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 3, maxRows: 6 }}
            maxLength={500}
            placeholder={t(twin ? "fill.twin-hint" : "fill.explain-hint")}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
          <div className="row">
            {many !== undefined && <span className="sub small">{t("fill.explain-many", { n: many })}</span>}
            <span className="grow" />
            {text !== "" && (
              <Button size="small" onClick={() => void save("").then(() => setOpen(false))}>
                {t("fill.explain-back")}
              </Button>
            )}
            <Button
              size="small"
              type="primary"
              disabled={draft.trim() === ""}
              onClick={() => void save(draft.trim()).then(() => setOpen(false))}
            >
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
