/** The publishers whose signed packages can be installed. The college adds a key after comparing the fingerprint. */
import { DeleteOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useId, useState } from "react";

import { call, type CallFailure, type PublisherView } from "../../../ipc";
import { Shown } from "../../../parts";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { errorWords, t } from "../../../text";

export function Publishers() {
  const answer = useCall("edition.publishers", {});
  const [adding, setAdding] = useState(false);
  return (
    <section className="card install-publishers" aria-label={t("install.publishers")}>
      <h2>{t("install.publishers")}</h2>
      <p className="sub small">{t("install.publishers-help")}</p>
      <Shown answer={answer}>
        {(publishers) => (
          <>
            {publishers.length === 0 && !adding && <p className="install-nobody">{t("install.nobody")}</p>}
            <ul>
              {publishers.map((publisher) => (
                <Publisher key={publisher.fingerprint} publisher={publisher} />
              ))}
            </ul>
          </>
        )}
      </Shown>
      {adding ? (
        <Trust done={() => setAdding(false)} />
      ) : (
        <Button onClick={() => setAdding(true)}>{t("install.trust")}</Button>
      )}
    </section>
  );
}

function Publisher({ publisher }: { publisher: PublisherView }) {
  const say = useSay();
  const { modal } = App.useApp();
  function remove() {
    modal.confirm({
      title: t("install.distrust-ask", { name: publisher.name }),
      content: t("install.distrust-help"),
      okText: t("install.remove"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await call("edition.distrust", { fingerprint: publisher.fingerprint });
        } catch (error) {
          say.failed(error);
        }
      },
    });
  }
  return (
    <li>
      <div className="grow">
        <b>{publisher.name}</b>
        <code>{publisher.fingerprint}</code>
      </div>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t("install.distrust", { name: publisher.name })}
        title={t("install.distrust", { name: publisher.name })}
        onClick={remove}
      />
    </li>
  );
}

function Trust({ done }: { done(): void }) {
  const say = useSay();
  const id = useId();
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<CallFailure>();

  async function trust() {
    setBusy(true);
    setRefused(undefined);
    try {
      const all = await call("edition.trust", { name: name.trim(), key: key.trim() });
      const added = all.at(-1);
      say.done(t("install.trusted", { name: name.trim(), fingerprint: added?.fingerprint ?? "" }));
      done();
    } catch (error) {
      setRefused(error as CallFailure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="install-trust"
      onSubmit={(event) => {
        event.preventDefault();
        void trust();
      }}
    >
      <label htmlFor={`${id}-name`}>{t("install.trust-name")}</label>
      <Input
        id={`${id}-name`}
        value={name}
        autoFocus
        placeholder={t("install.trust-name-hint")}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-key`}>{t("install.trust-key")}</label>
      <Input.TextArea
        id={`${id}-key`}
        value={key}
        autoSize={{ minRows: 2, maxRows: 5 }}
        placeholder={t("install.trust-key-hint")}
        onChange={(event) => setKey(event.target.value)}
      />
      {refused && (
        <p className="bad" role="alert">
          {errorWords(refused)}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={name.trim() === "" || key.trim() === ""}>
          {t("install.trust-do")}
        </Button>
        <Button onClick={done}>{t("part.cancel")}</Button>
      </div>
    </form>
  );
}
