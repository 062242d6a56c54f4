/** Gives the list that a select opens a name, which the component library leaves out and a screen reader needs. */
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

function ListName({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const list of box.current?.querySelectorAll("[role=listbox]") ?? []) list.setAttribute("aria-label", label);
  });
  return <div ref={box}>{children}</div>;
}

/** For `popupRender` of a select: names its list like the select. */
export const listNamed = (label: string) => (list: ReactElement) => <ListName label={label}>{list}</ListName>;
