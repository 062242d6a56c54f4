import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";

import type { Place, SCREENS as Screens } from "./route";

let route: typeof import("./route");
let SCREENS: typeof Screens;

beforeAll(async () => {
  vi.stubGlobal("location", { hash: "" });
  route = await import("./route");
  SCREENS = route.SCREENS;
});

test("a place survives the address", () => {
  const word = fc.option(fc.string({ minLength: 1, unit: fc.constantFrom("A", "表", "/", "#", "%", " ", "?", ".") }), {
    nil: undefined,
  });
  const place = fc.record({
    screen: fc.constantFrom(...SCREENS),
    what: word,
    row: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
    column: word,
    edition: word,
    part: word,
  });
  fc.assert(
    fc.property(place, (there: Place) => {
      expect(route.fromHash(route.toHash(there))).toEqual(there);
    }),
  );
});

test("an address that names nothing leads home", () => {
  expect(route.fromHash("").screen).toBe("home");
  expect(route.fromHash("#/nowhere/x").screen).toBe("home");
});

test("an address that cannot be read leads home", () => {
  expect(route.fromHash("#/%E0%A4%A").screen).toBe("home");
  expect(route.fromHash("#/fill/100%").screen).toBe("home");
});
