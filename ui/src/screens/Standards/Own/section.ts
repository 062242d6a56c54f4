/** What each section of the additions is given. */
import type { Overlay } from "../../../ipc";
import type { Additions } from "./useOverlay";

export interface SectionProps {
  overlay: Overlay;
  additions: Additions;
  /** Titles of tables, by name. */
  titles: ReadonlyMap<string, string>;
  /** What has no place in the edition, by part. */
  problems: ReadonlyMap<string, string>;
}
