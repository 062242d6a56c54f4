/** What each part of the settings is given. */
import type { Settings } from "../../ipc";

export interface PartProps {
  settings: Settings;
  /** Saves some of the settings; true when it worked. */
  save(part: Partial<Settings>): Promise<boolean>;
}
