/** Commands of the filling screen that work wherever the focus is: in its panel, its tree or its toolbar. */
import { type Command, nameOf } from "../../grid/keys";

const COMMANDS: Record<string, Command | undefined> = {
  "Ctrl+F": { do: "find" },
  "Ctrl+H": { do: "replace" },
  "Ctrl+G": { do: "go-to" },
  F5: { do: "go-to" },
  F8: { do: "next-finding", back: false },
  "Shift+F8": { do: "next-finding", back: true },
  "Ctrl+PageDown": { do: "table", by: 1 },
  "Ctrl+PageUp": { do: "table", by: -1 },
};

export function fromAnywhere({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): Command | undefined {
  return COMMANDS[nameOf({ key, ctrl: ctrlKey || metaKey, shift: shiftKey, alt: altKey })];
}
