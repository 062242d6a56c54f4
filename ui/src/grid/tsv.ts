/**
 * The clipboard's form of a block of cells, as Excel and WPS write and read it: tabs between cells, line ends between
 * rows, and quotes around a cell that holds a tab, a line end or begins with a quote.
 */

/** Cells as clipboard text. */
export function formatTsv(cells: ReadonlyArray<ReadonlyArray<string>>): string {
  return cells.map((row) => row.map(quote).join("\t")).join("\r\n");
}

/**
 * Cells as the table that Excel and WPS read from the clipboard. Every cell is marked as text, so that a number of 18
 * digits keeps them and 01 its zero.
 */
export function formatHtml(cells: ReadonlyArray<ReadonlyArray<string>>): string {
  const cell = (text: string) => `<td style="mso-number-format:'\\@';white-space:pre-wrap">${escaped(text)}</td>`;
  const rows = cells.map((row) => `<tr>${row.map(cell).join("")}</tr>`);
  return `<html><head><meta charset="utf-8"></head><body><table>${rows.join("")}</table></body></html>`;
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "<br>" };

const escaped = (text: string) => text.replace(/\r\n?/g, "\n").replace(/[&<>"\n]/g, (sign) => SIGNS[sign] ?? sign);

function quote(cell: string): string {
  return /[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Clipboard text as cells. One line end at the end of the text, which Excel always adds, is not a row. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const [cell, next] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    at = next;
    if (text[at] === "\t") {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (at >= text.length) return rows;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (at >= text.length) return rows;
  }
}

function plain(text: string, from: number): [string, number] {
  let end = from;
  while (end < text.length && !"\t\r\n".includes(text.charAt(end))) end += 1;
  return [text.slice(from, end), end];
}

/** A quoted cell. Text that only looks quoted (no closing quote before a tab or line end) is taken as it stands. */
function quoted(text: string, from: number): [string, number] {
  let cell = "";
  let at = from + 1;
  while (at < text.length) {
    if (text[at] !== '"') {
      cell += text.charAt(at++);
    } else if (text[at + 1] === '"') {
      cell += '"';
      at += 2;
    } else {
      const end = at + 1;
      return end === text.length || "\t\r\n".includes(text.charAt(end)) ? [cell, end] : plain(text, from);
    }
  }
  return plain(text, from);
}

/** A block repeated until it covers a selection: whole times where it fits, else once. */
export function tile(cells: string[][], rows: number, columns: number): string[][] {
  const height = cells.length;
  const width = Math.max(...cells.map((row) => row.length));
  const down = rows % height === 0 ? Math.max(rows, height) : height;
  const across = columns % width === 0 ? Math.max(columns, width) : width;
  return Array.from({ length: down }, (_, r) =>
    Array.from({ length: across }, (_, c) => cells[r % height]?.[c % width] ?? ""),
  );
}
