import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = join(folder, "..");

interface Said {
  zh: string;
  en: string;
}

function files(under: string, ending: RegExp): string[] {
  return readdirSync(under, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(under, name));
}

const words = files(folder, /\.json$/).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Said>).map(([key, text]) => ({
    file,
    key,
    text,
  })),
);
const code = files(root, /\.tsx?$/)
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");
const named = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("no key stands in two files", () => {
  const keys = words.map(({ key }) => key);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test("both languages say something, and name the same things", () => {
  const odd = words.filter(
    ({ text }) => !text.zh.trim() || !text.en.trim() || named(text.zh).join() !== named(text.en).join(),
  );
  expect(odd.map(({ key }) => key)).toEqual([]);
});

test("no words are left over", () => {
  // Families whose last part the program names; tests/tidy holds the words of errors, findings and the command line,
  // and the crates workbook and center those of sheets and of the receiver.
  const families = [...code.matchAll(/`([a-z-]+\.[a-z_-]*)\$\{/g)].map((match) => match[1] ?? "");
  const literals = new Set([...code.matchAll(/"([\w.-]+)"/g)].map((match) => match[1]));
  const used = (key: string) => literals.has(key) || families.some((family) => key.startsWith(family));
  const left = words.filter(
    ({ file, key }) => !/(center|cli|errors|findings|receiver|sheets)\.json$/.test(file) && !used(key),
  );
  expect(left.map(({ key }) => key)).toEqual([]);
});

test("screens speak through text alone", () => {
  const screens = files(root, /\.tsx$/);
  const chinese = screens.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => /[\u4e00-\u9fff]/.test(line.replace(/\/\*\*?.*|\/\/.*|^\s*\*.*/, "")))
      .map((line) => `${file.slice(root.length)}: ${line.trim()}`),
  );
  expect(chinese).toEqual([]);
});
