import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page is served by the window's own protocol or by the loopback bridge, both from the root.
// Windows 10's WebView2 keeps itself current; WebKitGTK 4.1 of Debian 12 and UOS sets the lower limit.
export default defineConfig({
  plugins: [react()],
  build: {
    target: ["chrome105", "safari15"],
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
});
