/** A book that was double-clicked while another one is open: the clerk is asked before it takes its place. */
import { Modal } from "antd";

import { call } from "../ipc";
import { useCall } from "../state/calls";
import { closeBook } from "../state/closing";
import { t } from "../text";
import { useSay } from "./say";
import { useAskClosing } from "./useAskClosing";

/** `open` is the path of the open book. The first screen opens the wanted one as soon as this is closed. */
export function Wanted({ open }: { open: string }) {
  const say = useSay();
  const ask = useAskClosing();
  const path = useCall("start.state", {}).data?.wanted?.path;
  return (
    <Modal
      open={path !== undefined && path !== open}
      width={420}
      title={t("wanted.title")}
      okText={t("wanted.open")}
      cancelText={t("wanted.stay")}
      onOk={() => closeBook(ask).catch(say.failed)}
      onCancel={() => void call("start.decline", {}).catch(say.failed)}
    >
      <p className="path">{t("wanted.words", { path: path ?? "" })}</p>
    </Modal>
  );
}
