import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { formatTsv, parseTsv, tile } from "./tsv";

describe("what Excel and WPS put on the clipboard", () => {
  test.each<[string, string[][]]>([
    ["", [[""]]],
    ["a", [["a"]]],
    [
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a\tb\nc\td",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a\rb\r", [["a"], ["b"]]],
    [
      "\t\r\n\t\r\n",
      [
        ["", ""],
        ["", ""],
      ],
    ],
    ['"两行\n文字"\tb', [["两行\n文字", "b"]]],
    ['"他说""好"""', [['他说"好"']]],
    // Quotes that close in the middle, or never, belong to the text.
    ['"甲"公司\tb', [['"甲"公司', "b"]]],
    ['"没有结束\tb', [['"没有结束', "b"]]],
    ['甲"乙"\tb', [['甲"乙"', "b"]]],
    ["a\r\n\r\nb", [["a"], [""], ["b"]]],
  ])("%j", (text, cells) => expect(parseTsv(text)).toEqual(cells));
});

const cell = fc.string({ unit: fc.constantFrom("a", "王", "0", " ", '"', "\t", "\n", "\r", ",", "＊") });
const rectangle = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, cols]) =>
    fc.array(fc.array(cell, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }),
  );

test("what is written is read back", () => {
  fc.assert(
    fc.property(rectangle, (cells) => {
      // A last row of one empty cell looks like the line end that Excel always adds.
      fc.pre(cells.length === 1 || cells.at(-1)?.length !== 1 || cells.at(-1)?.[0] !== "");
      expect(parseTsv(formatTsv(cells))).toEqual(cells);
    }),
  );
});

test("Excel's own line end at the end changes nothing", () => {
  fc.assert(
    fc.property(rectangle, (cells) => {
      expect(parseTsv(`${formatTsv(cells)}\r\n`)).toEqual(cells);
    }),
  );
});

test("no text is too strange to be read", () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(parseTsv(text).length).toBeGreaterThan(0);
    }),
  );
});

describe("a block over a larger selection", () => {
  test.each<[string, string[][], number, number, string[][]]>([
    [
      "one cell fills all",
      [["x"]],
      2,
      3,
      [
        ["x", "x", "x"],
        ["x", "x", "x"],
      ],
    ],
    ["whole times", [["a"], ["b"]], 4, 1, [["a"], ["b"], ["a"], ["b"]]],
    ["not whole times: once", [["a"], ["b"]], 3, 1, [["a"], ["b"]]],
    [
      "a smaller selection: the whole block",
      [
        ["a", "b"],
        ["c", "d"],
      ],
      1,
      1,
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "ragged rows are filled up",
      [["a", "b"], ["c"]],
      1,
      1,
      [
        ["a", "b"],
        ["c", ""],
      ],
    ],
  ])("%s", (_, cells, rows, columns, expected) => expect(tile(cells, rows, columns)).toEqual(expected));
});
