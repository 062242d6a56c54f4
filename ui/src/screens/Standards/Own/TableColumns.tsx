/** The fields of an own table, one open at a time. */
import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { OwnColumn } from "../../../ipc";
import { tDynamic, t } from "../../../text";
import { ColumnEditor } from "./ColumnEditor";
import { newColumn } from "./drafts";
import type { Control } from "./refusal";

interface TableColumnsProps {
  columns: OwnColumn[];
  /** Columns that are in the file. */
  kept: ReadonlySet<string>;
  problem: { column: string; control: Control; words: string } | undefined;
  /** What is said where there must be a field. */
  empty: string | undefined;
  change(columns: OwnColumn[]): void;
}

export function TableColumns({ columns, kept, problem, empty, change }: TableColumnsProps) {
  const [open, setOpen] = useState<number>();
  const wrong = problem && columns.findIndex(({ column }) => column.trim() === problem.column);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same column with another problem opens, too
  useEffect(() => {
    if (wrong !== undefined && wrong >= 0) setOpen(wrong);
  }, [wrong, problem?.words]);

  return (
    <section className="own-columns" aria-label={t("own.fields-of-table")}>
      <h3>{t("own.fields-of-table")}</h3>
      {columns.map((column, i) => (
        <div key={i} className={open === i ? "own-column is-on" : "own-column"}>
          <header>
            <button
              type="button"
              className="grow"
              aria-expanded={open === i}
              onClick={() => setOpen(open === i ? undefined : i)}
            >
              {open === i ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
              <span className="cut">
                {column.required && <span className="bad">*</span>}
                {column.title || t("own.untitled")}
              </span>
              <span className="sub small">{tDynamic(`kind.${column.kind}`)}</span>
              <span className="sub small cut">{column.column}</span>
            </button>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t("own.remove-of", { title: column.title || t("own.untitled") })}
              onClick={() => {
                setOpen(undefined);
                change(columns.filter((_, at) => at !== i));
              }}
            />
          </header>
          {open === i && (
            <ColumnEditor
              column={column}
              taken={columns.filter((_, at) => at !== i).map((one) => one.column)}
              kept={kept.has(column.column)}
              problem={wrong === i ? problem : undefined}
              change={(next) => change(columns.map((one, at) => (at === i ? next : one)))}
            />
          )}
        </div>
      ))}
      {empty && (
        <p className="bad small" role="alert">
          {empty}
        </p>
      )}
      <Button
        icon={<PlusOutlined aria-hidden />}
        onClick={() => {
          setOpen(columns.length);
          change([...columns, newColumn()]);
        }}
      >
        {t("own.add-field")}
      </Button>
    </section>
  );
}
