/**
 * The views of the screen, in the order of their switch. A view is added by one line; its title stands in
 * text/standards.json under `standards.view-NAME`. The first one is shown where the address names none.
 */
import { type ComponentType, lazy } from "react";

import type { Place } from "../../state/route";
import { Browse } from "./Browse";
import { CompareTools } from "./Compare/CompareTools";
import { EditionTools } from "./EditionTools";
import { QualityTools } from "./Quality/QualityTools";
import type { ViewProps } from "./view";

export interface View {
  name: string;
  /** The content of the screen below the head. */
  Screen: ComponentType<ViewProps>;
  /** Controls at the right of the head. */
  Tools?: ComponentType<ViewProps>;
}

export const VIEWS: [View, ...View[]] = [
  { name: "browse", Screen: Browse, Tools: EditionTools },
  { name: "compare", Screen: lazy(() => import("./Compare")), Tools: CompareTools },
  { name: "quality", Screen: lazy(() => import("./Quality")), Tools: QualityTools },
  { name: "migration", Screen: lazy(() => import("./Migration")) },
  { name: "own", Screen: lazy(() => import("./Own")) },
  { name: "install", Screen: lazy(() => import("./Install")) },
];

/** The view that an address means: `#/standards/NAME`, and browsing for a table or a code list. */
export function viewOf(place: Place): View {
  return VIEWS.find((view) => view.name === place.what) ?? VIEWS[0];
}
