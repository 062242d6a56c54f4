/** Sizes of files in words. */

/** Bytes as 12 KB, 3.4 MB, 1.9 GB, each 1024 of the one before. */
export function sizeWords(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit > 1 && size < 100 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
