/** What the menu of cells does. */
import * as actions from "../../grid/actions";
import type { CellAction } from "./CellMenu";
import type { Commands } from "./useCommands";

export function doCellAction(action: CellAction, commands: Commands) {
  switch (action) {
    case "insert-above":
      return commands.act(async () => commands.insert("before"));
    case "insert-below":
      return commands.act(async () => commands.insert("after"));
    case "duplicate":
      return commands.act(commands.duplicate);
    case "delete":
      return commands.act(commands.remove);
    case "clear":
      return commands.act(actions.clear);
    case "fill-down":
      return commands.act(actions.fillDown);
    case "fill-series":
      return commands.act(actions.fillSeries);
    case "copy":
    case "cut":
      return commands.copy(action === "cut");
    case "paste":
    case "paste-new":
      return commands.putFromClipboard(action === "paste-new");
  }
}
