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
import { choose, type FoundCodes, findCodes } from "../state/codes";
import { count, t } from "../text";

/** Id of the list, and of its options: the field that has the focus names them for a screen reader. */
export const LIST_ID = "grid-codes";
export const optionId = (code: string) => `${LIST_ID}-${code}`;

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
  /** Called when another code is marked; undefined: none is. */
  onMark(code: string | undefined): void;
}

/**
 * The index of the code that Enter takes without a choice: what the cell holds, or the first hit. A text that occurs
 * only inside of several names marks none of them.
 */
function marked({ codes }: FoundCodes, find: string, held: string[]): number {
  if (find === "") return codes.findIndex((code) => held.includes(code.code));
  const [first, second] = codes;
  return !first || (first.fit === "part" && second !== undefined) ? -1 : 0;
}

export const Chooser = forwardRef<ChooserHandle, ChooserProps>(function Chooser(
  { field, find, held, place, onPick, onMark },
  ref,
) {
  const [found, setFound] = useState<FoundCodes & { find: string }>();
  const [on, setOn] = useState(-1);
  const list = field.code_list ?? "";
  const several = field.kind === "codes";
  const items = useRef<HTMLUListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the codes of the cell only choose the first mark
  useEffect(() => {
    let wanted = true;
    void findCodes(list, find, field.code_level).then(
      (page) => {
        if (!wanted) return;
        setFound({ ...page, find });
        setOn(marked(page, find, several ? [] : held));
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
        if (find === "") return undefined;
        return findCodes(list, find, field.code_level).then((page) => page.codes[marked(page, find, [])]);
      },
    }),
    [found, on, find, list, field.code_level],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another mark is reported
  useEffect(() => {
    onMark(found?.codes[on]?.code);
    return () => onMark(undefined);
  }, [on, found]);

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
      // The cell keeps the focus, because an input method would lose the text that it is composing. The list is drawn
      // elsewhere, but its events come to the grid as well, which would take them for a press on the cell below.
      onMouseDown={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onContextMenu={(event) => event.stopPropagation()}
    >
      <ul id={LIST_ID} role="listbox" aria-label={field.code_list_title ?? field.title} ref={items}>
        {found.codes.map((code, i) => (
          <li
            key={code.code}
            id={optionId(code.code)}
            role="option"
            aria-selected={i === on}
            className={i === on ? "is-on" : ""}
            onClick={() => {
              choose(list, code.code);
              onPick(code);
            }}
          >
            <span className="grid-chooser-code">{code.code}</span>
            <span className="grow">
              <span>{code.name}</span>
              {code.path.length > 0 && <small className="cut">{code.path.join(" › ")}</small>}
            </span>
            {code.recent && <small className="sub">{t("grid.recent-code")}</small>}
            {held.includes(code.code) && <span className="ok">✓</span>}
          </li>
        ))}
      </ul>
      <footer>
        <span className="cut" title={field.code_list_title ?? undefined}>
          {field.code_list_title}
        </span>
        <span>
          {found.codes.length === 0 || (on < 0 && found.find !== "")
            ? t(found.codes.length === 0 ? "grid.no-code" : "grid.choose-code")
            : found.total > found.codes.length
              ? t("grid.more-codes", { shown: found.codes.length, total: found.total })
              : t("grid.codes", { n: count(found.total) })}
        </span>
      </footer>
    </div>,
    document.body,
  );
});

/** Draws the list once the cell is drawn, because only then its place on screen is known. */
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
