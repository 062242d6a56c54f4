/** Light and dark, text size, and the component library's measures. */
import { theme as antd, type ThemeConfig } from "antd";
import { useEffect, useSyncExternalStore } from "react";

import type { Theme } from "../ipc";

export interface Looks {
  dark: boolean;
  /** Base text size in px, 14 to 20. */
  size: number;
}

function media(query: string) {
  const list = window.matchMedia(query);
  return {
    subscribe: (changed: () => void) => {
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    now: () => list.matches,
  };
}

const prefersDark = media("(prefers-color-scheme: dark)");
const prefersStill = media("(prefers-reduced-motion: reduce)");

/** The colours that follow from the settings and the system. */
export function useLooks(theme: Theme | undefined, size: number | undefined): Looks {
  const systemDark = useSyncExternalStore(prefersDark.subscribe, prefersDark.now);
  const looks = {
    dark: theme === "dark" || (theme !== "light" && systemDark),
    size: Math.min(20, Math.max(14, size || 14)),
  };
  useEffect(() => {
    document.documentElement.dataset.theme = looks.dark ? "dark" : "light";
    document.documentElement.style.setProperty("--text", `${looks.size}px`);
  }, [looks.dark, looks.size]);
  return looks;
}

/**
 * The component library's theme. The compact algorithm makes text 2 px and controls 4 px smaller than the seed says.
 */
export function antdTheme({ dark, size }: Looks): ThemeConfig {
  const hover = dark ? "#85b6fa" : "#0f4fae";
  return {
    algorithm: [dark ? antd.darkAlgorithm : antd.defaultAlgorithm, antd.compactAlgorithm],
    components: {
      // The colour of the library for hovered text is too light to be read on white.
      Button: { defaultHoverColor: hover, defaultHoverBorderColor: hover },
      // The accent colour is too dark for text on a dark background.
      ...(dark ? { Tabs: { itemSelectedColor: "#74b0ff", itemHoverColor: hover, inkBarColor: "#5b9bf5" } } : {}),
    },
    token: {
      colorPrimary: "#1668dc",
      colorInfo: "#1668dc",
      colorError: "#cf1322",
      colorBgLayout: dark ? "#1a1c1f" : "#f7f8fa",
      ...(dark ? { colorBgContainer: "#212428", colorBgElevated: "#2a2e33" } : {}),
      colorLink: dark ? "#74b0ff" : "#1668dc",
      colorLinkHover: hover,
      colorLinkActive: hover,
      colorTextPlaceholder: dark ? "#9aa0a8" : "#6b717a",
      colorTextDescription: dark ? "#a3a9b1" : "#646a73",
      fontFamily: "inherit",
      fontSize: size + 2,
      controlHeight: 33 + (size - 14) * 2,
      borderRadius: 6,
      motion: !prefersStill.now(),
      motionDurationSlow: "0.14s",
      motionDurationMid: "0.12s",
      motionDurationFast: "0.08s",
    },
  };
}
