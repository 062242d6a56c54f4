import { beforeEach, describe, expect, test, vi } from "vitest";

import type { GridContext } from "./actions";
import { type KeyboardProps, run } from "./keyboard";
import { at } from "./selection";
import type { CellEditor } from "./useCellEditor";

const chooser = { move: vi.fn(), current: vi.fn() };
const editor = {
  mode: "ready",
  choosing: false,
  chooser: { current: chooser },
  begin: vi.fn(),
  typed: vi.fn(),
  take: vi.fn(() => false),
  commit: vi.fn(),
  cancel: vi.fn(),
} as unknown as CellEditor;
const props: KeyboardProps = {
  editor,
  context: {
    selection: at(3, 1),
    columns: [{ field: {} }, { field: { code_list: "XB" } }, { field: {} }],
  } as unknown as GridContext,
  size: { rows: 11, cols: 3 },
  records: 10,
  page: 4,
  moveTo: vi.fn(),
  sideways: (by, from) => from + by,
  farEdge: vi.fn(),
  write: vi.fn(),
  show: vi.fn(),
  shown: (_, text) => text,
  onCopied: vi.fn(),
  today: "20261126",
  act: vi.fn(),
  repeat: vi.fn(),
  dismiss: vi.fn(),
  onCommand: vi.fn(),
};
const editing = { ...props, editor: { ...editor, mode: "type", choosing: true } as CellEditor };

beforeEach(() => void vi.clearAllMocks());

test("a move commits the text and goes on", () => {
  run({ do: "move", rows: 1, cols: 0, extend: false }, props);
  expect(editor.commit).toHaveBeenCalledOnce();
  expect(props.moveTo).toHaveBeenCalledWith(at(4, 1));
});

test("a page is a page of rows, and an edge leaves the blank row out", () => {
  run({ do: "page", by: 1, extend: false }, props);
  expect(props.moveTo).toHaveBeenLastCalledWith(at(7, 1));
  run({ do: "edge", edge: "end", extend: false }, props);
  expect(props.moveTo).toHaveBeenLastCalledWith(at(9, 2));
});

test("everything is chosen without leaving what is in sight", () => {
  run({ do: "select-all" }, props);
  expect(props.moveTo).toHaveBeenCalledWith({ anchor: { row: 0, col: 0 }, focus: { row: 9, col: 2 } }, true);
});

describe("while a code is being chosen", () => {
  test("up and down move in the list", () => {
    run({ do: "move", rows: 1, cols: 0, extend: false }, editing);
    expect(chooser.move).toHaveBeenCalledWith(1);
    expect(props.moveTo).not.toHaveBeenCalled();
  });

  test("Enter takes the code and leaves, unless more codes may follow", () => {
    run({ do: "commit", rows: 1, tab: 0 }, editing);
    expect(editor.commit).toHaveBeenCalledOnce();
    expect(props.moveTo).toHaveBeenCalledWith(at(4, 1));
    vi.clearAllMocks();
    vi.mocked(editor.take).mockReturnValueOnce(true);
    run({ do: "commit", rows: 1, tab: 0 }, editing);
    expect(editor.commit).not.toHaveBeenCalled();
    expect(props.moveTo).not.toHaveBeenCalled();
  });
});

test("Alt+Down opens the list where the column has codes, and else begins to edit", () => {
  run({ do: "choose" }, props);
  expect(editor.begin).toHaveBeenLastCalledWith("edit", true);
  run({ do: "choose" }, { ...props, context: { ...props.context, selection: at(3, 0) } });
  expect(editor.begin).toHaveBeenLastCalledWith("edit", false);
});

test("Escape forgets the text, also one that was refused", () => {
  run({ do: "cancel" }, props);
  expect(editor.cancel).toHaveBeenCalledOnce();
  expect(props.dismiss).toHaveBeenCalledOnce();
});

test("finding saves what is being typed first; what is not the grid's goes to the screen", () => {
  run({ do: "find" }, editing);
  expect(editor.commit).toHaveBeenCalledOnce();
  run({ do: "undo" }, props);
  expect(vi.mocked(props.onCommand).mock.calls.map(([{ do: name }]) => name)).toEqual(["find", "undo"]);
});
