/** Writing the specification of a table, of its subset, or of the whole edition to a workbook that can be printed. */
import { DownOutlined, ExportOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";

import { call, chooseSave, handOver, type TableSpec } from "../../../ipc";
import { baseName, WORKBOOK } from "../../../parts/files";
import { useSay } from "../../../parts/say";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";

export function Specification({ spec, edition }: { spec: TableSpec; edition: string | undefined }) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const tree = useCall("standard.tree", { edition: edition ?? null }).data;
  const subset = tree?.subsets.find(({ tables }) => tables.some(({ table }) => table === spec.table));

  async function write(name: string, tables: string[]) {
    const path = await chooseSave(`${t("standards.specification-name", { name })}.xlsx`, [WORKBOOK]);
    if (!path) return;
    setBusy(true);
    try {
      const { file } = await call("standard.specification", { edition: edition ?? null, tables, path });
      handOver(path);
      say.done(t("standards.specification-written", { file: baseName(file) }));
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
          { key: "table", label: t("standards.specification-table") },
          {
            key: "subset",
            label: subset && t("standards.specification-subset", { name: subset.title, n: subset.tables.length }),
            disabled: !subset,
          },
          { key: "edition", label: t("standards.specification-edition") },
        ],
        onClick: ({ key }) =>
          void (key === "table"
            ? write(spec.short_title, [spec.table])
            : key === "subset"
              ? write(subset?.title ?? "", subset?.tables.map(({ table }) => table) ?? [])
              : write(tree?.edition ?? "", [])),
      }}
    >
      <Button icon={<ExportOutlined />} loading={busy} data-testid="specification">
        {t("standards.specification")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
