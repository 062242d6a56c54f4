/** An own field: its title first, what it holds, and how it is filled. */
import { Input, InputNumber, Select, Switch } from "antd";
import type { ReactNode } from "react";

import type { OwnColumn } from "../../../ipc";
import { listNamed } from "../../../parts/ListName";
import { tDynamic, t } from "../../../text";
import { KINDS, ofKind } from "./drafts";
import { Line } from "./Line";
import type { Control } from "./refusal";
import { ListSelect } from "./selects";
import { useProposed } from "./useProposed";

interface ColumnEditorProps {
  column: OwnColumn;
  /** Names of the other columns of the table. */
  taken: string[];
  /** Whether the column is saved: its name can no longer change, because its values are stored under it. */
  kept: boolean;
  problem: { control: Control; words: string } | undefined;
  change(column: OwnColumn): void;
  /** What stands beside the title, such as the table. */
  beside?: ReactNode;
}

const SENSITIVITIES = ["none", "personal", "special"] as const;

export function ColumnEditor({ column, taken, kept, problem, change, beside }: ColumnEditorProps) {
  const put = (part: Partial<OwnColumn>) => change({ ...column, ...part });
  const at = (control: Control) => (problem?.control === control ? problem.words : undefined);
  const { kind } = column;
  const coded = kind === "code" || kind === "codes";
  const number = kind === "integer" || kind === "decimal";
  const sized = kind === "text" || kind === "longtext" || kind === "url" || kind === "integer";
  useProposed(column.title, column.column, taken, kept, (name) => put({ column: name }));

  return (
    <div className="own-two">
      <Line label={t("own.title")} required problem={at("title")} help={t("own.title-help")}>
        {(control) => (
          <Input
            {...control}
            value={column.title}
            maxLength={60}
            placeholder={t("own.title-hint")}
            onChange={(event) => put({ title: event.target.value })}
          />
        )}
      </Line>
      {beside}
      <Line label={t("own.kind")} help={tDynamic(`own.kind-${kind}`)}>
        {(control) => (
          <Select
            {...control}
            popupRender={listNamed(control["aria-label"])}
            value={kind}
            onChange={(next) => change(ofKind(column, next))}
            options={KINDS.map((value) => ({ value, label: tDynamic(`kind.${value}`) }))}
          />
        )}
      </Line>
      {coded && (
        <Line label={t("own.list")} required wide problem={at("list")} help={t("own.list-help")}>
          {(control) => (
            <ListSelect {...control} value={column.code_list ?? ""} onChange={(code_list) => put({ code_list })} />
          )}
        </Line>
      )}
      {sized && (
        <Line label={number ? t("own.digits") : t("own.length")} help={t("own.length-help")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={100_000}
              precision={0}
              value={column.max_length}
              onChange={(max_length) => put({ max_length })}
            />
          )}
        </Line>
      )}
      {kind === "decimal" && (
        <>
          <Line label={t("own.digits")} help={t("own.length-help")}>
            {(control) => (
              <InputNumber
                {...control}
                min={1}
                max={38}
                precision={0}
                value={column.precision}
                onChange={(precision) => put({ precision })}
              />
            )}
          </Line>
          <Line label={t("own.scale")}>
            {(control) => (
              <InputNumber
                {...control}
                min={0}
                max={20}
                precision={0}
                value={column.scale}
                onChange={(scale) => put({ scale })}
              />
            )}
          </Line>
        </>
      )}
      {number && (
        <Line label={t("own.unit")}>
          {(control) => (
            <Input
              {...control}
              value={column.unit ?? ""}
              maxLength={10}
              placeholder={t("own.unit-hint")}
              onChange={(event) => put({ unit: event.target.value })}
            />
          )}
        </Line>
      )}
      <Line label={t("own.required")} help={t("own.required-help")}>
        {({ status: _, ...control }) => (
          <span>
            <Switch {...control} checked={column.required} onChange={(required) => put({ required })} />
          </span>
        )}
      </Line>
      <Line label={t("own.sensitivity")} help={tDynamic(`own.sensitivity-${column.sensitivity}-help`)}>
        {(control) => (
          <Select
            {...control}
            popupRender={listNamed(control["aria-label"])}
            value={column.sensitivity}
            onChange={(sensitivity) => put({ sensitivity })}
            options={SENSITIVITIES.map((value) => ({ value, label: t(`own.sensitivity-${value}`) }))}
          />
        )}
      </Line>
      {kind === "text" && (
        <Line label={t("own.values")} wide help={t("own.values-help")}>
          {(control) => (
            <Select
              {...control}
              popupRender={listNamed(control["aria-label"])}
              mode="tags"
              open={false}
              suffixIcon={null}
              tokenSeparators={[",", "，", "、"]}
              value={column.values}
              onChange={(values: string[]) => put({ values })}
            />
          )}
        </Line>
      )}
      <Line label={t("own.description")} wide help={t("own.description-help")}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={column.description ?? ""}
            maxLength={300}
            autoSize={{ minRows: 1, maxRows: 4 }}
            onChange={(event) => put({ description: event.target.value })}
          />
        )}
      </Line>
      <Line
        label={t("own.column")}
        required
        problem={at("name")}
        help={kept ? t("own.column-kept") : t("own.column-help")}
      >
        {(control) => (
          <Input
            {...control}
            className="own-code"
            value={column.column}
            disabled={kept}
            maxLength={40}
            placeholder="X_…"
            onChange={(event) => put({ column: event.target.value.toUpperCase() })}
          />
        )}
      </Line>
    </div>
  );
}
