/** What is drawn over the cells: the fill handle, the block that it would fill, and the outline of what was copied. */
import type { MouseEvent } from "react";

import { type Column, NUMBERS } from "./columns";
import type { Block } from "./selection";

interface OverlaysProps {
  columns: Column[];
  frozen: number;
  scrollLeft: number;
  /** Where row 0 is drawn, in px. */
  top: number;
  rowHeight: number;
  /** The chosen block, with the fill handle at its corner. */
  block: Block;
  /** Whether something is being typed: there is no handle then. */
  writing: boolean;
  copied: Block | undefined;
  filling: Block | undefined;
  onHandleDown(event: MouseEvent): void;
  onHandleDouble(): void;
}

export function Overlays(props: OverlaysProps) {
  const { columns, frozen, scrollLeft, top, rowHeight, block, writing, copied, filling } = props;
  const left = (col: number) => {
    const column = columns[col];
    return NUMBERS + (column?.left ?? 0) + (col < frozen ? scrollLeft : 0);
  };
  const box = (one: Block) => {
    const right = columns[one.right];
    return {
      top: top + one.top * rowHeight,
      left: left(one.left),
      width: left(one.right) + (right?.width ?? 0) - left(one.left),
      height: (one.bottom - one.top + 1) * rowHeight,
    };
  };
  const chosen = box(block);
  const many = block.top !== block.bottom || block.left !== block.right;
  const over = (one: Block) => (one.right < frozen ? " is-frozen" : "");
  return (
    <>
      {many && <div className={`grid-outline${over(block)}`} style={chosen} />}
      {copied && <div className={`grid-copied${over(copied)}`} style={box(copied)} />}
      {filling && <div className="grid-filling" style={box(filling)} />}
      {!writing && columns.length > 0 && (
        <div
          className={`grid-handle${over(block)}`}
          data-testid="fill-handle"
          style={{ top: chosen.top + chosen.height - 5, left: chosen.left + chosen.width - 5 }}
          onMouseDown={props.onHandleDown}
          onDoubleClick={props.onHandleDouble}
        />
      )}
    </>
  );
}
