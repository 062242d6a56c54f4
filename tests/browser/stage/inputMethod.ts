/**
 * The machine that types Chinese as an input method does: its words, the ways in which a word ends, what happens while
 * it is composed, and its keys.
 */
import type { CDPSession, Page } from "@playwright/test";

/** Letters and the word that is taken for them. */
export const WORDS = [
  ["weilai", "未来"],
  ["gongsi", "公司"],
  ["chongqing", "重庆"],
  ["lv", "绿"],
  ["zhineng", "智能"],
  ["jishu", "技术"],
  ["shixi", "实习"],
  ["kuaiji", "会计"],
] as const;

/** How a word ends, and what happens while it is being composed: each with each is a scenario, 60 in all. */
export const ENDS = ["candidate", "digit", "raw", "cancelled", "blurred", "two-words"] as const;
export const MEANWHILE = [
  "nothing",
  "wheel",
  "other-record",
  "same-record",
  "delete-above",
  "insert-above",
  "backspace",
  "edit-first",
  "quick",
  "resized",
] as const;

/** Numbers that only depend on the seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The keys of an input method, counted. */
export function keyboard(page: Page, session: CDPSession) {
  const eaten = { windowsVirtualKeyCode: 229, key: "Process", code: "" };
  const state = { pressed: 0, text: "" };
  const press = async () => {
    state.pressed += 1;
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...eaten });
  };
  const release = () => session.send("Input.dispatchKeyEvent", { type: "keyUp", ...eaten });
  const compose = async (text: string) => {
    state.text = text;
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  };
  return {
    state,
    async letter(letter: string) {
      await press();
      await compose(state.text + letter);
      await release();
    },
    async backspace() {
      await press();
      await compose(state.text.slice(0, -1));
      await release();
    },
    async take(text: string) {
      await press();
      await session.send("Input.insertText", { text });
      state.text = "";
      await release();
    },
    async cancel() {
      await press();
      await compose("");
      await release();
    },
    async plain(key: string) {
      state.pressed += 1;
      await page.keyboard.press(key);
    },
  };
}
