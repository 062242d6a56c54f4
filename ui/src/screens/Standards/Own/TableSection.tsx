/** Own tables: their title, how often they are filled, and their fields. */
import { Input, Select } from "antd";

import type { OwnTable } from "../../../ipc";
import { listNamed } from "../../../parts/ListName";
import { useCall } from "../../../state/calls";
import { tDynamic, t } from "../../../text";
import { FREQUENCIES, nameOf, newTable, PERIODS, trimmed } from "./drafts";
import { Line } from "./Line";
import { type Control, controlOf, partOf, refusalWords } from "./refusal";
import { SectionPane } from "./SectionPane";
import type { SectionProps } from "./section";
import { ColumnsSelect } from "./selects";
import { TableColumns } from "./TableColumns";
import { useProposed } from "./useProposed";
import { ofOther, type Section, useParts } from "./useParts";

const SECTION: Section<OwnTable> = {
  parts: (overlay) => overlay.tables,
  with: (overlay, tables) => ({ ...overlay, tables }),
  name: nameOf.table,
  title: ({ title }) => title,
  fresh: newTable,
  settle: (table) => {
    const fields = table.fields.map(trimmed);
    const columns = new Set(fields.map(({ column }) => column));
    return {
      ...table,
      name: table.name.trim(),
      title: table.title.trim(),
      fields,
      natural_key: table.natural_key.filter((column) => columns.has(column)),
    };
  },
  confirmText: t("own.remove-table-help"),
};

export function TableSection({ overlay, additions, problems }: SectionProps) {
  const parts = useParts("tables", SECTION, overlay, additions);
  const { draft, saved, refusal } = parts;
  const name = draft?.name.trim() ?? "";
  const other = ofOther(refusal, name);
  const words = refusal && refusalWords(refusal);
  // A refusal names a field as `X_T.X_C` and the table itself as `X_T`.
  const ofField = refusal && !other ? partOf(refusal)?.split(".")[1] : undefined;
  const field = draft?.fields.find(({ column }) => column.trim() === ofField);
  const control =
    refusal && !other
      ? controlOf(refusal, ofField === undefined ? draft?.title.trim() : field?.title.trim())
      : undefined;
  const at = (one: Control) => (ofField === undefined && control === one ? words : undefined);

  return (
    <SectionPane
      section={SECTION}
      parts={parts}
      overlay={overlay}
      additions={additions}
      problems={problems}
      words={{
        label: t("own.tables"),
        add: t("own.add-table"),
        none: t("own.no-tables"),
        noneHelp: t("own.no-tables-help"),
      }}
      item={(table) => ({
        title: table.title,
        more: [tDynamic(`frequency.${table.frequency}`), t("fill.fields", { n: table.fields.length })].join(" · "),
      })}
      heading={
        <>
          {saved ? saved.title : t("own.add-table")}
          {saved && <a href={`#/fill/${saved.name}`}>{t("own.go-fill")}</a>}
        </>
      }
      control={control}
    >
      {draft && (
        <>
          <Head draft={draft} kept={saved !== undefined} at={at} change={parts.change} />
          <TableColumns
            columns={draft.fields}
            kept={new Set(saved?.fields.map(({ column }) => column))}
            problem={control && words && ofField !== undefined ? { column: ofField, control, words } : undefined}
            empty={at("fields")}
            change={(fields) => parts.change({ ...draft, fields })}
          />
          <Line label={t("own.key")} wide problem={at("key")} help={t("own.key-help")}>
            {(one) => (
              <ColumnsSelect
                {...one}
                value={draft.natural_key}
                columns={draft.fields.filter(({ column }) => column !== "")}
                placeholder={t("own.key-all")}
                onChange={(natural_key) => parts.change({ ...draft, natural_key })}
              />
            )}
          </Line>
        </>
      )}
    </SectionPane>
  );
}

interface HeadProps {
  draft: OwnTable;
  kept: boolean;
  at(control: Control): string | undefined;
  change(table: OwnTable): void;
}

function Head({ draft, kept, at, change }: HeadProps) {
  const tree = useCall("standard.tree", { edition: null }).data;
  const taken = tree?.subsets.flatMap(({ tables }) => tables.map(({ table }) => table)) ?? [];
  useProposed(draft.title, draft.name, taken, kept, (name) => change({ ...draft, name }));
  return (
    <div className="own-two">
      <Line label={t("own.table-title")} required problem={at("title")} help={t("own.table-title-help")}>
        {(one) => (
          <Input
            {...one}
            value={draft.title}
            maxLength={60}
            placeholder={t("own.table-title-hint")}
            onChange={(event) => change({ ...draft, title: event.target.value })}
          />
        )}
      </Line>
      <Line
        label={t("own.table-name")}
        required
        problem={at("name")}
        help={kept ? t("own.column-kept") : t("own.column-help")}
      >
        {(one) => (
          <Input
            {...one}
            className="own-code"
            value={draft.name}
            disabled={kept}
            maxLength={40}
            placeholder="X_…"
            onChange={(event) => change({ ...draft, name: event.target.value.toUpperCase() })}
          />
        )}
      </Line>
      <Line label={t("own.frequency")}>
        {(one) => (
          <Select
            {...one}
            popupRender={listNamed(one["aria-label"])}
            value={draft.frequency}
            onChange={(frequency) => change({ ...draft, frequency })}
            options={FREQUENCIES.map((value) => ({ value, label: t(`frequency.${value}`) }))}
          />
        )}
      </Line>
      <Line label={t("own.period")} help={draft.period === "all" ? t("own.period-no") : t("own.period-yes")}>
        {({ status: _, ...one }) => (
          <Select
            {...one}
            popupRender={listNamed(one["aria-label"])}
            value={draft.period}
            onChange={(period) => change({ ...draft, period })}
            options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          />
        )}
      </Line>
    </div>
  );
}
