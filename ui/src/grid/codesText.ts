/** The text of a cell that holds one code, or several between separators, while it is being edited. */

/** What the text says so far: the codes before the last separator, and what is being typed behind it. */
export function partsOf(text: string, separator: string | undefined): { before: string[]; last: string } {
  if (separator === undefined) return { before: [], last: text.trim() };
  const parts = text.split(separator);
  return { before: parts.slice(0, -1), last: (parts.at(-1) ?? "").trim() };
}

/** The text with one more code, ready for the next one; with `away` the code is taken out. */
export function withCode(codes: string[], code: string, separator: string, away: boolean): string {
  const others = codes.filter((one) => one !== "" && one !== code);
  return [...others, ...(away ? [] : [code]), ""].join(separator);
}

/** The text as it is saved: without empty parts and blanks around the codes. */
export function tidied(text: string, separator: string | undefined): string {
  if (separator === undefined) return text;
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean)
    .join(separator);
}
