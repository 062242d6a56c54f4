/** What the college allows without a question: how far a number may lie outside of the last periods. */
import { Button, Form, InputNumber, Modal } from "antd";
import { useState } from "react";

import { call, type DriftLimits } from "../../ipc";
import { useSay } from "../../parts/say";
import { saving } from "../../state/saving";
import { t } from "../../text";

const FIELDS = [
  ["percent", 1000],
  ["points", 100],
  ["least", 1_000_000],
] as const;

export function TrendLimits({ limits }: { limits: DriftLimits }) {
  const say = useSay();
  const [draft, setDraft] = useState<DriftLimits>();
  const [busy, setBusy] = useState(false);

  async function save() {
    if (!draft) return;
    setBusy(true);
    try {
      await saving(call("trend.set_limits", draft));
      setDraft(undefined);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button onClick={() => setDraft(limits)}>{t("check.trend-limits")}</Button>
      <Modal
        open={draft !== undefined}
        title={t("check.trend-limits-title")}
        onCancel={() => setDraft(undefined)}
        onOk={() => void save()}
        okText={t("part.save")}
        confirmLoading={busy}
        destroyOnHidden
      >
        <p className="sub small">{t("check.trend-limits-help")}</p>
        <Form layout="vertical">
          {FIELDS.map(([name, most]) => (
            <Form.Item key={name} label={t(`check.trend-${name}`)} htmlFor={`trend-${name}`}>
              <InputNumber
                id={`trend-${name}`}
                min={0}
                max={most}
                precision={0}
                value={draft?.[name] ?? null}
                onChange={(value) => draft && setDraft({ ...draft, [name]: value ?? 0 })}
              />
            </Form.Item>
          ))}
        </Form>
      </Modal>
    </>
  );
}
