/** Whether a table can be sent as it stands. */
import type { TableCounts } from "../ipc";

/** Whether a table is filled and has nothing that keeps it from being sent. */
export function isReady(table: Omit<TableCounts, "waiting_rules">): boolean {
  const { mandatory, confirm } = table.findings;
  return table.rows > 0 && table.complete >= 1 && mandatory + confirm === 0;
}
