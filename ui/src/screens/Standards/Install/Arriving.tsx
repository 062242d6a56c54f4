/** The edition of a chosen file, or why it cannot be installed. */
import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Button } from "antd";

import type { EditionPreview } from "../../../ipc";
import { Waiting } from "../../../parts";
import { baseName } from "../../../parts/files";
import { errorWords, t } from "../../../text";
import { Counts } from "./Counts";
import type { Arrival, Kind } from "./useArrival";

export function Arriving({ arrival }: { arrival: Arrival }) {
  const { step, kind } = arrival;
  if (step.at === "idle") return null;
  if (step.at === "reading")
    return (
      <section className="card install-arriving" aria-busy>
        <Waiting />
      </section>
    );
  if (step.at === "refused") {
    const stranger = step.error.code === "parcel.unknown-publisher";
    return (
      <section className="card install-arriving is-refused" role="alert" data-testid="refused">
        <h2>
          <CloseCircleFilled className="bad" aria-hidden />
          {t("install.refused", { file: baseName(step.path) })}
        </h2>
        <p>{errorWords(step.error)}</p>
        <p className="sub">{stranger ? t("install.refused-stranger") : t("install.refused-safe")}</p>
        <div className="row">
          <Button onClick={() => void arrival.again()}>{t("install.again")}</Button>
          <Button onClick={() => void arrival.choose(kind)}>{t("install.other-file")}</Button>
          <Button type="text" onClick={arrival.leave}>
            {t("part.close")}
          </Button>
        </div>
      </section>
    );
  }
  if (step.at === "installed")
    return (
      <section className="card install-arriving" role="status" data-testid="installed">
        <h2>
          <CheckCircleFilled className="ok" aria-hidden />
          {t("install.installed", { title: step.edition.title })}
        </h2>
        <p className="sub">{t("install.installed-help")}</p>
        <div className="row">
          <Button type="text" onClick={arrival.leave}>
            {t("part.close")}
          </Button>
        </div>
      </section>
    );
  const { preview } = step;
  return (
    <section className="card install-arriving" data-testid="arriving">
      <h2>
        {preview.title}
        <span>{baseName(step.path)}</span>
      </h2>
      <dl>
        <Fact title={t("install.id")}>{preview.id}</Fact>
        <Fact title={t("install.level")}>{preview.level}</Fact>
        <Fact title={t("install.issued")}>{preview.issued}</Fact>
        <Fact title={t("install.revision")}>{preview.revision}</Fact>
      </dl>
      <Counts of={preview} />
      <p>
        {kind === "package" && preview.publisher
          ? t("install.signed-by", { publisher: preview.publisher })
          : t("install.unsigned-help")}
      </p>
      {preview.fingerprint && (
        <p className="sub small">
          {t("install.fingerprint")} <code>{preview.fingerprint}</code>
        </p>
      )}
      <p className={preview.replaces ? "warn" : "sub"}>{replaced(preview, kind)}</p>
      <div className="row">
        <Button
          type="primary"
          loading={step.at === "installing"}
          onClick={() => void arrival.install()}
          data-testid="install"
        >
          {preview.replaces ? t("install.replace") : t("install.install")}
        </Button>
        <Button disabled={step.at === "installing"} onClick={arrival.leave}>
          {t("part.cancel")}
        </Button>
      </div>
    </section>
  );
}

function replaced(preview: EditionPreview, kind: Kind): string {
  if (preview.replaces === null) return t("install.is-new");
  if (preview.replaces === preview.revision && kind === "definition")
    return t("install.replaces-same", { revision: preview.replaces });
  return t("install.replaces", { old: preview.replaces, new: preview.revision });
}

function Fact({ title, children }: { title: string; children: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
