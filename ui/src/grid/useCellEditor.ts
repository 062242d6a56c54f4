/**
 * The text field over the active cell, which always has the focus.
 *
 * An input method begins to compose before any key event, so a field that is only made when typing begins would lose
 * the first letter. Therefore the field is always there: invisible while a cell is only chosen, visible from the first
 * letter on. What is typed belongs to the cell in which it was begun, wherever that cell has gone meanwhile.
 */
import { useRef, useState } from "react";

import type { CodeView, FieldSpec } from "../ipc";
import type { ChooserHandle } from "./Chooser";
import { partsOf, tidied, withCode } from "./codesText";
import { setWriting } from "../state/saving";
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
  /** An input method begins and ends to compose; if it entered nothing, the cell is unchanged. */
  composing(): void;
  composed(): void;
  /** Takes the code that is marked in the list, or the one clicked. True: more codes may follow, do not commit yet. */
  take(clicked?: FoundCode): boolean;
  /** Saves the text and gives it. */
  commit(): string;
  cancel(): void;
}

/** Writes a text into the cell in which it was begun. */
export type Write = (text: string, name: string, code?: Promise<FoundCode | undefined>) => void;

/**
 * `open` is told when typing begins and gives the way to write into the cell that is active then. `holds` is what the
 * cell holds; undefined while its record is not here: then it can be typed over and not edited.
 */
export function useCellEditor(field: FieldSpec | undefined, holds: string | undefined, open: () => Write): CellEditor {
  const value = holds ?? "";
  const area = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<ChooserHandle>(null);
  const [mode, setMode] = useState<Mode>("ready");
  const [draft, setDraft] = useState("");
  const [choosing, setChoosing] = useState(false);
  // Until something is typed, the list of codes shows everything and not only what stands in the cell.
  const [touched, setTouched] = useState(false);
  const now = useRef<Mode>("ready");
  const before = useRef({ value: "" as string | undefined, write: (() => {}) as Write });
  // Whether nothing but a composition has happened since the cell was chosen.
  const onlyComposed = useRef(false);
  const picked = useRef<FoundCode | undefined>(undefined);
  // The code that the text finds, while the list has not answered yet.
  const asked = useRef<Promise<CodeView | undefined> | undefined>(undefined);

  const separator = field?.kind === "codes" ? (field.separator ?? ",") : undefined;
  const parts = partsOf(draft, separator);
  const find = touched ? parts.last : "";
  const held = touched ? parts.before : separator ? value.split(separator) : [value];

  function enter(next: Mode) {
    if (now.current === "ready" && next !== "ready") before.current = { value: holds, write: open() };
    now.current = next;
    setMode(next);
    setWriting(next !== "ready");
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
    onlyComposed.current = false;
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
    begin(next, list) {
      if (next === "edit" && holds === undefined && now.current === "ready") return;
      // F2 while typing over: the text stays, and the arrows move in it from now on; once more, they leave the cell.
      if (now.current !== "ready") return enter(now.current === "type" || list ? "edit" : "type");
      enter(next);
      setChoosing(list || Boolean(field?.code_list));
      setTouched(false);
      if (next === "edit") {
        put(value);
        area.current?.setSelectionRange(value.length, value.length);
      }
    },
    typed() {
      const text = area.current?.value ?? "";
      if (now.current === "ready") {
        if (text === "") return;
        enter("type");
        setChoosing(true);
      }
      setTouched(true);
      setDraft(text);
    },
    composing() {
      if (now.current !== "ready") return;
      onlyComposed.current = true;
      enter("type");
      setChoosing(Boolean(field?.code_list));
      setTouched(false);
    },
    composed() {
      if (onlyComposed.current && area.current?.value === "") leave();
      onlyComposed.current = false;
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
      const text = tidied(area.current?.value ?? "", separator);
      if (now.current === "ready") return text;
      const name = picked.current?.code === text ? picked.current.name : "";
      const code = asked.current;
      const { value: was, write } = before.current;
      leave();
      if (text !== was) write(text, name, code);
      return text;
    },
    cancel: leave,
  };
}

/** Widest and tallest field, in px. */
const [WIDEST, TALLEST] = [420, 240];

/**
 * Lets the field grow with what is written: to the right and downwards, and where the part in sight ends, to the left
 * and upwards. `room`: px from the cell's left and upper edge to the ends of the part in sight.
 */
export function grow(
  area: HTMLTextAreaElement | null,
  shown: boolean,
  width: number,
  height: number,
  room: { right: number; below: number },
) {
  if (!area) return;
  const put = (wide: number, tall: number) => {
    area.style.width = `${wide}px`;
    area.style.height = `${tall}px`;
    area.style.marginLeft = `${Math.min(0, room.right - wide)}px`;
    area.style.marginTop = `${Math.min(0, room.below - tall)}px`;
  };
  area.style.overflow = "hidden";
  area.style.width = `${width}px`;
  area.style.height = `${height}px`;
  area.style.margin = "0";
  if (!shown) return;
  const more = area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight;
  const wide = more ? Math.max(width, WIDEST) : width;
  area.style.width = `${wide}px`;
  const needed = area.scrollHeight > area.clientHeight + 4 ? area.scrollHeight + 4 : height;
  put(wide, Math.min(TALLEST, needed));
  if (needed > TALLEST) area.style.overflow = "auto";
}
