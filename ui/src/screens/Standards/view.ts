/** What each view of the standards is given. */
import type { Place } from "../../state/route";

export interface ViewProps {
  place: Place;
}
