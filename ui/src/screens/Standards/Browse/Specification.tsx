/** Writing the specification of a table, of its subset, or of the whole edition to a workbook that can be printed. */
import { DownOutlined, ExportOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";

import { call, type TableSpec } from "../../../ipc";
import { baseName, WORKBOOK } from "../../../parts/files";
import { useWriting } from "../../../parts/writing";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";

export function Specification({ spec, edition }: { spec: TableSpec; edition: string | undefined }) {
  const { busy, write } = useWriting();
  const tree = useCall("standard.tree", { edition: edition ?? null }).data;
  const subset = tree?.subsets.find(({ tables }) => tables.some(({ table }) => table === spec.table));

  const specify = (name: string, tables: string[]) =>
    write(`${t("standards.specification-name", { name })}.xlsx`, WORKBOOK, async (path) => {
      const { file } = await call("standard.specification", { edition: edition ?? null, tables, path });
      return t("standards.specification-written", { file: baseName(file) });
    });

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
            ? specify(spec.short_title, [spec.table])
            : key === "subset"
              ? specify(subset?.title ?? "", subset?.tables.map(({ table }) => table) ?? [])
              : specify(tree?.edition ?? "", [])),
      }}
    >
      <Button icon={<ExportOutlined aria-hidden />} loading={busy} data-testid="specification">
        {t("standards.specification")} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
