/** The message over a grid whose filter leaves all records out. */
import { useCall } from "../../state/calls";
import { t } from "../../text";

export function NoMatch({ table }: { table: string }) {
  const rows = useCall("home.counts", { tables: [table] }).data?.[0]?.rows ?? 0;
  return <p className="fill-no-match">{rows === 0 ? t("fill.empty-table") : t("fill.empty-view", { n: rows })}</p>;
}
