/** 定时上报: what goes by itself and when, what came of it, and the entry in the scheduler of the system. */
import { Alert, Button, Checkbox, Form, Input, Modal, Popconfirm, Select, Switch, TimePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { type CallError, call, type ScheduledEntry, type ScheduleEntry, type ScheduleView } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { errorWords, t, tDynamic } from "../../text";
import { TablePick } from "../../parts/TablePick";
import { Robots } from "./Robots";
import { Unreadable } from "./Unreadable";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const NEW: ScheduleEntry = {
  name: "",
  tables: [],
  department: "",
  source: "",
  connection: "",
  at: "07:30",
  weekdays: [],
  days: [],
  term_days: [],
  after_import: false,
  due: false,
  whole: false,
  off: false,
};

export function Schedule() {
  const answer = useCall("schedule.list", {});
  if (answer.data === undefined && answer.error?.code === "book.damaged")
    return (
      <div className="settings-form">
        <h2>{t("settings.schedule")}</h2>
        <Unreadable what="schedule" reload={answer.reload} />
        <Robots />
      </div>
    );
  return <Shown answer={answer}>{(view) => <Entries view={view} reload={answer.reload} />}</Shown>;
}

function Entries({ view, reload }: { view: ScheduleView; reload(): void }) {
  const say = useSay();
  const [edited, setEdited] = useState<{ entry: ScheduleEntry; was: string | null }>();
  const [running, setRunning] = useState<string>();

  async function run(work: () => Promise<unknown>, done?: string) {
    try {
      await work();
      reload();
      if (done) say.done(done);
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    }
  }

  async function runNow(name: string) {
    setRunning(name);
    await run(() => call("schedule.run", { name, job: 0 }), t("schedule.ran"));
    setRunning(undefined);
  }

  const { system } = view;
  return (
    <div className="settings-form">
      <h2>{t("settings.schedule")}</h2>
      <p className="sub small">{t("schedule.help")}</p>
      {view.entries.length === 0 && <Empty title={t("schedule.none")}>{t("schedule.none-help")}</Empty>}
      <ul className="settings-schedule">
        {view.entries.map((one) => (
          <li key={one.entry.name}>
            <Switch
              size="small"
              checked={!one.entry.off}
              aria-label={t("schedule.on", { name: one.entry.name })}
              onChange={(on) => void run(() => save({ ...one.entry, off: !on }, one.entry.name))}
            />
            <div className="grow">
              <b>{one.entry.name}</b> <span className="sub small">{whenWords(one.entry)}</span>
              <p className="sub small">{one.next ? t("schedule.next", { at: momentWords(one.next) }) : ""}</p>
              <Last one={one} />
            </div>
            <Button size="small" loading={running === one.entry.name} onClick={() => void runNow(one.entry.name)}>
              {t("schedule.run")}
            </Button>
            <Button size="small" onClick={() => setEdited({ entry: one.entry, was: one.entry.name })}>
              {t("schedule.edit")}
            </Button>
            <Popconfirm
              title={t("schedule.remove-ask", { name: one.entry.name })}
              onConfirm={() => run(() => call("schedule.remove", { name: one.entry.name }))}
            >
              <Button size="small">{t("settings.remove")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <Button onClick={() => setEdited({ entry: NEW, was: null })}>{t("schedule.add")}</Button>
      <h2>{t("schedule.system")}</h2>
      <div className="settings-line">
        <div>
          <label htmlFor="schedule-system">{t("schedule.install")}</label>
          <p className="sub small">{t("schedule.install-help", { times: system.times.join("、") })}</p>
        </div>
        <Switch
          id="schedule-system"
          checked={system.installed}
          disabled={system.kind === null}
          style={{ justifySelf: "end" }}
          onChange={(installed) =>
            void run(() => call("schedule.install", { installed, kind: null }), t("settings.saved"))
          }
        />
      </div>
      {system.problem && <Alert type="warning" showIcon title={errorWords(system.problem)} />}
      <Robots />
      {edited && (
        <Edit
          {...edited}
          close={() => setEdited(undefined)}
          save={async (entry) => {
            if (await run(() => save(entry, edited.was))) setEdited(undefined);
          }}
        />
      )}
    </div>
  );
}

const save = (entry: ScheduleEntry, was: string | null) => call("schedule.save", { entry, was });

/** What came of the last run: how much went, and what a person is told. */
function Last({ one: { last, missed } }: { one: ScheduledEntry }) {
  if (!last) return missed ? <p className="warn small">{t("schedule.missed")}</p> : null;
  return (
    <>
      <p className="small">
        {t("schedule.last", { at: momentWords(last.at), n: last.batches.length, rows: last.rows })}
      </p>
      {[...last.told, ...(last.error ? [last.error] : [])].map((told) => (
        <p key={told.code} className="warn small">
          {toldWords(told)}
        </p>
      ))}
    </>
  );
}

function toldWords(told: CallError): string {
  const words = tDynamic(told.code, told.params) || errorWords(told);
  return told.params.tables ? `${words}（${told.params.tables}）` : words;
}

function whenWords(entry: ScheduleEntry): string {
  const parts = [
    entry.weekdays.map((day) => tDynamic(`schedule.weekday-${day}`)).join(""),
    entry.days.map((day) => (day === -1 ? t("schedule.last-day") : t("schedule.day", { day }))).join("、"),
    entry.term_days.map(termDayWords).join("、"),
    entry.at,
    entry.after_import ? t("schedule.after-import") : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** What was typed or chosen, as whole numbers; anything else is left out. */
const numbersOf = (values: (string | number)[]) => [...new Set(values.map(Number).filter(Number.isInteger))];

function termDayWords(day: number): string {
  if (day > 0) return t("schedule.term-day", { day });
  return day === -1 ? t("schedule.term-day-last") : t("schedule.term-day-before", { day: -day - 1 });
}

interface EditProps {
  entry: ScheduleEntry;
  was: string | null;
  close(): void;
  save(entry: ScheduleEntry): Promise<void>;
}

function Edit({ entry, was, close, save: keep }: EditProps) {
  const [form] = Form.useForm<ScheduleEntry>();
  const home = useCall("home.get", {}).data?.tables ?? [];
  const sources = useCall("source.list", {}).data?.sources ?? [];
  const connections = useCall("connection.list", {}).data?.connections ?? [];
  const departments = useCall("settings.get", {}).data?.departments ?? [];
  const [grouped, setGrouped] = useState(false);
  const chosen = Form.useWatch("tables", form) ?? entry.tables;
  const none = { value: "", label: t("schedule.usual") };
  return (
    <Modal
      open
      width={560}
      style={{ top: 40 }}
      title={t(was === null ? "schedule.add" : "schedule.edit-title", { name: entry.name })}
      onCancel={close}
      onOk={() => void form.validateFields().then((answers) => keep({ ...entry, ...answers }))}
    >
      <Form<ScheduleEntry>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={entry}
        className="settings-schedule-edit"
      >
        <Form.Item
          name="name"
          label={t("schedule.name")}
          rules={[{ required: true, message: t("schedule.need-name") }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="tables" label={t("schedule.tables")} extra={t("schedule.tables-help")}>
          <Select
            mode="multiple"
            maxTagCount={3}
            optionFilterProp="label"
            options={home.filter(({ own }) => !own).map(({ table, title }) => ({ value: table, label: title }))}
          />
        </Form.Item>
        <Button size="small" type="link" className="settings-schedule-group" onClick={() => setGrouped(!grouped)}>
          {t("schedule.group")}
        </Button>
        {grouped && <TablePick chosen={chosen} setChosen={(tables) => form.setFieldValue("tables", tables)} />}
        <Form.Item name="department" label={t("schedule.department")} extra={t("schedule.department-help")}>
          <Select
            disabled={chosen.length > 0}
            options={[
              { value: "", label: t("bar.all-departments") },
              ...departments.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        </Form.Item>
        <div className="settings-pair">
          <Form.Item
            name="at"
            label={t("schedule.at")}
            getValueProps={(at: string) => ({ value: at === "" ? null : dayjs(`2026-01-01T${at}`) })}
            getValueFromEvent={(at: dayjs.Dayjs | null) => at?.format("HH:mm") ?? ""}
          >
            <TimePicker format="HH:mm" needConfirm={false} />
          </Form.Item>
          <Form.Item name="weekdays" label={t("schedule.weekdays")}>
            <Select
              mode="multiple"
              placeholder={t("schedule.every-day")}
              options={WEEKDAYS.map((day) => ({ value: day, label: tDynamic(`schedule.weekday-${day}`) }))}
            />
          </Form.Item>
        </div>
        <div className="settings-pair">
          <Form.Item name="days" label={t("schedule.days")} getValueFromEvent={numbersOf}>
            <Select
              mode="tags"
              tokenSeparators={[" ", ",", "，"]}
              placeholder={t("schedule.every-day")}
              options={[{ value: -1, label: t("schedule.last-day") }]}
            />
          </Form.Item>
          <Form.Item
            name="term_days"
            label={t("schedule.term-days")}
            extra={t("schedule.term-days-help")}
            getValueFromEvent={numbersOf}
          >
            <Select
              mode="tags"
              tokenSeparators={[" ", ",", "，"]}
              options={[1, -1, -7].map((day) => ({ value: day, label: termDayWords(day) }))}
            />
          </Form.Item>
        </div>
        <div className="settings-pair">
          <Form.Item name="connection" label={t("submit.connection")}>
            <Select options={[none, ...connections.map(({ name }) => ({ value: name, label: name }))]} />
          </Form.Item>
          <Form.Item name="source" label={t("schedule.source")}>
            <Select
              options={[
                { value: "", label: t("part.none") },
                ...sources.map(({ source }) => ({ value: source.name, label: source.name })),
              ]}
            />
          </Form.Item>
        </div>
        {(["after_import", "due", "whole"] as const).map((name) => (
          <Form.Item key={name} name={name} valuePropName="checked" className="settings-schedule-check">
            <Checkbox>{t(`schedule.${name}`)}</Checkbox>
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
