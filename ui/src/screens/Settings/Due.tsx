/** What the standard leaves open about due days: terms, days off, tables without data, fixed days. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Form, Input, Select, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";

import { call, chooseFiles, type Due as DueList, type DueSettings } from "../../ipc";
import { Shown } from "../../parts";
import { useSay } from "../../parts/say";
import { Unsaved } from "../../parts/Unsaved";
import { useCall } from "../../state/calls";
import { useDraft } from "../../state/drafts";
import { t } from "../../text";

interface Answers {
  start: Dayjs | null;
  from: Dayjs | null;
  every_day: boolean;
  days_off: { days: [Dayjs, Dayjs] | null; name: string }[];
  days_on: Dayjs[];
  nothing: string[];
  fixed: { table: string; day: string }[];
}

const text = (day: Dayjs | null | undefined) => day?.format("YYYY-MM-DD") ?? "";
const moment = (day: string | undefined) => (day ? dayjs(day) : null);

export function Due() {
  const kept = useCall("due.settings", {});
  const due = useCall("due.list", { tables: [], month: null });
  return (
    <Shown answer={kept}>
      {(settings) => (
        <Shown answer={due}>
          {(list) => <DueForm key={JSON.stringify(settings)} settings={settings} list={list} reload={kept.reload} />}
        </Shown>
      )}
    </Shown>
  );
}

function answersOf(settings: DueSettings, period: string): Answers {
  return {
    start: moment(settings.term_starts[period]),
    from: moment(settings.from),
    every_day: settings.every_day,
    days_off: settings.days_off.map(({ first, last, name }) => ({ days: [dayjs(first), dayjs(last)], name })),
    days_on: settings.days_on.map((day) => dayjs(day)),
    nothing: settings.nothing[period] ?? [],
    fixed: Object.entries(settings.fixed).map(([table, day]) => ({ table, day: day ?? "" })),
  };
}

function DueForm({ settings, list, reload }: { settings: DueSettings; list: DueList; reload(): void }) {
  const say = useSay();
  const [form] = Form.useForm<Answers>();
  const [draft, setDraft] = useDraft<Answers>("settings.due");
  const [busy, setBusy] = useState(false);
  const period = list.term.period;
  const named = useCall("book.head", {}).data?.period_name ?? period;
  const saved = answersOf(settings, period);
  const tables = list.tables.map(({ table, title }) => ({ value: table, label: title }));

  async function keep(work: () => Promise<unknown>) {
    setBusy(true);
    try {
      await work();
      setDraft(undefined);
      reload();
      say.done(t("settings.saved"));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  function settingsOf(answers: Answers): DueSettings {
    const { [period]: _, ...starts } = settings.term_starts;
    return {
      ...settings,
      term_starts: answers.start ? { ...starts, [period]: text(answers.start) } : starts,
      from: text(answers.from),
      every_day: answers.every_day,
      days_off: answers.days_off.flatMap(({ days, name }) =>
        days ? [{ first: text(days[0]), last: text(days[1]), name: name ?? "" }] : [],
      ),
      days_on: answers.days_on.map(text),
      nothing: { ...settings.nothing, [period]: answers.nothing },
      fixed: Object.fromEntries(answers.fixed.map(({ table, day }) => [table, day])),
    };
  }

  async function read() {
    const [file] = await chooseFiles([{ name: "TOML", extensions: ["toml"] }], false);
    if (file) await keep(() => call("due.read", { file }));
  }

  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      className="settings-form"
      initialValues={{ ...saved, ...draft }}
      onValuesChange={(_, answers) => setDraft(answers)}
      onFinish={(answers) => void keep(() => call("due.set", settingsOf(answers)))}
    >
      {draft && (
        <Unsaved
          drop={() => {
            setDraft(undefined);
            form.setFieldsValue(saved);
          }}
        />
      )}
      <h2>{t("settings.due")}</h2>
      <p className="sub small">{t("due-form.help")}</p>
      <ul className="sub small settings-known-years">
        {list.holidays.map(({ year, known, source }) => (
          <li key={year}>
            {known === "unknown"
              ? t("due-form.unknown", { year: String(year) })
              : t("due-form.known", { year: String(year), source })}
          </li>
        ))}
      </ul>
      <div className="part-two">
        <Form.Item name="start" label={t("due-form.start", { period: named })} extra={t("due-form.start-help")}>
          <DatePicker style={{ width: 200 }} placeholder={t("settings.unset")} />
        </Form.Item>
        <Form.Item name="from" label={t("due-form.from")} extra={t("due-form.from-help")}>
          <DatePicker style={{ width: 200 }} placeholder={t("settings.unset")} />
        </Form.Item>
      </div>
      <Form.Item
        name="every_day"
        label={t("due-form.every-day")}
        extra={t("due-form.every-day-help")}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <h2>{t("due-form.days-off")}</h2>
      <p className="sub small">{t("due-form.days-off-help")}</p>
      <Form.List name="days_off">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="row settings-due-line">
                <Form.Item name={[field.name, "days"]} noStyle>
                  <DatePicker.RangePicker aria-label={t("due-form.days-off")} />
                </Form.Item>
                <Form.Item name={[field.name, "name"]} noStyle>
                  <Input
                    maxLength={30}
                    style={{ width: 180 }}
                    placeholder={t("due-form.name")}
                    aria-label={t("due-form.name")}
                  />
                </Form.Item>
                <Remove onClick={() => remove(field.name)} />
              </div>
            ))}
            <Add onClick={() => add({ days: null, name: "" })} />
          </>
        )}
      </Form.List>
      <Form.Item name="days_on" label={t("due-form.days-on")} extra={t("due-form.days-on-help")}>
        <DatePicker multiple maxTagCount={6} style={{ width: "100%" }} placeholder={t("settings.unset")} />
      </Form.Item>
      <Form.Item name="nothing" label={t("due-form.nothing", { period: named })}>
        <Select mode="multiple" optionFilterProp="label" options={tables} />
      </Form.Item>
      <h2>{t("due-form.fixed")}</h2>
      <p className="sub small">{t("due-form.fixed-help")}</p>
      <Form.List name="fixed">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="row settings-due-line">
                <Form.Item name={[field.name, "table"]} rules={[{ required: true, message: "" }]}>
                  <Select
                    showSearch
                    optionFilterProp="label"
                    style={{ width: 300 }}
                    options={tables}
                    aria-label={t("home.col-table")}
                  />
                </Form.Item>
                <Form.Item
                  name={[field.name, "day"]}
                  rules={[{ pattern: /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, message: t("due-form.day-wrong") }]}
                >
                  <Input maxLength={5} style={{ width: 110 }} placeholder="10-31" aria-label={t("home.col-due")} />
                </Form.Item>
                <Remove onClick={() => remove(field.name)} />
              </div>
            ))}
            <Add onClick={() => add({ table: undefined, day: "" })} />
          </>
        )}
      </Form.List>
      <div className="row settings-due-end">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("part.save")}
        </Button>
        <Button disabled={busy} onClick={() => void read()}>
          {t("due-form.read")}
        </Button>
      </div>
    </Form>
  );
}

function Add({ onClick }: { onClick(): void }) {
  return (
    <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={onClick} className="settings-due-add">
      {t("due-form.add")}
    </Button>
  );
}

function Remove({ onClick }: { onClick(): void }) {
  return (
    <Button size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t("settings.remove")} onClick={onClick} />
  );
}
