/** The backups that the program makes by itself: the list, one by hand, and restoring one. */
import { Button, Modal, Table } from "antd";
import { useState } from "react";

import { type BackupList, type BackupView, call, type RestorePreview } from "../../ipc";
import { Shown } from "../../parts";
import { momentWords } from "../../parts/dates";
import { sizeWords } from "../../parts/size";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { errorWords, t } from "../../text";

export function Backups() {
  const say = useSay();
  const answer = useCall("backup.list", {});
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<RestorePreview>();

  async function make() {
    setBusy(true);
    try {
      await call("backup.make", {});
      say.done(t("settings.backed-up"));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
      answer.reload();
    }
  }

  async function ask(backup: BackupView) {
    try {
      setAsked(await call("backup.preview", { path: backup.path }));
    } catch (error) {
      say.failed(error);
    }
  }

  async function restore(preview: RestorePreview) {
    try {
      await call("backup.restore", { path: preview.path });
      setAsked(undefined);
      say.done(t("backup.restored"));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <Shown answer={answer}>
      {(list) => (
        <>
          <p className="sub">{list.by_itself ? t("backup.rule") : t("backup.none-by-itself")}</p>
          {list.problem && <p className="settings-warn">{errorWords(list.problem)}</p>}
          <List list={list} ask={(backup) => void ask(backup)} />
          <div className="row">
            <Button onClick={() => void make()} loading={busy}>
              {t("backup.make")}
            </Button>
            {list.bytes > 0 && (
              <span className="small sub path grow">
                {t("backup.folder", { folder: list.folder, size: sizeWords(list.bytes) })}
              </span>
            )}
          </div>
          {asked && <Restore preview={asked} restore={() => restore(asked)} close={() => setAsked(undefined)} />}
        </>
      )}
    </Shown>
  );
}

function List({ list, ask }: { list: BackupList; ask(backup: BackupView): void }) {
  if (list.backups.length === 0) return <p>{t("backup.empty")}</p>;
  return (
    <Table<BackupView>
      size="small"
      rowKey="path"
      dataSource={list.backups}
      pagination={list.backups.length > 8 ? { pageSize: 8, size: "small", showSizeChanger: false } : false}
      className="settings-backups"
      columns={[
        { title: t("backup.at"), dataIndex: "at", render: (at: string) => momentWords(at) },
        {
          title: t("backup.reason"),
          dataIndex: "occasion",
          render: (occasion: BackupView["occasion"]) => t(`backup.${occasion}`),
        },
        { title: t("backup.size"), dataIndex: "bytes", align: "right", render: (bytes: number) => sizeWords(bytes) },
        {
          key: "restore",
          align: "right",
          render: (_, backup) => (
            <Button size="small" type="link" onClick={() => ask(backup)}>
              {t("backup.restore")}
            </Button>
          ),
        },
      ]}
    />
  );
}

interface RestoreProps {
  preview: RestorePreview;
  restore(): Promise<void>;
  close(): void;
}

/** Shows what would be lost before a backup is restored. */
function Restore({ preview, restore, close }: RestoreProps) {
  const [busy, setBusy] = useState(false);
  const at = momentWords(preview.at);
  async function go() {
    setBusy(true);
    await restore();
    setBusy(false);
  }
  return (
    <Modal
      open
      width={560}
      title={t("backup.restore-title", { at })}
      okText={t("backup.restore-ok")}
      okButtonProps={{ danger: true, disabled: preview.under_way > 0 }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={close}
    >
      {preview.under_way > 0 && <p className="settings-warn">{t("backup.open-batches", { n: preview.under_way })}</p>}
      <p>{preview.steps === 0 ? t("backup.loses-nothing") : t("backup.loses", { n: preview.steps })}</p>
      {preview.shown.length > 0 && (
        <ul className="settings-lost scroll" tabIndex={0} aria-label={t("backup.lost")}>
          {preview.shown.map((step) => (
            <li key={step.step}>
              {momentWords(step.at)}　{t(`step.${step.kind}`)}　{t("backup.rows", { n: step.rows })}
              {step.who && `　${step.who}`}
            </li>
          ))}
        </ul>
      )}
      {preview.batches > 0 && (
        <p className="settings-warn">{t("backup.loses-batches", { n: preview.batches, rows: preview.sent_rows })}</p>
      )}
      <p className="sub">{t("backup.kept")}</p>
    </Modal>
  );
}
