/** Title of the table and the tools above the grid. */
import { EyeInvisibleOutlined, EyeOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Popover, Tooltip } from "antd";
import { memo, useSyncExternalStore } from "react";

import { call, chooseSave, handOver, type HomeTable, type TableSpec } from "../../ipc";
import type { ColumnSettings } from "../../grid/columns";
import { dayWords } from "../../parts/dates";
import { WORKBOOK } from "../../parts/files";
import { Own } from "../../parts/Own";
import { type Tool, ToolRow } from "../../parts/ToolRow";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { go } from "../../state/route";
import { count, tDynamic, t } from "../../text";
import { Only } from "./Only";
import type { ViewOfTable } from "./useTable";

export function Title({
  spec,
  home,
  today,
}: {
  spec: TableSpec;
  home: HomeTable | undefined;
  today: string | undefined;
}) {
  const facts = [
    spec.table,
    t("fill.fields", { n: spec.fields.filter((field) => !field.system).length }),
    spec.source_system && t("fill.source", { name: spec.source_system }),
    tDynamic(`frequency.${spec.frequency}`, {}, spec.frequency_text),
    home?.period_name && t("fill.period", { period: home.period_name }),
    home?.due && t("fill.due", { day: dayWords(home.due, today) }),
  ].filter(Boolean);
  return (
    <div className="fill-title">
      <h1>
        {spec.short_title}
        {spec.own && <Own />}
      </h1>
      <span className="cut" title={`${facts.join(" · ")}\n${spec.scope}`}>
        {facts.join(" · ")}
      </span>
    </div>
  );
}

interface ToolbarProps {
  spec: TableSpec;
  view: ViewOfTable;
  shown: ColumnSettings;
  setShown(shown: ColumnSettings): void;
  onFind(what: "find"): void;
  onAdd(): void;
  /** Opens the filter of the active column under the button. */
  onFilter(place: DOMRect): void;
  /** Shows the active record as a form. */
  onForm(): void;
  /** Takes records of an earlier period over; undefined where the table has no periods. */
  onCarryOver: (() => void) | undefined;
  /** Gives the keyboard back to the grid. */
  focus(): void;
}

export const Toolbar = memo(function Toolbar({
  spec,
  view,
  shown,
  setShown,
  onFind,
  onAdd,
  onFilter,
  onForm,
  onCarryOver,
  focus,
}: ToolbarProps) {
  const say = useSay();
  const job = useJob();
  const { sheet, arrangement, arrange } = view;
  useSyncExternalStore(sheet.subscribe, sheet.version);
  const counts = sheet.counts();
  const problems = counts.mandatory + counts.confirm + counts.hint;

  async function template(withRows: boolean) {
    const path = await chooseSave(`${spec.short_title}.xlsx`, [WORKBOOK]);
    if (!path) return;
    try {
      await job.run((number) =>
        call("workbook.template", {
          tables: [spec.table],
          department: null,
          departments: [],
          all: false,
          with_rows: withRows,
          path,
          job: number,
        }),
      );
      handOver(path);
      say.done(t("fill.template-written"));
    } catch (error) {
      say.failed(error);
    }
  }

  async function checkAndSubmit() {
    try {
      await sheet.settled();
      const summary = await job.run((number) => call("check.run", { tables: [spec.table], job: number }));
      if (summary.counts.mandatory > 0) {
        say.note(t("fill.mend-first", { n: summary.counts.mandatory }));
        arrange({ only_findings: true });
      } else go({ screen: "submit", what: spec.table });
    } catch (error) {
      say.failed(error);
    }
  }

  // What comes late stands last; a count has its room.
  const tools: (Tool | false)[] = [
    {
      key: "add",
      node: (
        <Button icon={<PlusOutlined aria-hidden />} onClick={onAdd}>
          {t("fill.add")}
        </Button>
      ),
    },
    {
      key: "import",
      node: <Button onClick={() => go({ screen: "workbooks", what: "import" })}>{t("fill.import")}</Button>,
    },
    {
      key: "find",
      node: (
        <Tooltip title="Ctrl+F">
          <Button icon={<SearchOutlined aria-hidden />} onClick={() => onFind("find")}>
            {t("fill.find")}
          </Button>
        </Tooltip>
      ),
    },
    {
      key: "only-findings",
      node: (
        <Button
          {...(arrangement.only_findings ? { type: "primary" as const, ghost: true } : {})}
          disabled={problems === 0 && !arrangement.only_findings}
          onClick={() => {
            arrange({ only_findings: !arrangement.only_findings });
            focus();
          }}
        >
          {t("fill.only-findings")} <b className="num fill-tools-count">{problems > 0 && count(problems)}</b>
        </Button>
      ),
    },
    {
      key: "filter",
      node: (
        <Button onClick={(event) => onFilter(event.currentTarget.getBoundingClientRect())}>{t("grid.filter")}</Button>
      ),
    },
    { key: "only", opens: true, node: <Only arrangement={arrangement} arrange={arrange} /> },
    {
      key: "template",
      opens: true,
      node: (
        <Dropdown
          menu={{
            items: [
              { key: "blank", label: t("fill.template-blank") },
              { key: "rows", label: t("fill.template-rows") },
            ],
            onClick: ({ key }) => void template(key === "rows"),
          }}
        >
          <Button disabled={job.running}>{t("fill.template")}</Button>
        </Dropdown>
      ),
    },
    {
      key: "columns",
      opens: true,
      node: (
        <Popover
          trigger="click"
          placement="bottomRight"
          content={<ColumnChoice spec={spec} shown={shown} setShown={setShown} />}
        >
          <Button>{t("fill.columns")}</Button>
        </Popover>
      ),
    },
    onCarryOver !== undefined && {
      key: "carry-over",
      node: <Button onClick={onCarryOver}>{t("fill.carry")}</Button>,
    },
  ];

  return (
    <div className="fill-tools">
      <ToolRow tools={tools.filter((tool) => tool !== false)} />
      <span className="fill-tools-end">
        {spec.fields.some((field) => field.sensitivity !== "none") && (
          <span className="fill-personal">
            <Personal />
          </span>
        )}
        <Button type="link" onClick={onForm}>
          {t("fill.form")}
        </Button>
        <Button type="primary" loading={job.running} onClick={() => void checkAndSubmit()}>
          {t("fill.check-and-submit")}
        </Button>
      </span>
    </div>
  );
});

/** Shows names and numbers of persons, or masks them again. */
function Personal() {
  const say = useSay();
  const settings = useCall("settings.get", {}).data;
  if (!settings) return null;
  const words = t(settings.show_personal ? "fill.hide-personal" : "fill.show-personal");
  return (
    <Tooltip title={words}>
      <Button
        type="text"
        aria-label={words}
        icon={settings.show_personal ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />}
        onClick={() =>
          void call("settings.set", { ...settings, show_personal: !settings.show_personal }).catch(say.failed)
        }
      />
    </Tooltip>
  );
}

function ColumnChoice({
  spec,
  shown,
  setShown,
}: {
  spec: TableSpec;
  shown: ColumnSettings;
  setShown(shown: ColumnSettings): void;
}) {
  const fields = spec.fields.filter((field) => !field.system);
  return (
    <div className="fill-column-choice">
      <div className="row">
        <Button size="small" onClick={() => setShown({ ...shown, hidden: [] })}>
          {t("fill.all-columns")}
        </Button>
        <Button
          size="small"
          onClick={() =>
            setShown({ ...shown, hidden: fields.filter((field) => !field.required).map((field) => field.column) })
          }
        >
          {t("fill.required-columns")}
        </Button>
        <Button size="small" onClick={() => setShown({ ...shown, widths: {}, order: [] })}>
          {t("fill.usual-widths")}
        </Button>
      </div>
      <div className="scroll">
        {fields.map((field) => (
          <Checkbox
            key={field.column}
            checked={!shown.hidden.includes(field.column)}
            disabled={fields.length - shown.hidden.length === 1 && !shown.hidden.includes(field.column)}
            onChange={(event) =>
              setShown({
                ...shown,
                hidden: event.target.checked
                  ? shown.hidden.filter((column) => column !== field.column)
                  : [...shown.hidden, field.column],
              })
            }
          >
            {field.required && <span className="bad">*</span>}
            {field.title}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
