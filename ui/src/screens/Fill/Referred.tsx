/**
 * A field that names a record of another table: its records are offered while one types, and what both tables have in
 * common (such as the name to a number) is taken over into empty cells, or offered where something else stands.
 */
import { AutoComplete, Button, type InputProps, Input } from "antd";
import { useEffect, useState } from "react";

import { call, type FieldSpec, type RecordView, type ReferredRecord, type TableSpec } from "../../ipc";
import { mask } from "../../grid/mask";
import type { Sheet } from "../../grid/sheet";
import { t } from "../../text";

/** How long typing rests before records are looked up, in ms. */
const REST_MS = 120;

interface ReferredProps {
  spec: TableSpec;
  field: FieldSpec;
  record: RecordView;
  sheet: Sheet;
  masked: boolean;
  /** What is typed; undefined while nothing is. */
  draft: string | undefined;
  setDraft(text: string | undefined): void;
  input: InputProps;
}

export function Referred({ spec, field, record, sheet, masked, draft, setDraft, input }: ReferredProps) {
  const [offered, setOffered] = useState<ReferredRecord[]>([]);
  const [taken, setTaken] = useState<ReferredRecord>();
  const find = draft ?? "";

  useEffect(() => {
    if (draft === undefined) return;
    let late = false;
    const timer = setTimeout(() => {
      call("fill.referred", { table: spec.table, column: field.column, find }).then(
        (records) => !late && setOffered(records),
        () => !late && setOffered([]),
      );
    }, REST_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [draft, find, spec.table, field.column]);

  const titleOf = (column: string) => spec.fields.find((one) => one.column === column)?.title ?? column;
  const shown = (column: string, value: string) => {
    const sensitivity = spec.fields.find((one) => one.column === column)?.sensitivity ?? "none";
    return masked ? mask(sensitivity, value) : value;
  };

  function choose(chosen: ReferredRecord) {
    setDraft(undefined);
    setTaken(chosen);
    const empty = Object.entries(chosen.fills).filter(([column]) => !record.cells[column]);
    const changes = [[field.column, chosen.value] as const, ...empty];
    void sheet.apply(
      changes.map(([column, value]) => ({
        do: "set" as const,
        row: sheet.real(record.row),
        column,
        value: value ?? "",
      })),
    );
  }
  // What stands in the record and differs is only offered.
  const others = taken?.value === record.cells[field.column] ? Object.entries(taken?.fills ?? {}) : [];
  const differing = others.filter(([column, value]) => record.cells[column] && record.cells[column] !== value);

  return (
    <>
      <AutoComplete
        className="side-referred"
        value={String(input.value ?? "")}
        popupMatchSelectWidth={280}
        options={(draft === undefined ? [] : offered).map((one, i) => ({
          key: `${i} ${one.value}`,
          value: one.value,
          label: (
            <span className="side-referred-option">
              <b>{shown(field.column, one.value)}</b>
              <span className="cut">
                {Object.entries(one.fills)
                  .map(([column, value]) => shown(column, value ?? ""))
                  .join(" · ")}
              </span>
              <small className="sub">{one.title}</small>
            </span>
          ),
          one,
        }))}
        onSelect={(_, option) => choose((option as unknown as { one: ReferredRecord }).one)}
        onChange={(text) => setDraft(text)}
      >
        <Input {...input} />
      </AutoComplete>
      {differing.map(([column, value]) => (
        <Button key={column} size="small" type="link" onClick={() => void sheet.set(record.row, column, value ?? "")}>
          {t("fill.take-over", { title: titleOf(column), value: shown(column, value ?? "") })}
        </Button>
      ))}
    </>
  );
}
