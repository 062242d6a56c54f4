/** One table of the preview, which opens to its columns. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

import type { ColumnFate, TableFate } from "../../../ipc";
import { t } from "../../../text";

interface Props {
  kind: TableFate;
  title: string;
  name: string;
  summary: ReactNode;
  open: boolean;
  toggle(): void;
  children: ReactNode;
}

export function Line({ kind, title, name, summary, open, toggle, children }: Props) {
  return (
    <section className="migration-line" data-name={name}>
      <button type="button" aria-expanded={open} onClick={toggle}>
        <i aria-hidden>{open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}</i>
        <Kind kind={kind} />
        <b className="cut">{title}</b>
        <span className="sub small">{name}</span>
        <span className="grow cut sub migration-summary">{summary}</span>
      </button>
      {open && <div className="migration-body">{children}</div>}
    </section>
  );
}

/** What becomes of a table or column, in a word. */
export function Kind({ kind }: { kind: TableFate | ColumnFate }) {
  return <span className={`migration-kind is-${kind}`}>{t(`migration.kind-${kind}`)}</span>;
}
