/** Own fields in tables of the standard. */
import type { Overlay, OwnField } from "../../../ipc";
import { Empty } from "../../../parts";
import { useCall } from "../../../state/calls";
import { tDynamic, t } from "../../../text";
import { ColumnEditor } from "./ColumnEditor";
import { nameOf, newField, trimmed } from "./drafts";
import { Line } from "./Line";
import { Foot, FRESH, type Item, Panes } from "./Panes";
import { controlOf, refusalWords } from "./refusal";
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
  const parts = useParts(SECTION, overlay, additions);
  const { draft, saved, refusal } = parts;
  const item = (key: string, { table, field }: OwnField): Item => ({
    key,
    title: field.title,
    more: [titles.get(table) ?? table, tDynamic(`kind.${field.kind}`), field.required && t("field.required")]
      .filter(Boolean)
      .join(" · "),
    problem: problems.get(key),
    unsaved: parts.typed.has(key),
  });
  const items = parts.all.map((one) => item(nameOf.field(one), one));
  if (parts.typed.has(FRESH))
    items.push(
      parts.chosen === FRESH && draft
        ? item(FRESH, draft)
        : { key: FRESH, title: "", more: t("own.new"), unsaved: true },
    );

  const spec = useCall("standard.table", draft?.table ? { edition: null, table: draft.table } : null).data;
  const taken = spec?.fields.map(({ column }) => column) ?? [];
  const other = draft !== undefined && ofOther(refusal, nameOf.field(SECTION.settle(draft, overlay)));
  const control = refusal && !other ? controlOf(refusal, draft?.field.title.trim()) : undefined;
  const words = refusal && refusalWords(refusal);

  return (
    <Panes
      label={t("own.fields")}
      items={items}
      chosen={parts.chosen}
      choose={parts.choose}
      add={parts.add}
      addWords={t("own.add-field")}
      remove={parts.remove}
      note={parts.stays && <Stays words={parts.stays} />}
    >
      {draft === undefined ? (
        <Empty title={t("own.no-fields")}>{t("own.no-fields-help")}</Empty>
      ) : (
        <div key={parts.chosen}>
          <h2>
            {saved ? saved.field.title : t("own.add-field")}
            {saved && <a href={`#/fill/${saved.table}`}>{t("own.go-fill")}</a>}
          </h2>
          {saved && problems.get(nameOf.field(saved)) && (
            <p className="own-problem">{problems.get(nameOf.field(saved))}</p>
          )}
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
          <Foot
            busy={additions.busy}
            changed={parts.changed}
            refused={words && (other || control === "whole") ? words : refusal && t("own.not-saved")}
            save={() => void parts.save()}
            leave={parts.leave}
          />
        </div>
      )}
    </Panes>
  );
}

export function Stays({ words }: { words: string }) {
  return (
    <p className="own-problem" role="alert">
      {t("own.stays")}
      {words}
    </p>
  );
}

/** Titles of own tables, by name. */
export function ownTitles({ tables }: Overlay): [string, string][] {
  return tables.map(({ name, title }) => [name, title]);
}
