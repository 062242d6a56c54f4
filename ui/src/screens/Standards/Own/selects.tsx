/** Choosing a table, a code list or a column, found by name, pinyin or physical name. */
import { Select } from "antd";

import { listNamed } from "../../../parts/ListName";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";

interface Control {
  id?: string;
  "aria-describedby"?: string;
  "aria-label": string;
  status?: "error" | "";
}

interface OneProps extends Control {
  value: string;
  disabled?: boolean;
  /** Tables that are not offered. */
  without?: string[];
  placeholder?: string;
  onChange(value: string): void;
}

/** What stands in the list, what finds it. */
interface Option {
  value: string;
  label: string;
  search: string;
}

const finds = (input: string, option: Option | undefined) =>
  option?.search.includes(input.trim().toLowerCase()) ?? false;

export function TableSelect({
  value,
  without = [],
  placeholder = t("part.search-table"),
  onChange,
  ...control
}: OneProps) {
  const tree = useCall("standard.tree", { edition: null }).data;
  return (
    <Select<string, Option>
      {...control}
      popupRender={listNamed(control["aria-label"])}
      showSearch={{ filterOption: finds }}
      value={value || null}
      placeholder={placeholder}
      onChange={onChange}
      optionRender={({ data }) => <Named title={data.label} name={data.value} />}
      options={(tree?.subsets ?? []).flatMap((subset) =>
        subset.tables
          .filter(({ table }) => !without.includes(table))
          .map(({ table, title, search }) => ({
            value: table,
            label: title,
            search: `${search} ${table.toLowerCase()}`,
          })),
      )}
    />
  );
}

export function ListSelect({ value, onChange, ...control }: OneProps) {
  const lists = useCall("standard.code_lists", { edition: null }).data;
  return (
    <Select<string, Option>
      {...control}
      popupRender={listNamed(control["aria-label"])}
      showSearch={{ filterOption: finds }}
      value={value || null}
      placeholder={t("own.list-hint")}
      onChange={onChange}
      optionRender={({ data }) => <Named title={data.label} name={data.value} />}
      options={(lists ?? []).map(({ id, title, codes, search }) => ({
        value: id,
        label: t("own.list-of", { title, n: codes }),
        search: `${search} ${id.toLowerCase()}`,
      }))}
    />
  );
}

interface ManyProps extends Control {
  value: string[];
  columns: { column: string; title: string }[];
  placeholder?: string;
  onChange(value: string[]): void;
}

export function ColumnsSelect({ value, columns, onChange, ...control }: ManyProps) {
  return (
    <Select<string[], Option>
      {...control}
      popupRender={listNamed(control["aria-label"])}
      mode="multiple"
      showSearch={{ filterOption: finds }}
      value={value}
      onChange={onChange}
      optionRender={({ data }) => <Named title={data.label} name={data.value} />}
      options={columns.map(({ column, title }) => ({
        value: column,
        label: title,
        search: `${title} ${column}`.toLowerCase(),
      }))}
    />
  );
}

function Named({ title, name }: { title: string; name: string }) {
  return (
    <span className="own-named">
      <span className="cut grow">{title}</span>
      <span className="sub small">{name}</span>
    </span>
  );
}
