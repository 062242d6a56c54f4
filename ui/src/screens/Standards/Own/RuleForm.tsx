/** The form of a rule over one record. */
import { Input, Radio } from "antd";
import { useRef } from "react";

import type { Level, OwnRule } from "../../../ipc";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";
import { Cases } from "./Cases";
import { Examples } from "./Examples";
import { LEVELS } from "./drafts";
import { Line } from "./Line";
import type { Control } from "./refusal";
import { ColumnsSelect, TableSelect } from "./selects";

interface RuleFormProps {
  rule: OwnRule;
  /** It is saved, so it stays with its table. */
  fixed: boolean;
  problem: { control: Control; words: string } | undefined;
  change(rule: OwnRule): void;
}

export function RuleForm({ rule, fixed, problem, change }: RuleFormProps) {
  const put = (part: Partial<OwnRule>) => change({ ...rule, ...part });
  const at = (control: Control) => (problem?.control === control ? problem.words : undefined);
  const spec = useCall("standard.table", rule.table ? { edition: null, table: rule.table } : null).data;
  const fields = spec?.fields ?? [];
  const chosen = rule.columns.map((column) => ({
    column,
    title: fields.find((field) => field.column === column)?.title ?? column,
  }));
  const condition = useRef<HTMLDivElement>(null);

  /** Writes a word where the cursor stands. */
  function write(word: string) {
    const area = condition.current?.querySelector("textarea");
    const text = rule.expect ?? "";
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? text.length;
    const gap = from > 0 && !/[\s(]$/.test(text.slice(0, from)) ? " " : "";
    put({ expect: `${text.slice(0, from)}${gap}${word}${text.slice(to)}` });
    area?.focus();
  }

  return (
    <>
      <div className="own-two">
        <Line
          label={t("own.table")}
          required
          problem={at("table")}
          help={fixed ? t("own.rule-table-kept") : t("own.rule-table-help")}
        >
          {(one) => (
            <TableSelect
              {...one}
              disabled={fixed}
              value={rule.table}
              onChange={(table) => put({ table, columns: [], pass: [{}], fail: [{}] })}
            />
          )}
        </Line>
        <Line label={t("own.columns")} required problem={at("columns")} help={t("own.columns-help")}>
          {(one) => (
            <ColumnsSelect
              {...one}
              value={rule.columns}
              columns={fields}
              placeholder={rule.table ? t("own.columns-hint") : t("own.columns-first")}
              onChange={(columns) => put({ columns })}
            />
          )}
        </Line>
        <Line label={t("own.level")} wide help={t(`own.level-${rule.level}`)}>
          {({ id, "aria-describedby": described }) => (
            <Radio.Group
              id={id}
              aria-label={t("own.level")}
              aria-describedby={described}
              value={rule.level}
              onChange={(event) => put({ level: event.target.value as Level })}
              options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
            />
          )}
        </Line>
        <Line label={t("own.condition")} required wide problem={at("condition")} help={t("own.condition-help")}>
          {(one) => (
            <div ref={condition}>
              <Input.TextArea
                {...one}
                className="own-code"
                value={rule.expect ?? ""}
                spellCheck={false}
                placeholder="X_JSRQ >= X_KSRQ"
                autoSize={{ minRows: 2, maxRows: 8 }}
                onChange={(event) => put({ expect: event.target.value })}
              />
              {chosen.length > 0 && (
                <p className="own-chips">
                  <span className="sub small">{t("own.write-column")}</span>
                  {chosen.map(({ column, title }) => (
                    <button
                      type="button"
                      key={column}
                      title={t("own.write-of", { title, column })}
                      onClick={() => write(column)}
                    >
                      {title} <code>{column}</code>
                    </button>
                  ))}
                </p>
              )}
            </div>
          )}
        </Line>
      </div>
      <Examples />
      <div className="own-two">
        <Line
          label={t("own.message")}
          required
          wide
          problem={at("message")}
          help={t("own.message-help", { value: "{value}", column: "{X_BZ}" })}
        >
          {(one) => (
            <Input
              {...one}
              value={rule.message}
              maxLength={200}
              placeholder={t("own.message-hint", { value: "{value}" })}
              onChange={(event) => put({ message: event.target.value })}
            />
          )}
        </Line>
        <Line label={t("own.reason")} required wide problem={at("reason")} help={t("own.reason-help")}>
          {(one) => (
            <Input
              {...one}
              value={rule.reason}
              maxLength={300}
              placeholder={t("own.reason-hint")}
              onChange={(event) => put({ reason: event.target.value })}
            />
          )}
        </Line>
      </div>
      <Cases rule={rule} fields={fields} problem={at("cases")} change={put} />
    </>
  );
}
