/**
 * The words of findings: a code with params from the engine, put into the language of the page. findings.json is shared
 * with the command line, and src-tauri/crates/check/src/words.rs does the same there.
 */
import { language } from ".";
import type { Words } from "../ipc";
import findings from "./findings.json";

const catalogue = findings as Record<string, { zh: string; en: string } | undefined>;
const between = { zh: "、", en: ", " };

/** The words of a finding, with its value; mask the value first where it must not be shown. */
export function findingWords({ message, value }: { message: Words; value: string }): string {
  return inWords(message, value).trimEnd();
}

function inWords(words: Words, value: string): string {
  if (typeof words === "string") return words.replaceAll("{value}", () => value);
  if (Array.isArray(words)) return words.map((one) => inWords(one, value)).join(between[language]);
  const text = catalogue[words.code];
  if (!text) return words.code;
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const param = words.params[name];
    return name === "value" ? value : param === undefined ? "" : inWords(param, value);
  });
}

/** The period to which a record belongs by its dates, in words, where a finding says it. */
export function rightPeriod(message: Words): string | undefined {
  if (typeof message === "string" || Array.isArray(message)) return undefined;
  const right = message.code === "finding.event-date.other-period" ? message.params.right : undefined;
  return typeof right === "string" ? right : undefined;
}
