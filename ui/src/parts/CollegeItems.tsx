/** The items of a form about a college and its term: the same rules for a new book and for the settings. */
import { Form, Input, Radio, Select } from "antd";
import type { ReactNode } from "react";

import { schoolYears } from "../state/terms";
import { t } from "../text";

export function NameItem({ hint = false }: { hint?: boolean }) {
  return (
    <Form.Item
      name="name"
      label={t("start.college-name")}
      rules={[{ required: true, whitespace: true, message: t("start.need-name") }]}
    >
      <Input maxLength={60} placeholder={hint ? t("start.college-name-hint") : undefined} />
    </Form.Item>
  );
}

/** The ten digits of the school. */
export function CodeItem({ hint = false, help }: { hint?: boolean; help?: ReactNode }) {
  return (
    <Form.Item
      name="code"
      label={t("start.college-code")}
      extra={help}
      rules={[{ required: true, pattern: /^\s*\d{10}\s*$/, message: t("start.need-code") }]}
    >
      <Input maxLength={12} inputMode="numeric" placeholder={hint ? t("start.college-code-hint") : undefined} />
    </Form.Item>
  );
}

/** The six digits of the administrative region; may be empty. */
export function RegionItem({ label = t("start.region") }: { label?: ReactNode }) {
  return (
    <Form.Item name="region" label={label} rules={[{ pattern: /^\s*(\d{6})?\s*$/, message: t("start.need-region") }]}>
      <Input maxLength={8} inputMode="numeric" placeholder={t("start.region-hint")} />
    </Form.Item>
  );
}

/** School year and term side by side; `also` is a year to offer besides those around today. */
export function TermItems({ yearLabel, also }: { yearLabel: string; also?: string }) {
  const years = [...new Set([...(also ? [also] : []), ...schoolYears()])];
  return (
    <div className="part-two">
      <Form.Item name="year" label={yearLabel}>
        <Select options={years.map((year) => ({ value: year, label: t("start.school-year", { year }) }))} />
      </Form.Item>
      <Form.Item name="term" label={t("start.term")}>
        <Radio.Group
          optionType="button"
          options={[
            { value: "1", label: t("start.term-1") },
            { value: "2", label: t("start.term-2") },
          ]}
        />
      </Form.Item>
    </div>
  );
}
