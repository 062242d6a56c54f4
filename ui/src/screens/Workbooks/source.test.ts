import { expect, test } from "vitest";

import { placeOf, withCode, withColumn, NEW_SOURCE } from "./source";

test("a column of the table is read from one column of the source", () => {
  const columns = withColumn({ xh: "XH", xm: "XSXM", rest: "" }, "no", "XH");
  expect(columns).toEqual({ xm: "XSXM", rest: "", no: "XH" });
  expect(withColumn(columns, "more", "")).toEqual({ xm: "XSXM", rest: "", no: "XH", more: "" });
  expect(withColumn(columns, "no", undefined)).toEqual({ xm: "XSXM", rest: "" });
});

test("an entry of a conversion table is set, changed and taken away", () => {
  let codes = withCode({}, "SFDK", "Y", "1");
  codes = withCode(codes, "SFDK", "N", "0");
  codes = withCode(codes, "SFDK", "Y", "2");
  expect(codes).toEqual({ SFDK: { N: "0", Y: "2" } });
  expect(withCode(withCode(codes, "SFDK", "Y", undefined), "SFDK", "N", undefined)).toEqual({});
});

test("the place of a source has no account", () => {
  const source = {
    ...NEW_SOURCE.source,
    kind: "mysql" as const,
    host: "10.0.0.2",
    port: 3307,
    database: "jw",
    user: "u",
  };
  expect(placeOf(source)).toBe("10.0.0.2:3307 / jw");
  expect(placeOf({ ...source, kind: "file", path: "/a.xlsx" })).toBe("/a.xlsx");
});
