/** The reasons that the college keeps at hand, and its answers to what the standard leaves open. */
import { Button, Input, Modal } from "antd";
import { useState } from "react";

import { call, type AnswerView } from "../../ipc";
import { momentWords } from "../../parts/dates";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { t } from "../../text";

export function Reasons() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("check.reasons")}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("check.reasons-title")} destroyOnHidden>
        <Lists />
      </Modal>
    </>
  );
}

function Lists() {
  const say = useSay();
  const { reasons = [], answers = [] } = useCall("check.reasons", {}).data ?? {};
  const [text, setText] = useState("");
  const set = (list: string[]) => call("check.set_reasons", { reasons: list }).catch(say.failed);
  const add = () => {
    if (text.trim() !== "") void set([...reasons, text]).then(() => setText(""));
  };
  const takeBack = ({ table, column, rule, code }: AnswerView) =>
    call("check.answer", { table, column, rule, code, text: "" }).catch(say.failed);
  return (
    <div className="check-reasons">
      <h3>{t("check.reasons-kept")}</h3>
      <ul>
        {reasons.map((reason) => (
          <li key={reason} className="row">
            <span className="grow">{reason}</span>
            <Button size="small" onClick={() => void set(reasons.filter((one) => one !== reason))}>
              {t("check.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <Input
          aria-label={t("check.reason-new")}
          placeholder={t("check.reason-new")}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={add}
        />
        <Button disabled={text.trim() === ""} onClick={add}>
          {t("check.reason-add")}
        </Button>
      </div>
      <h3>{t("check.answers")}</h3>
      {answers.length === 0 && <p className="sub small">{t("check.answers-none")}</p>}
      <ul>
        {answers.map((answer) => (
          <li key={`${answer.table} ${answer.column} ${answer.rule} ${answer.code}`} className="row">
            <span className="grow">
              <b>
                {answer.table_title} · {answer.column_title}
              </b>
              <br />
              {answer.text}
              <span className="sub small">
                {" "}
                {answer.who || t("bar.person-unset")}，{momentWords(answer.at)}
              </span>
            </span>
            <Button size="small" onClick={() => void takeBack(answer)}>
              {t("fill.explain-back")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
