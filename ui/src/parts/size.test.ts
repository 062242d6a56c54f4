import { expect, test } from "vitest";

import { sizeWords } from "./size";

test("sizes are said as file managers say them", () => {
  expect(sizeWords(0)).toBe("0 B");
  expect(sizeWords(1023)).toBe("1023 B");
  expect(sizeWords(12_300)).toBe("12 KB");
  expect(sizeWords(3_565_158)).toBe("3.4 MB");
  expect(sizeWords(300 * 1024 * 1024)).toBe("300 MB");
  expect(sizeWords(2_040_109_466)).toBe("1.9 GB");
});
