/**
 * Every word that the interface shows. Each file holds `{"key": {"zh": ..., "en": ...}}`; the types demand both
 * languages and every key that the code names. errors.json and words.json are shared with the command line.
 */
import { kept } from "../state/kept";
import check from "./check.json";
import compare from "./compare.json";
import errors from "./errors.json";
import fill from "./fill.json";
import grid from "./grid.json";
import home from "./home.json";
import indicators from "./indicators.json";
import install from "./install.json";
import keys from "./keys.json";
import migration from "./migration.json";
import own from "./own.json";
import quality from "./quality.json";
import settings from "./settings.json";
import shell from "./shell.json";
import sources from "./sources.json";
import standards from "./standards.json";
import start from "./start.json";
import submit from "./submit.json";
import wordsFile from "./words.json";
import workbooks from "./workbooks.json";

const all = {
  ...shell,
  ...start,
  ...home,
  ...fill,
  ...grid,
  ...keys,
  ...check,
  ...workbooks,
  ...sources,
  ...submit,
  ...standards,
  ...compare,
  ...migration,
  ...indicators,
  ...install,
  ...own,
  ...quality,
  ...settings,
  ...wordsFile,
} satisfies Record<string, Text>;

interface Text {
  zh: string;
  en: string;
}

export type Key = keyof typeof all;
export type Params = Record<string, string | number | undefined>;
export type Language = "zh" | "en";

/** The language of this PC; a change takes effect with the next start of the page. */
export const language: Language = kept.read<Language>("language", "zh") === "en" ? "en" : "zh";

function put(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === "number" ? count(value) : value;
  });
}

/** The words under a key, with `{name}` replaced. */
export function t(key: Key, params: Params = {}): string {
  return put(all[key][language], params);
}

/** The words under a key that the program behind the page named; `otherwise` where it names one we do not know. */
export function tDynamic(key: string, params: Params = {}, otherwise = ""): string {
  const found = (all as Record<string, Text | undefined>)[key];
  return found ? put(found[language], params) : otherwise;
}

/** The words of an error. */
export function errorWords(error: { code: string; params: Params }): string {
  const table = errors as Record<string, Text | undefined>;
  const found = table[error.code] ?? errors["program.failed"];
  // The reason of an error may be another error, which takes the same parameters.
  const { problem, ...params } = error.params;
  const reason = problem === undefined ? undefined : table[problem];
  return put(found[language], {
    ...error.params,
    problem: reason ? put(reason[language], params) : problem,
    code: error.code,
    reference: error.params.reference ?? error.code,
  });
}

const grouped = new Intl.NumberFormat("zh-CN");

/** 48310 as 48,310. */
export function count(number: number): string {
  return grouped.format(number);
}
