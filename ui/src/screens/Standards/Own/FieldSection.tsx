/** Own fields in tables of the standard. */
import type { Overlay, OwnField } from "../../../ipc";
import { useCall } from "../../../state/calls";
import { tDynamic, t } from "../../../text";
import { ColumnEditor } from "./ColumnEditor";
import { nameOf, newField, trimmed } from "./drafts";
import { Line } from "./Line";
import { controlOf, refusalWords } from "./refusal";
import { SectionPane } from "./SectionPane";
import type { SectionProps } from "./section";
import { TableSelect } from "./selects";
import { ofOther, type Section, useParts } from "./useParts";

const SECTION: Section<OwnField> = {
  parts: (overlay) => overlay.fields,
  with: (overlay, fields) => ({ ...overlay, fields }),
  name: nameOf.field,
  title: ({ field }) => field.title,
  fresh: newField,
  settle: ({ table, field }) => ({ table, field: trimmed(field) }),
  confirmText: t("own.remove-field-help"),
};

export function FieldSection({ overlay, additions, titles, problems }: SectionProps) {
  const parts = useParts("fields", SECTION, overlay, additions);
  const { draft, saved, refusal } = parts;
  const spec = useCall("standard.table", draft?.table ? { edition: null, table: draft.table } : null).data;
  const taken = spec?.fields.map(({ column }) => column) ?? [];
  const other = draft !== undefined && ofOther(refusal, nameOf.field(SECTION.settle(draft, overlay)));
  const control = refusal && !other ? controlOf(refusal, draft?.field.title.trim()) : undefined;
  const words = refusal && refusalWords(refusal);

  return (
    <SectionPane
      section={SECTION}
      parts={parts}
      overlay={overlay}
      additions={additions}
      problems={problems}
      words={{
        label: t("own.fields"),
        add: t("own.add-field"),
        none: t("own.no-fields"),
        noneHelp: t("own.no-fields-help"),
      }}
      item={({ table, field }) => ({
        title: field.title,
        more: [titles.get(table) ?? table, tDynamic(`kind.${field.kind}`), field.required && t("field.required")]
          .filter(Boolean)
          .join(" · "),
      })}
      heading={
        <>
          {saved ? saved.field.title : t("own.add-field")}
          {saved && <a href={`#/fill/${saved.table}`}>{t("own.go-fill")}</a>}
        </>
      }
      control={control}
    >
      {draft && (
        <ColumnEditor
          column={draft.field}
          taken={taken}
          kept={saved !== undefined}
          problem={control && words ? { control, words } : undefined}
          change={(field) => parts.change({ ...draft, field })}
          beside={
            <Line
              label={t("own.table")}
              required
              problem={control === "table" ? words : undefined}
              help={saved ? t("own.table-kept") : t("own.table-help")}
            >
              {(one) => (
                <TableSelect
                  {...one}
                  disabled={saved !== undefined}
                  value={draft.table}
                  without={overlay.tables.map(({ name }) => name)}
                  onChange={(table) => parts.change({ ...draft, table })}
                />
              )}
            </Line>
          }
        />
      )}
    </SectionPane>
  );
}

/** Titles of own tables, by name. */
export function ownTitles({ tables }: Overlay): [string, string][] {
  return tables.map(({ name, title }) => [name, title]);
}
