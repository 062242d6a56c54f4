import { expect, test } from "vitest";

import type { Tree } from "../../ipc";
import { tablesName } from "./names";

test("a file is called after its table, or after the first of several", () => {
  const tree = {
    subsets: [
      {
        tables: [
          { table: "A", title: "实习基础" },
          { table: "B", title: "课程基本" },
        ],
      },
    ],
  } as unknown as Tree;
  expect(tablesName(tree, ["A"])).toBe("实习基础");
  expect(tablesName(tree, ["B", "A"])).toBe("课程基本等2张表");
  expect(tablesName(undefined, ["A"])).toBe("A");
});
