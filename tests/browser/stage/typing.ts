/** Typing as a Chinese input method does it, with real composition events. */
import type { Page } from "@playwright/test";

/**
 * Types letters that compose a word and then takes the candidate, by the browser's own input method interface:
 * compositionstart, compositionupdate for each letter, compositionend with the word.
 */
export async function compose(page: Page, letters: string, word: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (let length = 1; length <= letters.length; length++) {
    const text = letters.slice(0, length);
    // The key that an input method eats arrives as 229 before the composition moves on.
    await session.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      windowsVirtualKeyCode: 229,
      key: "Process",
      code: "",
    });
    await session.send("Input.imeSetComposition", { text, selectionStart: length, selectionEnd: length });
    await session.send("Input.dispatchKeyEvent", {
      type: "keyUp",
      windowsVirtualKeyCode: 229,
      key: "Process",
      code: "",
    });
  }
  await session.send("Input.insertText", { text: word });
  await session.detach();
}
