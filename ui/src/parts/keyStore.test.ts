import { expect, test } from "vitest";

import { keyStoreName } from "./keyStore";

test("each system has its own name for it", () => {
  expect(keyStoreName("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36")).toBe("Windows 凭据管理器");
  expect(keyStoreName("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15")).toBe(
    "系统密码库（Keychain）",
  );
  expect(keyStoreName("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15")).toBe("系统密钥环");
});
