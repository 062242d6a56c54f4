/** A move that the open book can make: its preview, and the one button that makes it. */
import { Alert, App, Button } from "antd";
import { useEffect, useState } from "react";

import { call, type MigrationOffer, type MigrationPreview } from "../../../ipc";
import { WorkBar } from "../../../parts";
import { baseName } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useJob } from "../../../state/jobs";
import { saving } from "../../../state/saving";
import { count, errorWords, t } from "../../../text";
import { Numbers } from "./Numbers";
import { Tables } from "./Tables";

export function Offer({ offer }: { offer: MigrationOffer }) {
  const say = useSay();
  const { modal } = App.useApp();
  const job = useJob();
  const { run } = job;
  const [preview, setPreview] = useState<MigrationPreview>();

  useEffect(() => {
    let wanted = true;
    run((number) => call("migration.preview", { to: offer.to, job: number })).then(
      (answer) => wanted && setPreview(answer),
      say.failed,
    );
    return () => {
      wanted = false;
    };
  }, [offer.to, run, say]);

  async function move() {
    try {
      const done = await saving(run((number) => call("migration.run", { to: offer.to, job: number })));
      const { mandatory, confirm } = done.findings;
      say.done(t("migration.done", { to: offer.to_name, mandatory: count(mandatory), confirm: count(confirm) }));
    } catch (error) {
      say.failed(error);
    }
  }

  function ask({ copy, counts }: MigrationPreview) {
    modal.confirm({
      title: t("migration.ask", { from: offer.from_name, to: offer.to_name }),
      content: (
        <ul className="migration-promises">
          <li>{t("migration.ask-copy", { file: baseName(copy) })}</li>
          <li>{t("migration.ask-nothing-lost", { aside: count(counts.aside) })}</li>
          <li>{t("migration.ask-check", { hand: count(counts.hand) })}</li>
          <li>{t("migration.ask-back")}</li>
        </ul>
      ),
      width: 560,
      okText: t("migration.move"),
      onOk: () => void move(),
    });
  }

  return (
    <>
      <header className="migration-head">
        <div className="grow">
          <h2>{t("migration.title", { from: offer.from_name, to: offer.to_name })}</h2>
          <p className="sub">{t("migration.help")}</p>
        </div>
        {job.running ? (
          <div className="migration-work">
            <WorkBar job={job} />
          </div>
        ) : (
          <Button
            type="primary"
            size="large"
            disabled={!preview || preview.blocked !== null}
            onClick={() => preview && ask(preview)}
            data-testid="move"
          >
            {t("migration.move-now", { to: offer.to_name })}
          </Button>
        )}
      </header>
      {preview?.blocked && (
        <Alert type="warning" showIcon title={t("migration.blocked")} description={errorWords(preview.blocked)} />
      )}
      {preview && (
        <>
          <Numbers counts={preview.counts} />
          <Tables tables={preview.tables} />
        </>
      )}
    </>
  );
}
