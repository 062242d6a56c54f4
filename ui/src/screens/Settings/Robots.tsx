/** 群机器人: which group chats are told numbers, and when. */
import { Alert, Button, Checkbox, Form, Input, Modal, Popconfirm, Select, TimePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { call, type RobotKind, type RobotView } from "../../ipc";
import { Shown } from "../../parts";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { errorWords, t, tDynamic } from "../../text";
import { Unreadable } from "./Unreadable";

const KINDS: RobotKind[] = ["wecom", "dingtalk", "feishu", "json"];

const NEW: RobotView = {
  name: "",
  kind: "wecom",
  host: "",
  has_secret: false,
  keyword: "",
  at: "17:30",
  on_runs: true,
  problem: null,
};

interface Answers extends RobotView {
  url?: string;
  secret?: string;
}

export function Robots() {
  const say = useSay();
  const answer = useCall("robot.list", {});
  const [edited, setEdited] = useState<RobotView>();
  const [busy, setBusy] = useState<string>();

  async function run(work: () => Promise<unknown>, done?: string) {
    try {
      await work();
      answer.reload();
      if (done) say.done(done);
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    }
  }

  async function save({ url, secret, ...robot }: Answers) {
    const whole: RobotView = { ...NEW, ...robot };
    const saved = await run(() => call("robot.save", { robot: whole, url: url || null, secret: secret || null }));
    if (saved) setEdited(undefined);
  }

  async function test(name: string) {
    setBusy(name);
    await run(() => call("robot.test", { name }), t("robots.tested"));
    setBusy(undefined);
  }

  if (answer.data === undefined && answer.error?.code === "book.damaged")
    return (
      <>
        <h2>{t("robots.title")}</h2>
        <Unreadable what="robots" reload={answer.reload} />
      </>
    );
  return (
    <Shown answer={answer}>
      {({ robots }) => (
        <>
          <h2>{t("robots.title")}</h2>
          <p className="sub small">{t("robots.help")}</p>
          <ul className="settings-schedule">
            {robots.map((robot) => (
              <li key={robot.name}>
                <div className="grow">
                  <b>{robot.name}</b>{" "}
                  <span className="sub small">
                    {tDynamic(`robot-kind.${robot.kind}`)} {robot.host}
                  </span>
                  <p className="sub small">
                    {[robot.at && t("robots.daily", { at: robot.at }), robot.on_runs && t("robots.on-runs")]
                      .filter(Boolean)
                      .join("，")}
                  </p>
                  {robot.problem && <Alert type="warning" showIcon title={errorWords(robot.problem)} />}
                </div>
                <Button size="small" loading={busy === robot.name} onClick={() => void test(robot.name)}>
                  {t("robots.test")}
                </Button>
                <Button size="small" onClick={() => setEdited(robot)}>
                  {t("schedule.edit")}
                </Button>
                <Popconfirm
                  title={t("schedule.remove-ask", { name: robot.name })}
                  onConfirm={() => run(() => call("robot.remove", { name: robot.name }))}
                >
                  <Button size="small">{t("settings.remove")}</Button>
                </Popconfirm>
              </li>
            ))}
          </ul>
          <Button onClick={() => setEdited(NEW)}>{t("robots.add")}</Button>
          {edited && <Edit robot={edited} close={() => setEdited(undefined)} save={save} />}
        </>
      )}
    </Shown>
  );
}

interface EditProps {
  robot: RobotView;
  close(): void;
  save(answers: Answers): Promise<void>;
}

function Edit({ robot, close, save }: EditProps) {
  const [form] = Form.useForm<Answers>();
  const isNew = robot.name === "";
  const kind = Form.useWatch("kind", form) ?? robot.kind;
  const signs = kind === "dingtalk" || kind === "feishu";
  return (
    <Modal
      open
      width={560}
      style={{ top: 40 }}
      title={t(isNew ? "robots.add" : "schedule.edit-title", { name: robot.name })}
      onCancel={close}
      onOk={() => void form.validateFields().then(save)}
    >
      <Form<Answers>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={robot}
        className="settings-schedule-edit"
      >
        <div className="settings-pair">
          <Form.Item
            name="name"
            label={t("schedule.name")}
            rules={[{ required: true, message: t("schedule.need-name") }]}
          >
            <Input disabled={!isNew} />
          </Form.Item>
          <Form.Item name="kind" label={t("robots.kind")}>
            <Select options={KINDS.map((one) => ({ value: one, label: tDynamic(`robot-kind.${one}`) }))} />
          </Form.Item>
        </div>
        <Form.Item
          name="url"
          label={t("robots.url")}
          extra={isNew ? t("robots.url-help") : t("robots.kept")}
          rules={[{ required: isNew, message: t("robots.need-url") }]}
        >
          <Input.Password autoComplete="off" />
        </Form.Item>
        {signs && (
          <Form.Item name="secret" label={t("robots.secret")} extra={t(isNew ? "robots.secret-help" : "robots.kept")}>
            <Input.Password autoComplete="off" />
          </Form.Item>
        )}
        <div className="settings-pair">
          <Form.Item name="keyword" label={t("robots.keyword")}>
            <Input />
          </Form.Item>
          <Form.Item
            name="at"
            label={t("robots.at")}
            getValueProps={(at: string) => ({ value: at === "" ? null : dayjs(`2026-01-01T${at}`) })}
            getValueFromEvent={(at: dayjs.Dayjs | null) => at?.format("HH:mm") ?? ""}
          >
            <TimePicker format="HH:mm" needConfirm={false} />
          </Form.Item>
        </div>
        <Form.Item name="on_runs" valuePropName="checked" className="settings-schedule-check">
          <Checkbox>{t("robots.on-runs-help")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
