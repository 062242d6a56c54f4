/** One thing that is different: a line that opens to what is different about it. */
import { DownOutlined, RightOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

import type { ChangeKind } from "../../../ipc";
import { t } from "../../../text";
import { Tag } from "./Tag";

interface Props {
  change: ChangeKind;
  title: string;
  name: string;
  /** What is different, in short. */
  summary: ReactNode;
  /** Where the thing itself can be looked at. */
  address: string;
  open: boolean;
  toggle(): void;
  children: ReactNode;
}

export function Diff({ change, title, name, summary, address, open, toggle, children }: Props) {
  return (
    <section className="compare-diff" data-name={name}>
      <div className="compare-diff-line">
        <button type="button" aria-expanded={open} onClick={toggle}>
          <i aria-hidden>{open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}</i>
          <Tag change={change} />
          <b className="cut">{title}</b>
          <span className="sub small compare-diff-name">{name}</span>
          <span className="grow cut sub compare-diff-summary">{summary}</span>
        </button>
        <a href={address} aria-label={t("compare.look-at", { title })}>
          {t("compare.look")}
        </a>
      </div>
      {open && <div className="compare-diff-body">{children}</div>}
    </section>
  );
}
