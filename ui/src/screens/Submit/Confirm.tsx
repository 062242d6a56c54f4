/** Before sending: what leaves, to whom, and whether everything is as it should be. Sending cannot be undone. */
import { LoadingOutlined } from "@ant-design/icons";
import { Button, Input, Modal, Select } from "antd";
import { useEffect, useState } from "react";

import { CallFailure, type CheckList, type Consent, call, chooseSave, handOver, type Leaving } from "../../ipc";
import { dayOf } from "../../parts/dates";
import { LIST } from "../../parts/files";
import { useSay } from "../../parts/say";
import { knownNow } from "../../state/clock";
import { count, errorWords, t } from "../../text";
import { CheckLine } from "./CheckLine";

/** What the clerk has seen and, where it is asked for, who consents to it. */
export interface Confirmed {
  /** The hash of the rows of each table as they were shown. */
  expected: Record<string, string>;
  sign: Consent | null;
}

interface ConfirmProps {
  connection: string;
  address: string;
  tables: string[];
  close(): void;
  send(confirmed: Confirmed): void;
}

export function Confirm({ connection, address, tables, close, send }: ConfirmProps) {
  const [list, setList] = useState<CheckList | CallFailure>();
  const [signer, setSigner] = useState<string>();
  const [password, setPassword] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is made anew for each submission
  useEffect(() => {
    const failed = (error: unknown) =>
      error instanceof CallFailure ? error : new CallFailure({ code: "program.failed", params: {} });
    call("submit.check_list", { target: { connection }, tables, due: false, job: 0 }).then(setList, (error) =>
      setList(failed(error)),
    );
  }, []);
  const known = list instanceof CallFailure ? undefined : list;
  const rows = known?.rows ?? 0;
  const signed = known?.sign_off !== true || (signer !== undefined && password !== "" && known.preparer !== "");

  function confirm() {
    const shown = (known?.leaves ?? []).filter(({ fresh }) => fresh > 0);
    send({
      expected: Object.fromEntries(shown.map(({ table, hash }) => [table, hash])),
      sign: known?.sign_off && signer !== undefined ? { name: signer, password } : null,
    });
  }

  return (
    <Modal
      open
      width={720}
      style={{ top: 32 }}
      title={t("submit.confirm", { name: connection })}
      onCancel={close}
      onOk={confirm}
      okText={t(known?.sign_off ? "submit.confirm-sign" : "submit.confirm-send", { rows: count(rows) })}
      okButtonProps={{ disabled: !known?.may_go || !signed, "data-testid": "confirm-send" }}
      cancelText={t("submit.confirm-cancel")}
    >
      <div className="submit-confirm-body">
        <dl className="submit-confirm">
          <dt>{t("submit.to")}</dt>
          <dd>
            <b>{connection}</b> <span className="sub small">{known?.address ?? address}</span>
          </dd>
          <dt>{t("submit.confirm-size")}</dt>
          <dd data-testid="confirm-size">
            {known ? t("submit.size", { tables: known.leaves.length, rows: count(rows) }) : "…"}
          </dd>
        </dl>
        {list === undefined && (
          <p className="sub" role="status">
            <LoadingOutlined aria-hidden /> {t("submit.check-running")}
          </p>
        )}
        {list instanceof CallFailure && <p className="bad">{errorWords(list)}</p>}
        {known && known.leaves.length > 0 && <Leaves connection={connection} leaves={known.leaves} />}
        {known && (
          <ul className="submit-checks" data-testid="check-list">
            {known.checks.map((check) => (
              <CheckLine key={check.matter} check={check} />
            ))}
          </ul>
        )}
      </div>
      {known?.sign_off && (
        <SignOff list={known} signer={signer} setSigner={setSigner} password={password} setPassword={setPassword} />
      )}
    </Modal>
  );
}

/** What leaves of each table, with its fingerprint, which the printed form repeats. */
function Leaves({ connection, leaves }: { connection: string; leaves: Leaving[] }) {
  const say = useSay();

  async function save() {
    const path = await chooseSave(t("submit.list-name", { day: dayOf(knownNow()) }), [LIST]);
    if (!path) return;
    try {
      const tables = leaves.map(({ table }) => table);
      const written = await call("submit.leaving", { target: { connection }, tables, path });
      handOver(path);
      say.done(t("submit.list-saved", { n: written.rows }));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="submit-leaves">
      <table className="facts">
        <thead>
          <tr>
            <th>{t("home.col-table")}</th>
            <th className="num">{t("submit.col-leaves")}</th>
            <th className="num">{t("submit.col-before")}</th>
            <th className="num">{t("submit.hash")}</th>
          </tr>
        </thead>
        <tbody>
          {leaves.map((one) => (
            <tr key={one.table}>
              <td className="cut" title={one.table}>
                {one.title}
              </td>
              <td className="num">{count(one.fresh + one.waiting)}</td>
              <td className="num sub">{one.accepted_before > 0 ? count(one.accepted_before) : "—"}</td>
              <td className="num submit-fingerprint" title={one.hash}>
                {one.fingerprint || <span className="sub">{t("submit.frozen-before")}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button type="link" size="small" className="submit-list" onClick={() => void save()}>
        {t("submit.save-list")}
      </Button>
    </div>
  );
}

interface SignOffProps {
  list: CheckList;
  signer: string | undefined;
  setSigner(name: string): void;
  password: string;
  setPassword(password: string): void;
}

/** The second person consents at this PC, with a password of their own. */
function SignOff({ list, signer, setSigner, password, setPassword }: SignOffProps) {
  if (list.preparer === "")
    return (
      <p className="bad">
        {t("submit.sign-nobody")} <a href="#/settings/college">{t("submit.sign-who")}</a>
      </p>
    );
  return (
    <fieldset className="submit-sign">
      <legend>{t("submit.sign")}</legend>
      <span className="sub">{t("submit.prepared-by", { name: list.preparer })}</span>
      <Select
        value={signer}
        onChange={setSigner}
        placeholder={t("submit.signer")}
        aria-label={t("submit.signer")}
        style={{ width: 160 }}
        options={list.signers.map((name) => ({ value: name, label: name }))}
      />
      <Input.Password
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        placeholder={t("submit.signer-password")}
        aria-label={t("submit.signer-password")}
        autoComplete="off"
        style={{ width: 200 }}
      />
    </fieldset>
  );
}
