/** Taking records of an earlier period over: which period, which columns; one step that can be taken back. */
import { Button, Checkbox, Modal, Radio } from "antd";
import { useState } from "react";

import { call, type TableSpec } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { Empty, Shown } from "../../parts";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";

interface CarryOverProps {
  spec: TableSpec;
  sheet: Sheet;
  /** Shows the first of the new records. */
  goTo(row: number): void;
  close(): void;
}

export function CarryOver({ spec, sheet, goTo, close }: CarryOverProps) {
  const say = useSay();
  const answer = useCall("fill.earlier", { table: spec.table });
  const fields = spec.fields.filter((field) => !field.system);
  const [from, setFrom] = useState<string>();
  const [left, setLeft] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const period = from ?? answer.data?.[0]?.period;
  const columns = fields.map((field) => field.column).filter((column) => !left.includes(column));

  async function carry() {
    if (period === undefined) return;
    setBusy(true);
    let there = 0;
    const edited = await sheet.attempt(async () => {
      const carried = await call("fill.carry_over", {
        table: spec.table,
        from: period,
        columns: left.length === 0 ? [] : columns,
      });
      there = carried.there;
      return carried.edited;
    });
    setBusy(false);
    if (!edited) return;
    say.done(
      [
        t("fill.carried", { n: edited.added.length }),
        there > 0 ? t("fill.carried-there", { n: there }) : "",
        left.length > 0 ? t("fill.carried-left", { n: left.length }) : "",
      ].join(""),
    );
    close();
    const [first] = edited.added;
    if (first !== undefined) goTo(first);
  }

  return (
    <Modal
      open
      title={t("fill.carry-title", { title: spec.short_title })}
      onCancel={close}
      width={620}
      okText={t("fill.carry-do", { n: answer.data?.find((one) => one.period === period)?.rows ?? 0 })}
      okButtonProps={{ disabled: period === undefined || columns.length === 0, loading: busy }}
      onOk={() => void carry()}
      destroyOnHidden
    >
      <Shown answer={answer}>
        {(periods) =>
          periods.length === 0 ? (
            <Empty title={t("fill.carry-none")}>{t("fill.carry-none-help")}</Empty>
          ) : (
            <div className="fill-carry">
              <p className="sub">{t("fill.carry-help")}</p>
              <Radio.Group
                value={period}
                onChange={(event) => setFrom(event.target.value)}
                options={periods.map((one) => ({
                  value: one.period,
                  label: `${one.words}（${t("fill.total", { n: one.rows })}）`,
                }))}
              />
              <div className="row">
                <b className="grow">{t("fill.carry-columns", { n: columns.length, all: fields.length })}</b>
                <Button size="small" onClick={() => setLeft([])}>
                  {t("fill.carry-all")}
                </Button>
                <Button
                  size="small"
                  onClick={() =>
                    setLeft(fields.map((field) => field.column).filter((one) => !spec.natural_key.includes(one)))
                  }
                >
                  {t("fill.carry-key")}
                </Button>
              </div>
              <div className="fill-carry-columns scroll">
                {fields.map((field) => (
                  <Checkbox
                    key={field.column}
                    checked={!left.includes(field.column)}
                    onChange={(event) =>
                      setLeft(
                        event.target.checked ? left.filter((one) => one !== field.column) : [...left, field.column],
                      )
                    }
                  >
                    {field.title}
                  </Checkbox>
                ))}
              </div>
              <small className="sub">{t("fill.carry-count", { n: count(columns.length) })}</small>
            </div>
          )
        }
      </Shown>
    </Modal>
  );
}
