/** The panel at the right: findings, the record as a form, its history; below, help for the active column. */
import { DoubleLeftOutlined, DoubleRightOutlined } from "@ant-design/icons";
import { memo, useState, useSyncExternalStore } from "react";

import type { FieldSpec, RecordView, TableSpec } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { count, t } from "../../text";
import { FieldHelp } from "./FieldHelp";
import { Findings } from "./Findings";
import type { Jump } from "./jump";
import { RecordForm } from "./RecordForm";
import { RecordHistory } from "./RecordHistory";
import type { Arrangement } from "./useTable";
import "./Side.css";

interface SideProps {
  spec: TableSpec;
  open: boolean;
  setOpen(open: boolean): void;
  record: RecordView | undefined;
  /** Position of the record in the view, from 0. */
  row: number;
  active: FieldSpec | undefined;
  sheet: Sheet;
  jump: Jump;
  /** Shows another record of the view, by its position. */
  goTo(row: number): void;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
}

const TABS = ["findings", "form", "history"] as const;

export const Side = memo(function Side(props: SideProps) {
  const { spec, open, setOpen, record, row, active, sheet, jump } = props;
  const [tab, setTab] = useState<(typeof TABS)[number]>("findings");
  useSyncExternalStore(sheet.subscribe, sheet.version);
  const { mandatory, confirm, hint } = sheet.counts();
  const total = mandatory + confirm + hint;

  if (!open)
    return (
      <aside className="side-closed" aria-label={t("fill.side")}>
        <button
          type="button"
          onClick={() => setOpen(true)}
          title={t("fill.side-open")}
          aria-label={t("fill.side-open")}
        >
          <DoubleLeftOutlined aria-hidden />
        </button>
        {total > 0 && (
          <span className={`pill ${mandatory > 0 ? "is-mandatory" : confirm > 0 ? "is-confirm" : "is-hint"}`}>
            {count(total)}
          </span>
        )}
      </aside>
    );

  return (
    <aside className="side" aria-label={t("fill.side")}>
      <div className="side-tabs">
        <div role="tablist">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={tab === name}
              className={tab === name ? "is-on" : ""}
              onClick={() => setTab(name)}
            >
              {t(`fill.tab-${name}`)}
              {name === "findings" && <span className="num side-count">{total > 0 && ` ${count(total)}`}</span>}
            </button>
          ))}
        </div>
        <span className="grow" />
        <button
          type="button"
          className="side-fold"
          onClick={() => setOpen(false)}
          title={t("fill.side-close")}
          aria-label={t("fill.side-close")}
        >
          <DoubleRightOutlined aria-hidden />
        </button>
      </div>
      <div className="side-body scroll" role="tabpanel">
        {tab === "findings" && (
          <Findings
            spec={spec}
            record={record}
            column={active?.column}
            sheet={sheet}
            jump={jump}
            arrangement={props.arrangement}
            arrange={props.arrange}
          />
        )}
        {tab === "form" && (
          <RecordForm spec={spec} record={record} row={row} sheet={sheet} active={active?.column} goTo={props.goTo} />
        )}
        {tab === "history" && <RecordHistory spec={spec} record={record} column={active?.column} jump={jump} />}
      </div>
      {tab !== "form" && active && <FieldHelp field={active} />}
    </aside>
  );
});
