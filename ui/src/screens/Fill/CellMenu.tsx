/** The menu of the right button over cells. */
import { Menu } from "antd";
import { createPortal } from "react-dom";

import { useCloseOutside } from "../../parts/useCloseOutside";
import { t } from "../../text";

export type CellAction = "copy" | "cut" | "paste" | "clear" | "fill-down" | "insert-above" | "insert-below" | "delete";

interface CellMenuProps {
  place: { x: number; y: number };
  rows: number;
  onAction(action: CellAction): void;
  close(): void;
}

export function CellMenu({ place, rows, onAction, close }: CellMenuProps) {
  useCloseOutside(close);
  const item = (key: CellAction, label: string, extra = "") => ({ key, label, extra });
  return createPortal(
    <div
      className="part-floating"
      style={{ left: Math.min(place.x, window.innerWidth - 230), top: Math.min(place.y, window.innerHeight - 290) }}
      onMouseDown={(event) => event.stopPropagation()}
    >
      <Menu
        selectable={false}
        onClick={({ key }) => onAction(key as CellAction)}
        items={[
          item("cut", t("grid.cut"), "Ctrl+X"),
          item("copy", t("grid.copy"), "Ctrl+C"),
          item("paste", t("grid.paste"), "Ctrl+V"),
          item("clear", t("grid.clear"), "Delete"),
          item("fill-down", t("grid.fill-down"), "Ctrl+D"),
          { type: "divider" },
          item("insert-above", t("grid.insert-above")),
          item("insert-below", t("grid.insert-below"), "Ctrl++"),
          { ...item("delete", t("grid.delete-rows", { n: rows }), "Ctrl+-"), danger: true },
        ]}
      />
    </div>,
    document.body,
  );
}
