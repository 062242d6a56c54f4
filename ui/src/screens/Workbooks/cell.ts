/** What a cell of a row to be imported shows. Every text of a personal column passes through the mask. */
import { mask } from "../../grid/mask";
import type { CellKind, ProposalRow, Sensitivity } from "../../ipc";

/** The text of a column as it may be shown. */
export type Show = (column: string, text: string | undefined) => string;

/** Masks the texts of personal columns, unless the clerk has asked to see them. */
export function shownAs(sensitivity: (column: string) => Sensitivity, masked: boolean): Show {
  return (column, text = "") => (masked ? mask(sensitivity(column), text) : text);
}

export interface ShownCell {
  state: "same" | CellKind | "unreadable";
  /** The text of the file. */
  value: string;
  /** The text of the book, where it is another. */
  before: string;
  /** The text that the file was written with; undefined without a base. */
  base: string | undefined;
  /** Whether the two texts differ while their masked forms are the same. */
  veiled: boolean;
  /** Why it cannot be read: the last part of the key of the words. */
  reason: string;
}

export function cellOf(row: ProposalRow, column: string, show: Show): ShownCell {
  const unreadable = row.unreadable[column];
  if (unreadable !== undefined) {
    const value = show(column, unreadable.shown);
    return { state: "unreadable", value, before: "", base: undefined, veiled: false, reason: unreadable.reason };
  }
  const names = row.names[column];
  const said = (text: string | undefined) => {
    const name = text === undefined ? undefined : names?.[text];
    const shown = show(column, text);
    // The name of a masked code is not shown either.
    return name === undefined || shown !== text ? shown : `${text} ${name}`;
  };
  const change = row.changes[column];
  // A row that waits as a whole changes nothing before it is decided.
  const state = change && row.conflict ? "conflict" : (change ?? "same");
  const [value, before] = [said(row.cells[column]), said(row.before[column])];
  const base = row.base[column] === undefined ? undefined : said(row.base[column]);
  return { state, value, before, base, veiled: change !== undefined && value === before, reason: "" };
}
