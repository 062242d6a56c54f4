/** Over a cell with a finding: what is wrong with it, in words. */
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";

import type { TableSpec } from "../../ipc";
import { LevelMark, levelClass } from "../../parts/icons";
import { useCall } from "../../state/calls";
import { tDynamic } from "../../text";
import { findingWords } from "../../text/findings";
import { asShown } from "./FindingCard";

export interface Hovered {
  row: number;
  column: string;
  box: DOMRect;
}

/** How long the pointer rests before the words come, in ms. */
const REST_MS = 350;

export function CellTip({ spec, masked, cell }: { spec: TableSpec; masked: boolean; cell: Hovered }) {
  const [rested, setRested] = useState<string>();
  const name = `${cell.row} ${cell.column}`;
  useEffect(() => {
    const timer = setTimeout(() => setRested(name), REST_MS);
    return () => clearTimeout(timer);
  }, [name]);
  const detail = useCall("fill.record", rested === name && cell.row > 0 ? { table: spec.table, row: cell.row } : null);
  const sensitivity = spec.fields.find((field) => field.column === cell.column)?.sensitivity ?? "none";
  const findings = (detail.data?.findings ?? []).filter((finding) => finding.column === cell.column);
  if (findings.length === 0) return null;
  const below = window.innerHeight - cell.box.bottom > 140;
  const left = Math.max(8, Math.min(cell.box.left, window.innerWidth - 340));
  return createPortal(
    <div
      className="fill-tip"
      role="tooltip"
      style={below ? { left, top: cell.box.bottom + 4 } : { left, bottom: window.innerHeight - cell.box.top + 4 }}
    >
      {findings.slice(0, 4).map((finding) => {
        const { message, shown } = asShown(finding, sensitivity, masked);
        return (
          <p key={finding.id}>
            <b className={levelClass(finding.level)}>
              <LevelMark level={finding.level} /> {tDynamic(`level.${finding.level}`)}
            </b>{" "}
            {findingWords({ message, value: shown })}
          </p>
        );
      })}
    </div>,
    document.body,
  );
}
