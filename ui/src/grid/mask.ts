/** Personal values on screen: the same masking as the program's own (crates/standard, mask). */

export function mask(sensitivity: string, value: string): string {
  const chars = [...value];
  if (sensitivity === "none" || chars.length === 0) return value;
  if (sensitivity === "special") return "＊".repeat(Math.min(6, chars.length));
  if (chars.length === 1) return "＊";
  if (chars.length <= 4) return chars[0] + "＊".repeat(chars.length - 1);
  const shown = chars.length <= 7 ? 1 : 2;
  return `${chars.slice(0, shown).join("")}＊＊${chars.slice(-shown).join("")}`;
}
