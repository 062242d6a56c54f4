/** The last move of the book: what it was, what is kept aside, and the button that takes it back. */
import { App, Button } from "antd";

import { type AsideCounts, call, type MovedBook } from "../../../ipc";
import { baseName } from "../../../parts/files";
import { momentWords } from "../../../parts/dates";
import { useSay } from "../../../parts/say";
import { count, errorWords, t } from "../../../text";

export function Moved({ moved, aside, look }: { moved: MovedBook; aside: AsideCounts; look(): void }) {
  const say = useSay();
  const { modal } = App.useApp();

  function takeBack() {
    modal.confirm({
      title: t("migration.ask-take-back", { from: moved.from_name }),
      content: t("migration.ask-take-back-help"),
      okText: t("migration.take-back"),
      onOk: async () => {
        try {
          const back = await call("migration.take_back", {});
          say.done(t("migration.taken-back", { from: moved.from_name, file: baseName(back.moved_file) }));
        } catch (error) {
          say.failed(error);
        }
      },
    });
  }

  return (
    <section className="card migration-moved">
      <div className="grow">
        <h2>{t("migration.moved", { from: moved.from_name, to: moved.to_name })}</h2>
        <p className="sub">
          {t("migration.moved-when", { at: momentWords(moved.at), who: moved.who || t("migration.nobody") })}
          {t("migration.moved-copy", { file: baseName(moved.copy) })}
        </p>
        {aside.cells > 0 && (
          <p>
            {t("migration.aside", { tables: aside.tables, records: count(aside.records), cells: count(aside.cells) })}
          </p>
        )}
        {!moved.can_take_back && moved.why_not && <p className="warn">{errorWords(moved.why_not)}</p>}
      </div>
      <div className="row">
        <Button type="primary" href="#/check">
          {t("migration.see-findings")}
        </Button>
        {aside.cells > 0 && <Button onClick={look}>{t("migration.look-aside")}</Button>}
        <Button disabled={!moved.can_take_back} onClick={takeBack}>
          {t("migration.take-back")}
        </Button>
      </div>
    </section>
  );
}
