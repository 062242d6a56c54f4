/** What is wrong with the active cell, in words: for the status bar and for a screen reader. */
import { useEffect, useState } from "react";

import type { FieldSpec, RecordView } from "../../ipc";
import { useCall } from "../../state/calls";
import { findingWords } from "../../text/findings";
import { asShown } from "./FindingCard";

/** How long the cursor rests on a cell before its findings are asked for, in ms. */
const REST_MS = 150;

export function useProblem(
  table: string,
  record: RecordView | undefined,
  field: FieldSpec | undefined,
  masked: boolean,
): string {
  const wrong = record && field && record.levels[field.column] ? record.row : undefined;
  const [rested, setRested] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(wrong), REST_MS);
    return () => clearTimeout(timer);
  }, [wrong]);
  const asked = wrong !== undefined && wrong === rested && wrong > 0;
  const detail = useCall("fill.record", asked ? { table, row: wrong } : null).data;
  if (!asked || !field || !detail) return "";
  return detail.findings
    .filter((finding) => finding.column === field.column)
    .map((finding) => asShown(finding, field.sensitivity, masked))
    .map(({ message, shown }) => findingWords({ message, value: shown }))
    .join(" ");
}
