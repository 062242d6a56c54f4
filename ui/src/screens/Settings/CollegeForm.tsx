/** The college, the period and the person at this PC. */
import { Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";

import { Unsaved } from "../../parts/Unsaved";
import { useDraft } from "../../state/drafts";
import { splitTerm } from "../../state/terms";
import { t } from "../../text";
import { CodeItem, NameItem, RegionItem, TermItems } from "../../parts/CollegeItems";
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
  const [form] = Form.useForm<Answers>();
  const [draft, setDraft] = useDraft<Answers>("settings.college");

  const saved: Answers = {
    ...settings.college,
    year: period.year,
    term: period.term,
    end: settings.term_end ? dayjs(settings.term_end) : null,
    department: settings.department,
    person: settings.person,
  };

  async function submit(answers: Answers) {
    setBusy(true);
    const done = await save({
      college: { name: answers.name.trim(), code: answers.code.trim(), region: answers.region.trim() },
      period: `${answers.year}-${answers.term}`,
      term_end: answers.end ? answers.end.format("YYYY-MM-DD") : "",
      department: answers.department ?? "",
      person: answers.person.trim(),
    });
    setBusy(false);
    if (!done) return;
    setDraft(undefined);
    say.done(t("settings.saved"));
  }

  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      scrollToFirstError={{ focus: true }}
      onValuesChange={(_, answers) => setDraft(answers)}
      requiredMark={false}
      className="settings-form"
      onFinish={(answers) => void submit(answers)}
      initialValues={{ ...saved, ...draft }}
    >
      {draft && (
        <Unsaved
          drop={() => {
            setDraft(undefined);
            form.setFieldsValue(saved);
          }}
        />
      )}
      <h2>{t("settings.college")}</h2>
      <NameItem />
      <div className="part-two">
        <CodeItem help={t("settings.code-help")} />
        <RegionItem />
      </div>
      <h2>{t("bar.period")}</h2>
      <TermItems yearLabel={t("settings.year")} also={period.year} />
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
