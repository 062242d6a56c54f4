/** The menu of the right button over cells; by keyboard it takes the focus, and arrows move in it. */
import { Menu, type MenuRef } from "antd";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";

import { useCloseOutside } from "../../parts/useCloseOutside";
import { t } from "../../text";

export type CellAction =
  | "copy"
  | "cut"
  | "paste"
  | "paste-new"
  | "clear"
  | "fill-down"
  | "fill-series"
  | "insert-above"
  | "insert-below"
  | "duplicate"
  | "delete";

interface CellMenuProps {
  place: { x: number; y: number };
  /** Opened by a key: the menu takes the focus. */
  keyboard: boolean;
  rows: number;
  onAction(action: CellAction): void;
  close(): void;
}

const [WIDTH, HEIGHT] = [240, 400];

export function CellMenu({ place, keyboard, rows, onAction, close }: CellMenuProps) {
  useCloseOutside(close);
  const menu = useRef<MenuRef>(null);
  useEffect(() => {
    if (keyboard) menu.current?.focus();
  }, [keyboard]);
  const item = (key: CellAction, label: string, extra = "") => ({ key, label, extra });
  return createPortal(
    <div
      className="part-floating"
      style={{
        left: Math.max(0, Math.min(place.x, window.innerWidth - WIDTH)),
        top: Math.max(0, Math.min(place.y, window.innerHeight - HEIGHT)),
      }}
      onMouseDown={(event) => event.stopPropagation()}
    >
      <Menu
        ref={menu}
        selectable={false}
        aria-label={t("grid.cell-menu")}
        onClick={({ key }) => onAction(key as CellAction)}
        items={[
          item("cut", t("grid.cut"), "Ctrl+X"),
          item("copy", t("grid.copy"), "Ctrl+C"),
          item("paste", t("grid.paste"), "Ctrl+V"),
          item("paste-new", t("grid.paste-new")),
          item("clear", t("grid.clear"), "Delete"),
          { type: "divider" },
          item("fill-down", t("grid.fill-down"), "Ctrl+D"),
          item("fill-series", t("grid.fill-series")),
          { type: "divider" },
          item("insert-above", t("grid.insert-above")),
          item("insert-below", t("grid.insert-below"), "Ctrl++"),
          item("duplicate", t("grid.duplicate", { n: rows }), "Ctrl+Shift+D"),
          { ...item("delete", t("grid.delete-rows", { n: rows }), "Ctrl+-"), danger: true },
        ]}
      />
    </div>,
    document.body,
  );
}
