/** Personal values on screen: the same masking as the program's own (crates/standard, mask). */

export function mask(sensitivity: string, value: string): string {
  const chars = [...value];
  if (sensitivity === "none" || chars.length === 0) return value;
  if (sensitivity === "special") return "＊".repeat(Math.min(6, chars.length));
  if (chars.length <= 4) return chars[0] + "＊".repeat(chars.length - 1);
  return `${chars.slice(0, 2).join("")}＊＊${chars.slice(-2).join("")}`;
}
