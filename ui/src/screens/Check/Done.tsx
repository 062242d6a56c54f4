/** What the last correction did, with a button that takes it back. It stays until the next one. */
import { Button } from "antd";
import { useState } from "react";

import { call, type Mended } from "../../ipc";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { saving } from "../../state/saving";
import { bookName, tableName, tookBack } from "../../state/steps";
import { t } from "../../text";

export function Done({ mended, forget }: { mended: Mended; forget(): void }) {
  const say = useSay();
  const head = useCall("book.head", {}).data;
  const [busy, setBusy] = useState(false);

  async function takeBack() {
    if (mended.step === null) return;
    setBusy(true);
    try {
      await saving(call("fill.undo", { count: 1, step: mended.step }));
      for (const table of mended.tables) if (head) tookBack(tableName(bookName(head), table), mended.step, true);
      say.note(t("check.taken-back", { n: mended.cells }), "step");
      forget();
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="check-done" role="status">
      <span className="grow">
        {t(mended.cells > 0 ? "check.mended" : "check.mended-none", { n: mended.cells, rows: mended.rows })}
        {mended.left > 0 && <span className="sub"> {t("check.mended-left", { n: mended.left })}</span>}
      </span>
      {mended.step !== null && (
        <Button size="small" loading={busy} onClick={() => void takeBack()}>
          {t("check.take-back")}
        </Button>
      )}
      <Button size="small" type="text" onClick={forget}>
        {t("check.close")}
      </Button>
    </div>
  );
}
