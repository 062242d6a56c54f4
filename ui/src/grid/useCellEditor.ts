/**
 * The text field over the active cell, which always has the focus.
 *
 * An input method begins to compose before any key event, so a field that is only made when typing begins would lose
 * the first letter. Therefore the field is always there: invisible while a cell is only chosen, visible from the first
 * letter on.
 */
import { useRef, useState } from "react";

import type { CodeView, FieldSpec } from "../ipc";
import type { ChooserHandle } from "./Chooser";
import { partsOf, tidied, withCode } from "./codesText";
import type { Mode } from "./keys";
import type { FoundCode } from "./sheet";

export interface CellEditor {
  mode: Mode;
  draft: string;
  area: React.RefObject<HTMLTextAreaElement | null>;
  chooser: React.RefObject<ChooserHandle | null>;
  /** Whether the list of codes is open. */
  choosing: boolean;
  /** What the list of codes is asked for. */
  find: string;
  /** Codes that the text names already. */
  held: string[];
  begin(mode: "type" | "edit", choosing: boolean): void;
  typed(): void;
  /** Takes the code that is marked in the list, or the one clicked. True: more codes may follow, do not commit yet. */
  take(clicked?: FoundCode): boolean;
  commit(): void;
  cancel(): void;
}

export function useCellEditor(
  field: FieldSpec | undefined,
  value: string,
  write: (text: string, name: string, code?: Promise<FoundCode | undefined>) => void,
): CellEditor {
  const area = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<ChooserHandle>(null);
  const [mode, setMode] = useState<Mode>("ready");
  const [draft, setDraft] = useState("");
  const [choosing, setChoosing] = useState(false);
  // Until something is typed, the list of codes shows everything and not only what stands in the cell.
  const [touched, setTouched] = useState(false);
  const now = useRef<Mode>("ready");
  const picked = useRef<FoundCode | undefined>(undefined);
  // The code that the text finds, while the list has not answered yet.
  const asked = useRef<Promise<CodeView | undefined> | undefined>(undefined);

  const separator = field?.kind === "codes" ? (field.separator ?? ",") : undefined;
  const { before, last } = partsOf(draft, separator);
  const find = touched ? last : "";
  const held = touched ? before : separator ? value.split(separator) : [value];

  function enter(next: Mode) {
    now.current = next;
    setMode(next);
  }

  function put(text: string) {
    if (area.current) area.current.value = text;
    setDraft(text);
  }

  /** One more code in a field of several, or one less. */
  function add({ code }: { code: string }, away = false) {
    put(withCode(held, code, separator ?? ",", away));
    setTouched(true);
  }

  function leave() {
    picked.current = undefined;
    asked.current = undefined;
    enter("ready");
    put("");
    setChoosing(false);
    setTouched(false);
  }

  return {
    mode,
    draft,
    area,
    chooser,
    choosing: choosing && Boolean(field?.code_list),
    find,
    held,
    begin(next, open) {
      enter(next);
      setChoosing(open || Boolean(field?.code_list));
      setTouched(false);
      if (next === "edit") {
        put(value);
        area.current?.setSelectionRange(value.length, value.length);
      }
    },
    typed() {
      const text = area.current?.value ?? "";
      if (now.current === "ready") {
        enter("type");
        setChoosing(true);
      }
      setTouched(true);
      setDraft(text);
    },
    take(clicked) {
      if (!field?.code_list || !choosing) return false;
      const found = clicked ?? chooser.current?.current();
      if (!found) return false;
      if (found instanceof Promise) {
        if (!separator) {
          asked.current = found;
          return false;
        }
        const typedUntilNow = draft;
        void found.then(
          (code) => code && area.current?.value === typedUntilNow && add(code),
          () => {},
        );
        return true;
      }
      if (!separator) {
        picked.current = found;
        put(found.code);
        return false;
      }
      if (!clicked && found.code === find) return false;
      add(found, clicked && held.includes(found.code));
      return true;
    },
    commit() {
      if (now.current === "ready") return;
      const text = tidied(area.current?.value ?? "", separator);
      const name = picked.current?.code === text ? picked.current.name : "";
      const code = asked.current;
      leave();
      if (text !== value) write(text, name, code);
    },
    cancel: leave,
  };
}

/** Lets the field grow with what is written, to the right and then downwards. */
export function grow(area: HTMLTextAreaElement | null, shown: boolean, width: number, height: number, view: number) {
  if (!area) return;
  area.style.width = `${width}px`;
  area.style.height = `${height}px`;
  if (!shown) return;
  const room = Math.max(width, Math.min(420, view - 80));
  if (area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight) area.style.width = `${room}px`;
  if (area.scrollHeight > area.clientHeight + 4) area.style.height = `${Math.min(180, area.scrollHeight + 4)}px`;
}
