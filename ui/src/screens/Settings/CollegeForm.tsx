/** The college, the period and the person at this PC. */
import { Button, DatePicker, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";

import { schoolYears, splitTerm } from "../../state/terms";
import { t } from "../../text";
import { useSay } from "../../parts/say";
import type { PartProps } from "./part";

interface Answers {
  name: string;
  code: string;
  region: string;
  year: string;
  term: string;
  end: Dayjs | null;
  department: string;
  person: string;
}

export function CollegeForm({ settings, save }: PartProps) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const period = splitTerm(settings.period);
  const years = schoolYears();

  async function submit(answers: Answers) {
    setBusy(true);
    const saved = await save({
      college: { name: answers.name.trim(), code: answers.code.trim(), region: answers.region.trim() },
      period: `${answers.year}-${answers.term}`,
      term_end: answers.end ? answers.end.format("YYYY-MM-DD") : "",
      department: answers.department ?? "",
      person: answers.person.trim(),
    });
    setBusy(false);
    if (saved) say.done(t("settings.saved"));
  }

  return (
    <Form<Answers>
      layout="vertical"
      requiredMark={false}
      className="settings-form"
      onFinish={(answers) => void submit(answers)}
      initialValues={{
        ...settings.college,
        year: period.year,
        term: period.term,
        end: settings.term_end ? dayjs(settings.term_end) : null,
        department: settings.department,
        person: settings.person,
      }}
    >
      <h2>{t("settings.college")}</h2>
      <Form.Item
        name="name"
        label={t("start.college-name")}
        rules={[{ required: true, whitespace: true, message: t("start.need-name") }]}
      >
        <Input />
      </Form.Item>
      <div className="part-two">
        <Form.Item
          name="code"
          label={t("start.college-code")}
          extra={t("settings.code-help")}
          rules={[{ required: true, pattern: /^\s*\d{10}\s*$/, message: t("start.need-code") }]}
        >
          <Input inputMode="numeric" />
        </Form.Item>
        <Form.Item
          name="region"
          label={t("start.region")}
          rules={[{ pattern: /^\s*(\d{6})?\s*$/, message: t("start.need-region") }]}
        >
          <Input inputMode="numeric" placeholder={t("start.region-hint")} />
        </Form.Item>
      </div>
      <h2>{t("bar.period")}</h2>
      <div className="part-two">
        <Form.Item name="year" label={t("settings.year")}>
          <Select
            options={[...new Set([...(period.year ? [period.year] : []), ...years])].map((year) => ({
              value: year,
              label: t("start.school-year", { year }),
            }))}
          />
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
      <Form.Item name="end" label={t("settings.term-end")} extra={t("settings.term-end-help")}>
        <DatePicker style={{ width: 200 }} placeholder={t("settings.unset")} />
      </Form.Item>
      <h2>{t("settings.me")}</h2>
      <div className="part-two">
        <Form.Item name="department" label={t("start.department")}>
          <Select
            options={[
              { value: "", label: t("bar.all-departments") },
              ...settings.departments.map((department) => ({ value: department.name, label: department.name })),
            ]}
          />
        </Form.Item>
        <Form.Item name="person" label={t("settings.person")} extra={t("settings.person-help")}>
          <Input maxLength={30} />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("part.save")}
      </Button>
    </Form>
  );
}
