import { expect, test } from "vitest";

import { pointWords } from "./points";

test("points are rounded down", () => {
  expect([100, 99.99, 72.3, 0].map(pointWords)).toEqual(["100.0", "99.9", "72.3", "0.0"]);
});
