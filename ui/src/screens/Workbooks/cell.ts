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
  /** Why it cannot be read: the last part of the key of the words. */
  reason: string;
}

export function cellOf(row: ProposalRow, column: string, show: Show): ShownCell {
  const unreadable = row.unreadable[column];
  if (unreadable !== undefined) {
    return { state: "unreadable", value: show(column, unreadable.shown), before: "", reason: unreadable.reason };
  }
  const value = show(column, row.cells[column]);
  const before = show(column, row.before[column]);
  const change = row.changes[column];
  // A row that waits as a whole changes nothing before it is decided.
  const state = change && row.conflict ? "conflict" : (change ?? "same");
  return { state, value, before, reason: "" };
}
