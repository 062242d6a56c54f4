import { expect, test } from "vitest";

import { partsOf, tidied, withCode } from "./codesText";

test("a cell of one code is what is typed", () => {
  expect(partsOf(" js ", undefined)).toEqual({ before: [], last: "js" });
  expect(tidied(" js ", undefined)).toBe(" js ");
});

test("a cell of several codes searches for what stands behind the last separator", () => {
  expect(partsOf("01,02, js", ",")).toEqual({ before: ["01", "02"], last: "js" });
  expect(partsOf("01,", ",")).toEqual({ before: ["01"], last: "" });
});

test("a code is added once, in place of what was typed, or taken out again", () => {
  expect(withCode(["01"], "02", ",", false)).toBe("01,02,");
  expect(withCode(["01", "02"], "01", ",", false)).toBe("02,01,");
  expect(withCode(["01", "02"], "01", ",", true)).toBe("02,");
  expect(withCode([""], "01", ",", false)).toBe("01,");
});

test("what is saved has no empty parts and no blanks around codes", () => {
  expect(tidied("01, 02,,", ",")).toBe("01,02");
});
