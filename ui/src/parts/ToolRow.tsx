/**
 * Tools on one line, whose height and whose first tools never move: tools that find no room stand in a menu at its
 * end. The place of that menu is kept free always, so that a tool that comes late moves no other.
 */
import { Button, Popover } from "antd";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

import { t } from "../text";

export interface Tool {
  key: string;
  node: ReactNode;
  /** Whether a click opens something beside it, for which the menu has to stay open. */
  opens?: boolean;
}

export function ToolRow({ tools }: { tools: Tool[] }) {
  const row = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(tools.length);
  const [open, setOpen] = useState(false);
  const keys = tools.map((tool) => tool.key).join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: other tools are measured anew
  useLayoutEffect(() => {
    const line = row.current;
    if (!line) return;
    const parts = [...line.querySelectorAll<HTMLElement>(":scope > .part-tool")];
    const measure = () => {
      const more = line.querySelector<HTMLElement>(":scope > .part-tools-more");
      const room = line.clientWidth - (more?.offsetWidth ?? 0);
      const first = parts.findIndex((part) => part.offsetLeft + part.offsetWidth > room);
      setFits(first < 0 ? parts.length : first);
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of [line, ...parts]) observer.observe(part);
    return () => observer.disconnect();
  }, [keys]);

  const hidden = tools.slice(fits);
  return (
    <div ref={row} className="part-tools">
      {tools.map(({ key, node }, i) => (
        <span key={key} className={i < fits ? "part-tool" : "part-tool is-out"} inert={i >= fits}>
          {node}
        </span>
      ))}
      <span className={hidden.length > 0 ? "part-tools-more" : "part-tools-more is-out"} inert={hidden.length === 0}>
        <Popover
          trigger="click"
          placement="bottomRight"
          open={open && hidden.length > 0}
          onOpenChange={setOpen}
          content={
            <div className="part-tools-menu">
              {hidden.map(({ key, node, opens }) => (
                <span key={key} onClick={opens ? undefined : () => setOpen(false)}>
                  {node}
                </span>
              ))}
            </div>
          }
        >
          <Button>{t("part.more-tools")}</Button>
        </Popover>
      </span>
    </div>
  );
}
