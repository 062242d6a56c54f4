/** Writing rules to a page that a browser prints: the mandatory ones of the edition, all, or those of one table. */
import { DownOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";

import { call, type Level } from "../../../ipc";
import { baseName, PAGE } from "../../../parts/files";
import { useWriting } from "../../../parts/writing";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";

export function PrintRules({ edition, table }: { edition: string | undefined; table: string }) {
  const { busy, write } = useWriting();
  const name = useCall("standard.tree", { edition: edition ?? null }).data?.edition ?? "";

  const print = (file: string, level: Level, only: string | null) =>
    write(`${file}.html`, PAGE, async (path) => {
      const printed = await call("standard.print_rules", { edition: edition ?? null, table: only, path, level });
      return t("rules.printed", { file: baseName(printed.file), n: printed.rules });
    });

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
            ? print(t("rules.print-name-mandatory", { name }), "mandatory", null)
            : key === "all"
              ? print(t("rules.print-name", { name }), "hint", null)
              : print(t("rules.print-name", { name: table }), "hint", table)),
      }}
    >
      <Button size="small" icon={<PrinterOutlined aria-hidden />} loading={busy} data-testid="print-rules">
        {t("rules.print")} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
