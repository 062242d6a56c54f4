/** A new password of a book, typed twice: 8 characters at least. The form gets it as `passphrase` and `again`. */
import { Form, Input } from "antd";

import { t } from "../text";

const LEAST = 8;

export function NewPassword({ label }: { label: string }) {
  return (
    <div className="part-two">
      <Form.Item
        name="passphrase"
        label={label}
        rules={[{ required: true, min: LEAST, message: t("start.need-passphrase") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("start.again")}
        dependencies={["passphrase"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("passphrase")
                ? Promise.resolve()
                : Promise.reject(new Error(t("start.need-same"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </div>
  );
}
