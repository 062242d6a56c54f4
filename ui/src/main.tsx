import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { language } from "./text";
import "./theme.css";

document.documentElement.lang = language === "en" ? "en" : "zh-CN";
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
