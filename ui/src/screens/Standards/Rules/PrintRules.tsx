/** Writing rules to a page that a browser prints: the mandatory ones of the edition, all, or those of one table. */
import { DownOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";

import { call, chooseSave, handOver, type Level } from "../../../ipc";
import { baseName, PAGE } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";

export function PrintRules({ edition, table }: { edition: string | undefined; table: string }) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const name = useCall("standard.tree", { edition: edition ?? null }).data?.edition ?? "";

  async function write(file: string, level: Level, only: string | null) {
    const path = await chooseSave(`${file}.html`, [PAGE]);
    if (!path) return;
    setBusy(true);
    try {
      const printed = await call("standard.print_rules", { edition: edition ?? null, table: only, path, level });
      handOver(path);
      say.done(t("rules.printed", { file: baseName(printed.file), n: printed.rules }));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "mandatory", label: t("rules.print-mandatory") },
          { key: "all", label: t("rules.print-all") },
          { key: "table", label: t("rules.print-table") },
        ],
        onClick: ({ key }) =>
          void (key === "mandatory"
            ? write(t("rules.print-name-mandatory", { name }), "mandatory", null)
            : key === "all"
              ? write(t("rules.print-name", { name }), "hint", null)
              : write(t("rules.print-name", { name: table }), "hint", table)),
      }}
    >
      <Button size="small" icon={<PrinterOutlined />} loading={busy} data-testid="print-rules">
        {t("rules.print")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
