/** What keeps passwords on this system. */
import { t } from "../text";

/** The name that this system gives it. */
export function keyStoreName(agent = navigator.userAgent): string {
  if (agent.includes("Windows")) return t("start.store-windows");
  return agent.includes("Mac OS X") ? t("start.store-mac") : t("start.store-linux");
}
