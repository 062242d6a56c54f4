/** The list of codes under a cell: found by name, code, pinyin or initials, with the levels above each code. */
import {
  forwardRef,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

import type { CodeView, FieldSpec } from "../ipc";
import { findCodes } from "../state/codes";
import { count, t } from "../text";

export interface ChooserHandle {
  move(by: number): void;
  /** The code that Enter would take, once it is known; undefined while nothing was typed and nothing is marked. */
  current(): CodeView | Promise<CodeView | undefined> | undefined;
}

interface ChooserProps {
  field: FieldSpec;
  find: string;
  /** Codes that the cell holds. */
  held: string[];
  /** The cell, on screen. */
  place: DOMRect;
  onPick(code: CodeView): void;
}

export const Chooser = forwardRef<ChooserHandle, ChooserProps>(function Chooser(
  { field, find, held, place, onPick },
  ref,
) {
  const [found, setFound] = useState<{ codes: CodeView[]; total: number; find: string }>();
  const [on, setOn] = useState(-1);
  const list = field.code_list ?? "";
  const items = useRef<HTMLUListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the codes of the cell only choose the first mark
  useEffect(() => {
    let wanted = true;
    void findCodes(list, find).then(
      (page) => {
        if (!wanted) return;
        setFound({ ...page, find });
        setOn(find === "" ? page.codes.findIndex((code) => held.includes(code.code)) : 0);
      },
      () => wanted && setFound({ codes: [], total: 0, find }),
    );
    return () => {
      wanted = false;
    };
  }, [list, find]);

  useImperativeHandle(
    ref,
    () => ({
      move: (by) => setOn((was) => Math.max(0, Math.min((found?.codes.length ?? 1) - 1, was + by))),
      current() {
        if (found?.find === find) return on >= 0 ? found.codes[on] : undefined;
        // The list still shows the answer to an older text; Enter after typing takes the first code of the new text.
        return find === "" ? undefined : findCodes(list, find).then(({ codes }) => codes[0]);
      },
    }),
    [found, on, find, list],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer draws other items
  useEffect(() => {
    items.current?.children[on]?.scrollIntoView({ block: "nearest" });
  }, [on, found]);

  if (!found) return null;
  const below = window.innerHeight - place.bottom > 300 || place.top < 300;
  const left = Math.min(place.left, window.innerWidth - 360);
  return createPortal(
    <div
      className="grid-chooser"
      style={below ? { left, top: place.bottom + 2 } : { left, bottom: window.innerHeight - place.top + 2 }}
      // The cell keeps the focus, because an input method would lose the text that it is composing.
      onMouseDown={(event) => event.preventDefault()}
    >
      <ul role="listbox" aria-label={field.code_list_title ?? field.title} ref={items}>
        {found.codes.map((code, i) => (
          <li
            key={code.code}
            role="option"
            aria-selected={i === on}
            className={i === on ? "is-on" : ""}
            onClick={() => onPick(code)}
          >
            <span className="grid-chooser-code">{code.code}</span>
            <span className="grow">
              <span>{code.name}</span>
              {code.path.length > 0 && <small className="cut">{code.path.join(" › ")}</small>}
            </span>
            {held.includes(code.code) && <span className="ok">✓</span>}
          </li>
        ))}
      </ul>
      <footer>
        <span className="cut">{field.code_list_title}</span>
        <span>
          {found.codes.length === 0
            ? t("grid.no-code")
            : found.total > found.codes.length
              ? t("grid.more-codes", { shown: found.codes.length, total: found.total })
              : t("grid.codes", { n: count(found.total) })}
        </span>
      </footer>
    </div>,
    document.body,
  );
});

/** Gives its children the place of the cell on screen once the cell is drawn. */
export function ChooserAt({
  area,
  children,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  children(box: DOMRect): ReactNode;
}) {
  const [box, setBox] = useState<DOMRect>();
  useLayoutEffect(() => setBox(area.current?.parentElement?.getBoundingClientRect()), [area]);
  return box ? children(box) : null;
}
