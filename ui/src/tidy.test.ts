/**
 * Conventions of the page: which file may import which, and which stylesheet owns which class name.
 *
 * What it leaves out: line length, import circles and undeclared packages, which tests/tidy holds for all languages.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

const SRC = dirname(fileURLToPath(import.meta.url));

interface File {
  /** Relative to src, with forward slashes. */
  path: string;
  text: string;
}

const files: File[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(SRC, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
const code = files.filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"));
const styles = files.filter(({ path }) => path.endsWith(".css"));

/** The files that a file imports, relative to src and without their ending; packages are left out. */
function imports({ path, text }: File): string[] {
  const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]*)"|@import\s+"([^"]*)"/g)];
  return names.map(([, module, sheet]) => posix.join(posix.dirname(path), module ?? sheet ?? ""));
}

/** `screens/Fill/Grid.tsx`: `Fill`. */
const screenOf = (path: string) => /^screens\/([^/]+)/.exec(path)?.[1];

test("no screen imports another screen's files", () => {
  const breaches = files.flatMap((file) =>
    imports(file)
      .filter((imported) => {
        const [from, to] = [screenOf(file.path), screenOf(imported)];
        return from !== undefined && to !== undefined && from !== to;
      })
      .map((imported) => `${file.path} imports ${imported}: what two screens share belongs in parts/ or state/`),
  );
  expect(breaches).toEqual([]);
});

test("parts, grid and state import no screen", () => {
  const breaches = files
    .filter(({ path }) => /^(parts|grid|state|text|ipc)\//.test(path))
    .flatMap((file) =>
      imports(file)
        .filter((imported) => screenOf(imported) !== undefined)
        .map((imported) => `${file.path} imports ${imported}`),
    );
  expect(breaches).toEqual([]);
});

/** Class names of the selectors of a stylesheet, one list for each selector. */
function selectors(text: string): { selector: string; classes: string[] }[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...plain.matchAll(/([^{};]+)\{/g)]
    .flatMap(([, head]) => (head ?? "").split(","))
    .map((selector) => selector.trim())
    .filter((selector) => selector !== "" && !selector.startsWith("@") && !/^(from|to|\d+%)$/.test(selector))
    .map((selector) => ({
      selector,
      classes: [...selector.matchAll(/\.([a-zA-Z_][\w-]*)/g)].map(([, name]) => name ?? ""),
    }));
}

/** `parts/parts.css` has the prefix `part`; of other stylesheets it is the name: `screens/Fill/Side.css`, `side`. */
function prefixOf(path: string): string {
  if (path === "parts/parts.css") return "part";
  const name = posix.basename(path, ".css");
  return name.replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? "-" : "") + letter.toLowerCase());
}

const owned = (name: string, prefix: string) => name === prefix || name.startsWith(`${prefix}-`);
const ofLibrary = (name: string) => /^ant(-|icon)/.test(name);
const isState = (name: string) => name.startsWith("is-");

const theme = styles.find(({ path }) => path === "theme.css");
const utilities = new Set(selectors(theme?.text ?? "").flatMap(({ classes }) => classes));
const sheets = styles.filter((sheet) => sheet !== theme).map((sheet) => ({ ...sheet, prefix: prefixOf(sheet.path) }));

describe("class names", () => {
  test("each stylesheet has a prefix of its own", () => {
    const prefixes = sheets.map(({ prefix }) => prefix);
    const shared = prefixes.filter((one, i) => prefixes.some((other, j) => i !== j && owned(one, other)));
    expect(shared).toEqual([]);
  });

  test("each selector of a stylesheet names a class with its prefix", () => {
    const breaches = sheets.flatMap(({ path, text, prefix }) =>
      selectors(text)
        .filter(({ classes }) => !classes.some((name) => owned(name, prefix)))
        .filter(({ selector }) => !(path === "Shell.css" && selector === "main"))
        .map(({ selector }) => `${path}: ${selector}`),
    );
    expect(breaches).toEqual([]);
  });

  test("each class is a utility of theme.css, a state, or has the prefix of a stylesheet", () => {
    const known = (name: string) =>
      utilities.has(name) || isState(name) || ofLibrary(name) || sheets.some(({ prefix }) => owned(name, prefix));
    const breaches = sheets.flatMap(({ path, text }) =>
      selectors(text)
        .flatMap(({ classes }) => classes)
        .filter((name) => !known(name))
        .map((name) => `${path}: .${name}`),
    );
    expect(breaches).toEqual([]);
  });

  /** Folders of screens that show the grid, and so load its stylesheet. */
  const withGrid = new Set(
    code.filter((file) => imports(file).some((imported) => imported === "grid/Grid")).map(({ path }) => screenOf(path)),
  );
  /** Whether a file is shown only where the stylesheet is loaded. */
  const isLoaded = (sheet: string, path: string) => {
    const screen = screenOf(sheet);
    if (screen !== undefined) return screen === screenOf(path);
    if (sheet.startsWith("grid/")) return path.startsWith("grid/") || withGrid.has(screenOf(path) ?? "");
    return true;
  };

  test("the classes that a file uses stand in a stylesheet that is loaded with it", () => {
    const defined = new Map<string, string[]>();
    for (const { path, text } of styles) {
      for (const name of selectors(text).flatMap(({ classes }) => classes))
        defined.set(name, [...(defined.get(name) ?? []), path]);
    }
    const breaches = code.flatMap(({ path, text }) =>
      [...text.matchAll(/className="([^"]*)"/g)]
        .flatMap(([, names]) => (names ?? "").split(" "))
        .filter((name) => name !== "" && !isState(name))
        .filter((name) => {
          const sheet = sheets.find(({ prefix }) => owned(name, prefix));
          if (!sheet) return !utilities.has(name);
          return !defined.has(name) || !isLoaded(sheet.path, path);
        })
        .map((name) => `${path}: ${name}`),
    );
    expect(breaches).toEqual([]);
  });
});
