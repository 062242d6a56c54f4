/** A copy of the book: to any place, or for another PC, with what to do there. */
import { App, Button } from "antd";

import { type BookHead, call, chooseSave, handOver } from "../../ipc";
import { dayOf } from "../../parts/dates";
import { sizeWords } from "../../parts/size";
import { useSay } from "../../parts/say";
import { knownNow } from "../../state/clock";
import { t } from "../../text";

export function Elsewhere({ head }: { head: BookHead }) {
  const say = useSay();
  const { modal } = App.useApp();

  async function copy(elsewhere: boolean) {
    const path = await chooseSave(`${head.college.name}-${dayOf(knownNow())}.tianbao`, [
      { name: t("start.book-kind"), extensions: ["tianbao"] },
    ]);
    if (!path) return;
    try {
      const copied = await call("settings.back_up", { path, elsewhere });
      handOver(path);
      if (!elsewhere) return say.done(t("settings.backed-up"));
      const how = {
        password: t("copy.how-password"),
        "recovery-key": t("copy.how-recovery-key"),
        // Nothing else is copied for another PC.
        "this-pc": t("copy.sample"),
      };
      modal.success({
        title: t("copy.done-title"),
        width: 520,
        content: (
          <>
            <p className="path">{t("copy.size", { file: copied.file, size: sizeWords(copied.bytes) })}</p>
            <p>{how[copied.lock]}</p>
            <p className="sub">{t("copy.one")}</p>
          </>
        ),
      });
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <>
      <h2>{t("settings.backup")}</h2>
      <p className="sub">{t("settings.backup-help")}</p>
      <p className="small sub path">{head.path}</p>
      <div className="row">
        <Button onClick={() => void copy(false)}>{t("settings.back-up")}</Button>
        <Button onClick={() => void copy(true)}>{t("copy.elsewhere")}</Button>
      </div>
    </>
  );
}
