/** The active record as a form: the same fields as in the grid, with help and findings beside each. */
import { Button, Input } from "antd";
import { DownOutlined, UpOutlined } from "@ant-design/icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import type { FieldSpec, FindingView, RecordView, TableSpec } from "../../ipc";
import type { Sheet, Typed } from "../../grid/sheet";
import { mask } from "../../grid/mask";
import { Empty } from "../../parts";
import { CodeSelect } from "../../parts/CodeSelect";
import { levelClass } from "../../parts/icons";
import { Own } from "../../parts/Own";
import { useCall } from "../../state/calls";
import { setWriting } from "../../state/saving";
import { errorWords, tDynamic, t } from "../../text";
import { findingWords } from "../../text/findings";
import { fieldFacts } from "../../parts/fieldFacts";
import { Referred } from "./Referred";

interface RecordFormProps {
  spec: TableSpec;
  record: RecordView | undefined;
  row: number;
  sheet: Sheet;
  active: string | undefined;
  /** Shows another record of the view. */
  goTo(row: number): void;
  /** Whether it has a page of its own. */
  wide?: boolean;
}

export function RecordForm({ spec, record, row, sheet, active, goTo, wide = false }: RecordFormProps) {
  const detail = useCall("fill.record", record && record.row > 0 ? { table: spec.table, row: record.row } : null);
  const masked = !useCall("settings.get", {}).data?.show_personal;
  const form = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another record draws other fields
  useEffect(() => {
    form.current?.querySelector(`[data-column="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active, record?.row]);

  if (!record) return <Empty title={t("fill.no-record")}>{t("fill.no-record-help")}</Empty>;
  const filled = spec.fields.filter((field) => !field.system);
  const keyed = new Set(spec.natural_key);
  const groups = [
    { title: t("fill.group-key"), fields: filled.filter((field) => keyed.has(field.column)) },
    { title: t("fill.group-required"), fields: filled.filter((field) => field.required && !keyed.has(field.column)) },
    { title: t("fill.group-optional"), fields: filled.filter((field) => !field.required && !keyed.has(field.column)) },
  ].filter((group) => group.fields.length > 0);

  return (
    <div
      className={wide ? "side-form is-wide" : "side-form"}
      ref={form}
      onKeyDown={(event) => nextField(event, form.current)}
    >
      <p className="row">
        <Button
          size="small"
          type="text"
          icon={<UpOutlined aria-hidden />}
          aria-label={t("fill.previous-record")}
          disabled={row === 0}
          onClick={() => goTo(row - 1)}
        />
        <Button
          size="small"
          type="text"
          icon={<DownOutlined aria-hidden />}
          aria-label={t("fill.next-record")}
          disabled={row + 1 >= sheet.total()}
          onClick={() => goTo(row + 1)}
        />
        <b>{t("fill.row-n", { n: sheet.place(row) })}</b>
        <span className="grow" />
        <span className="sub small">{tDynamic(`record.${record.state}`, {}, record.state)}</span>
      </p>
      {groups.map((group) => (
        <section key={group.title}>
          <h2>{group.title}</h2>
          {group.fields.map((field) => (
            <Field
              key={`${sheet.identity(record.row)} ${field.column}`}
              spec={spec}
              sheet={sheet}
              field={field}
              record={record}
              typed={sheet.typed(record.row)?.get(field.column)}
              findings={(detail.data?.findings ?? []).filter((finding) => finding.column === field.column)}
              masked={masked}
              save={(text) => void sheet.set(record.row, field.column, text, "", undefined, record)}
            />
          ))}
        </section>
      ))}
      <section>
        <h2>{t("fill.group-system")}</h2>
        <p className="sub small">{t("fill.system-help")}</p>
        <p className="small side-key">{record.key || t("fill.no-key")}</p>
      </section>
    </div>
  );
}

/** Enter goes to the next field, Shift+Enter back, and never into the grid; in a long text Enter is a line end. */
function nextField(event: KeyboardEvent, form: HTMLElement | null) {
  const from = event.target as HTMLElement;
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229 || !form) return;
  if (from instanceof HTMLTextAreaElement && !event.ctrlKey) return;
  const list = from.getAttribute("role") === "combobox" && from.getAttribute("aria-expanded") === "true";
  if (list || !(from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const fields = [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".side-field input, .side-field textarea"),
  ];
  const next = fields[fields.indexOf(from) + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  next.focus();
  if (next.getAttribute("role") !== "combobox") next.select();
}

interface FieldProps {
  spec: TableSpec;
  sheet: Sheet;
  field: FieldSpec;
  record: RecordView;
  typed: Typed | undefined;
  findings: FindingView[];
  masked: boolean;
  save(text: string): void;
}

function Field({ spec, sheet, field, record, typed, findings, masked, save }: FieldProps) {
  const value = typed?.text ?? record.cells[field.column] ?? "";
  const [draft, setDraft] = useState<string>();
  const level = findings.some((finding) => finding.level === "mandatory")
    ? "error"
    : findings.length > 0
      ? "warning"
      : "";
  const id = `field-${field.column}`;
  const separator = field.kind === "codes" ? (field.separator ?? ",") : "";

  function commit() {
    if (draft !== undefined && draft !== value) save(draft);
    setDraft(undefined);
  }
  // A field that is taken away while it is written in (another record is shown) says nothing of it.
  const leaving = useRef(commit);
  leaving.current = commit;
  useEffect(() => () => leaving.current(), []);
  // Personal values are shown while they are being written.
  const shown = draft ?? (masked ? mask(field.sensitivity, value) : value);
  const common = {
    id,
    status: (typed?.error ? "error" : level) as "error" | "warning" | "",
    value: shown,
    placeholder: field.example ?? (field.format && !field.format.startsWith("^") ? field.format : ""),
    onFocus: () => {
      setDraft(value);
      setWriting(true);
    },
    onBlur: () => {
      setWriting(false);
      commit();
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== "Escape" || event.nativeEvent.isComposing || draft === value) return;
      event.stopPropagation();
      setDraft(value);
    },
    "aria-describedby": `${id}-help`,
  };

  return (
    <div className="side-field" data-column={field.column}>
      <label htmlFor={id} title={field.column}>
        {field.required && <span className="bad">*</span>}
        {field.title}
        {field.own && <Own />}
      </label>
      {field.code_list ? (
        <CodeSelect
          id={id}
          list={field.code_list}
          level={field.code_level}
          {...(separator ? { mode: "multiple" as const } : {})}
          status={common.status}
          value={value === "" ? [] : separator ? value.split(separator) : [value]}
          names={record.names[field.column] ? { [value]: record.names[field.column] } : {}}
          onChange={(codes) => save(codes.join(separator))}
        />
      ) : field.references.length > 0 ? (
        <Referred
          spec={spec}
          field={field}
          record={record}
          sheet={sheet}
          masked={masked}
          draft={draft}
          setDraft={setDraft}
          input={common}
        />
      ) : field.kind === "longtext" ? (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => setDraft(event.target.value)}
        />
      ) : (
        <Input
          {...common}
          inputMode={field.kind === "integer" || field.kind === "decimal" ? "decimal" : "text"}
          suffix={field.unit && <span className="sub small">{field.unit}</span>}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      <div id={`${id}-help`}>
        {typed?.error && <p className="bad">{errorWords(typed.error)}</p>}
        {findings.map((finding) => (
          <p key={finding.id} className={levelClass(finding.level)}>
            {findingWords({
              message: finding.message,
              value: masked ? mask(field.sensitivity, finding.value) : finding.value,
            })}
          </p>
        ))}
        <p className="sub">{field.description ?? fieldFacts(field).slice(1).join("　")}</p>
      </div>
    </div>
  );
}
