/** The filter of one column: by its values with how often each stands there, by a text, or by a range. */
import { Button, Checkbox, Input, Space } from "antd";
import { useDeferredValue, useState } from "react";

import type { FieldSpec, Filter, View } from "../../ipc";
import { mask } from "../../grid/mask";
import { useSay } from "../../parts/say";
import type { Readings } from "../../state/reading";
import { count, t } from "../../text";
import { useValues } from "./useValues";

interface ColumnFilterProps {
  field: FieldSpec;
  view: View;
  readings: Readings;
  filter: Filter | undefined;
  masked: boolean;
  put(filter: Filter | undefined): void;
}

const MOST = 200;

export function ColumnFilter({ field, view, readings, filter, masked, put }: ColumnFilterProps) {
  const [text, setText] = useState(filter?.op === "contains" ? filter.text : "");
  const [values, setValues] = useState(filter?.op === "one-of" ? filter.values : undefined);
  const [range, setRange] = useState(filter?.op === "between" ? filter : { from: "", to: "" });
  const find = useDeferredValue(text);
  const { column } = field;
  // What the other filters leave, so that a value that was taken out can be put in again.
  const others = { ...view, filters: view.filters.filter((one) => one.column !== column) };
  const say = useSay();
  const read = useValues(readings, { view: others, column, find, limit: MOST }, say.failed);
  const found = read.found ?? [];
  const ranged = ["integer", "decimal", "date", "datetime"].includes(field.kind);
  const chosen = values ?? found.map((one) => one.value);
  const clean = (value: string) => (field.kind === "date" ? value.replace(/\D/g, "") : value.trim());

  function toggle(value: string, on: boolean) {
    setValues(on ? [...chosen, value] : chosen.filter((one) => one !== value));
  }
  function apply() {
    if (range.from !== "" || range.to !== "")
      return put({ op: "between", column, from: clean(range.from), to: clean(range.to) });
    if (values)
      return put(values.length === found.length && find === "" ? undefined : { op: "one-of", column, values });
    put(text === "" ? undefined : { op: "contains", column, text });
  }

  return (
    <div className="fill-head-filter">
      <Input
        autoFocus
        size="small"
        allowClear
        placeholder={t("grid.filter-contains")}
        aria-label={t("grid.filter-contains")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setValues(undefined);
        }}
        onPressEnter={(event) => !event.nativeEvent.isComposing && apply()}
      />
      {ranged && (
        <Space.Compact size="small" block>
          <Input
            placeholder={t("grid.filter-from")}
            aria-label={t("grid.filter-from")}
            value={range.from}
            onChange={(event) => setRange({ ...range, from: event.target.value })}
            onPressEnter={apply}
          />
          <Input
            placeholder={t("grid.filter-to")}
            aria-label={t("grid.filter-to")}
            value={range.to}
            onChange={(event) => setRange({ ...range, to: event.target.value })}
            onPressEnter={apply}
          />
        </Space.Compact>
      )}
      <div className="fill-values scroll" role="group" aria-label={t("grid.filter-values")}>
        <Checkbox
          checked={chosen.length >= found.length && found.length > 0}
          indeterminate={chosen.length > 0 && chosen.length < found.length}
          onChange={(event) => setValues(event.target.checked ? undefined : [])}
        >
          {t("grid.select-all")}
        </Checkbox>
        {found.map(({ value, name, count: times }) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
          >
            <span className="cut">
              {value === "" ? t("grid.filter-blank") : (name ?? (masked ? mask(field.sensitivity, value) : value))}
            </span>
            <span className="sub num">{count(times)}</span>
          </Checkbox>
        ))}
        {read.ended && <small className="sub">{t("grid.filter-ended")}</small>}
        {found.length === MOST && <small className="sub">{t("grid.filter-more", { n: MOST })}</small>}
      </div>
      <Button size="small" type="primary" block onClick={apply}>
        {t("grid.filter")}
      </Button>
    </div>
  );
}
