/** The editions at hand, one below the other. */
import { DeleteOutlined, ExportOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";

import { call, type CallFailure, chooseSave, type EditionSummary, handOver, type PublisherView } from "../../../ipc";
import { Shown } from "../../../parts";
import { baseName, WORKBOOK } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { toHash } from "../../../state/route";
import { errorWords, t } from "../../../text";
import { inOrder } from "../editions";
import { Counts } from "./Counts";

export function Editions() {
  const answer = useCall("standard.editions", {});
  const mine = useCall("book.head", {}).data?.edition;
  const publishers = useCall("edition.publishers", {}).data ?? [];
  return (
    <section className="card install-editions" aria-label={t("install.editions")}>
      <h2>
        {t("install.editions")}
        <span>{t("install.editions-help")}</span>
      </h2>
      <Shown answer={answer}>
        {(editions) => (
          <ul>
            {inOrder(editions, mine).map((edition) => (
              <Edition key={edition.id} edition={edition} mine={edition.id === mine} publishers={publishers} />
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function Edition({
  edition,
  mine,
  publishers,
}: {
  edition: EditionSummary;
  mine: boolean;
  publishers: PublisherView[];
}) {
  const say = useSay();
  const { modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<CallFailure>();
  const builtin = edition.origin === "builtin";

  async function write() {
    const path = await chooseSave(`${t("install.definition-name", { id: edition.id })}.xlsx`, [WORKBOOK]);
    if (!path) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const { file, sheets } = await call("edition.export_definition", { edition: edition.id, path });
      handOver(path);
      say.done(t("install.definition-written", { file: baseName(file), n: sheets }));
    } catch (error) {
      setRefused(error as CallFailure);
    } finally {
      setBusy(false);
    }
  }

  function remove() {
    setRefused(undefined);
    modal.confirm({
      title: t("install.remove-ask", { title: edition.title }),
      content: t("install.remove-help"),
      okText: t("install.remove"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await call("edition.remove", { id: edition.id });
          say.done(t("install.removed", { title: edition.title }));
        } catch (error) {
          setRefused(error as CallFailure);
        }
      },
    });
  }

  return (
    <li data-edition={edition.id}>
      <div className="grow">
        <h3>
          {edition.problem ? (
            edition.title
          ) : (
            <a href={toHash({ screen: "standards", edition: mine ? undefined : edition.id })}>{edition.title}</a>
          )}
          {mine && <span className="pill is-mine">{t("install.mine")}</span>}
        </h3>
        <p className="sub small install-facts">
          <span>{edition.id}</span>
          {edition.level && <span>{edition.level}</span>}
          {edition.issued && <span>{t("install.issued-at", { month: edition.issued })}</span>}
          {edition.revision && <span>{t("install.revision-n", { revision: edition.revision })}</span>}
          <span>{origin(edition, publishers)}</span>
        </p>
        {edition.problem ? (
          <p className="bad">{t("install.problem", { problem: errorWords(edition.problem) })}</p>
        ) : (
          <Counts of={edition} />
        )}
        {refused && (
          <p className="bad" role="alert">
            {errorWords(refused)}
          </p>
        )}
      </div>
      <div className="install-doing">
        <Button
          icon={<ExportOutlined aria-hidden />}
          loading={busy}
          disabled={edition.problem !== null}
          title={t("install.export-help")}
          aria-label={t("install.export-of", { title: edition.title })}
          onClick={() => void write()}
        >
          {t("install.export")}
        </Button>
        {!builtin && (
          <Button
            icon={<DeleteOutlined aria-hidden />}
            disabled={mine}
            title={mine ? t("install.remove-mine") : ""}
            aria-label={t("install.remove-of", { title: edition.title })}
            onClick={remove}
          >
            {t("install.remove")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Where it came from; the fingerprint only where a single trusted key has the name of the publisher. */
function origin(edition: EditionSummary, publishers: PublisherView[]): string {
  if (edition.origin === "builtin") return t("install.origin-builtin");
  if (edition.origin === "definition") return t("install.origin-definition");
  if (!edition.publisher) return t("install.origin-package");
  const [one, other] = publishers.filter(({ name }) => name === edition.publisher);
  return one && !other
    ? t("install.origin-signed", { publisher: edition.publisher, fingerprint: one.fingerprint })
    : t("install.origin-published", { publisher: edition.publisher });
}
