import { expect, test } from "vitest";

import { sameGroup } from "./RecoveryKey";

test("a group is taken as people type it", () => {
  for (const typed of ["01AB", "o1ab", " oLaB ", "０１ＡＢ", "oiab"])
    expect(sameGroup(typed, "01AB"), typed).toBe(true);
  for (const typed of ["", "01A", "01AC", "01AB0"]) expect(sameGroup(typed, "01AB"), typed).toBe(false);
});
