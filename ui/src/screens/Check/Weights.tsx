/** Weights of dimensions and indicators, and how many records tables should have. */
import { Button, InputNumber, Modal, Select } from "antd";
import { useState } from "react";

import { call, type Quality, type QualitySettings } from "../../ipc";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { QUALITY } from "./measuring";
import { count, tDynamic, t } from "../../text";

export function Weights() {
  const [open, setOpen] = useState(false);
  const settings = useCall("quality.settings", {}).data;
  const quality = useCall("quality.get", QUALITY).data;
  return (
    <>
      <Button disabled={!settings || !quality} onClick={() => setOpen(true)}>
        {t("check.weights")}
      </Button>
      {open && settings && quality && <Editor {...{ settings, quality }} close={() => setOpen(false)} />}
    </>
  );
}

interface EditorProps {
  settings: QualitySettings;
  quality: Quality;
  close(): void;
}

function Editor({ settings, quality, close }: EditorProps) {
  const say = useSay();
  const [draft, setDraft] = useState(settings);
  const home = useCall("home.get", {}).data;
  const [table, setTable] = useState<string>();
  const [rows, setRows] = useState<number | null>(null);
  const trend = useCall("trend.list", {}).data;
  const last = (trend?.tables ?? []).flatMap(({ table: name, periods }) => {
    const before = periods[1]?.rows ?? 0;
    return before > 0 ? [[name, before] as const] : [];
  });
  const titles = new Map(home?.tables.map((one) => [one.table, one.title]));

  async function save() {
    try {
      await call("quality.set", draft);
      close();
    } catch (error) {
      say.failed(error);
    }
  }
  function expect() {
    if (table === undefined || rows === null) return;
    setDraft({ ...draft, expected: { ...draft.expected, [table]: rows } });
    setTable(undefined);
    setRows(null);
  }
  function forget(name: string) {
    const { [name]: _, ...expected } = draft.expected;
    setDraft({ ...draft, expected });
  }
  const weigh = (kind: "dimensions" | "indicators", no: string) => (value: number | null) =>
    setDraft({ ...draft, [kind]: { ...draft[kind], [no]: value ?? 0 } });

  return (
    <Modal
      open
      width={720}
      title={t("check.weights-title")}
      onCancel={close}
      onOk={() => void save()}
      okText={t("part.save")}
    >
      <p className="sub small">{t("check.weights-help")}</p>
      <div className="check-weights scroll">
        {quality.dimensions.map(({ no }) => (
          <fieldset key={no}>
            <legend>
              {tDynamic(`dimension.${no}`)}{" "}
              <Weight label={tDynamic(`dimension.${no}`)} value={draft.dimensions[no]} set={weigh("dimensions", no)} />
            </legend>
            {quality.indicators
              .filter((one) => one.no.startsWith(no))
              .map((one) => (
                <div key={one.no} className="row">
                  <span className="grow">
                    <span className="sub num">{one.no}</span> {tDynamic(`indicator.${one.no}`)}
                  </span>
                  <Weight
                    label={tDynamic(`indicator.${one.no}`)}
                    value={draft.indicators[one.no]}
                    set={weigh("indicators", one.no)}
                  />
                </div>
              ))}
          </fieldset>
        ))}
        <fieldset>
          <legend>{t("check.expected-title")}</legend>
          {Object.entries(draft.expected).map(([name, number]) => (
            <div key={name} className="row">
              <span className="grow">{titles.get(name) ?? name}</span>
              <span className="num">{count(number)}</span>
              <Button size="small" onClick={() => forget(name)}>
                {t("check.remove")}
              </Button>
            </div>
          ))}
          {last.length > 0 && (
            <Button size="small" onClick={() => setDraft({ ...draft, expected: Object.fromEntries(last) })}>
              {t("check.expected-last")}
            </Button>
          )}
          <div className="row">
            <Select
              className="grow"
              showSearch={{ optionFilterProp: "label" }}
              aria-label={t("check.table")}
              placeholder={t("check.table")}
              value={table}
              onChange={setTable}
              options={home?.tables.map((one) => ({ value: one.table, label: one.title })) ?? []}
            />
            <InputNumber
              aria-label={t("check.expected")}
              placeholder={t("check.expected")}
              min={0}
              precision={0}
              value={rows}
              onChange={setRows}
            />
            <Button disabled={table === undefined || rows === null} onClick={expect}>
              {t("check.reason-add")}
            </Button>
          </div>
        </fieldset>
      </div>
    </Modal>
  );
}

function Weight({ label, value, set }: { label: string; value: number | undefined; set(value: number | null): void }) {
  return (
    <InputNumber
      size="small"
      min={0}
      max={100}
      aria-label={`${label} ${t("check.weight")}`}
      value={value ?? 1}
      onChange={set}
      style={{ width: 72 }}
    />
  );
}
