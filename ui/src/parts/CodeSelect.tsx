/** Choosing codes in a form: found by name, code, pinyin or initials, like the list in the grid. */
import { Select } from "antd";
import { type ReactNode, useEffect, useState } from "react";

import type { CodeView } from "../ipc";
import { findCodes } from "../state/codes";

interface CodeSelectProps {
  list: string;
  /** Codes of this level are offered first. */
  level?: number | null;
  mode?: "multiple";
  value: string[];
  /** Names of the codes held, where they are known. */
  names?: Record<string, string | undefined>;
  placeholder?: string;
  /** The name for screen readers, where there is no label beside it. */
  label?: string;
  status?: "error" | "warning" | "";
  id?: string;
  onChange(value: string[]): void;
}

export function CodeSelect({
  list,
  level = null,
  mode,
  value,
  names = {},
  placeholder,
  label,
  status,
  id,
  onChange,
}: CodeSelectProps) {
  const [find, setFind] = useState("");
  const [codes, setCodes] = useState<CodeView[]>([]);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return;
    let wanted = true;
    void findCodes(list, find.trim(), level).then(
      (page) => wanted && setCodes(page.codes),
      () => wanted && setCodes([]),
    );
    return () => {
      wanted = false;
    };
  }, [list, level, find, open]);

  // What the field holds must have a label even before the list was opened.
  const missing = value.filter((code) => !codes.some((one) => one.code === code));
  const named = useNames(
    list,
    missing.filter((code) => !names[code]),
  );
  // During a search the codes that the field holds are not offered, so that Enter does not choose one of them.
  const kept = find.trim() === "" ? missing : [];
  const options = [
    ...kept.map((code) => ({ value: code, label: labelOf(code, names[code] ?? named[code]) })),
    ...codes.map((code) => ({
      value: code.code,
      label: labelOf(code.code, code.name),
      title: [...code.path, code.name].join(" › "),
    })),
  ];
  return (
    <Select<string | string[]>
      {...(id ? { id } : {})}
      {...(label ? { "aria-label": label } : {})}
      style={{ width: "100%" }}
      {...(mode ? { mode } : { allowClear: true })}
      showSearch={{ filterOption: false, onSearch: setFind }}
      value={mode ? value : value[0]}
      options={options}
      labelRender={({ value: code, label: known }) => known ?? labelOf(String(code), names[code] ?? named[code])}
      placeholder={placeholder}
      status={status}
      popupMatchSelectWidth={280}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setFind("");
      }}
      onChange={(next) => onChange(Array.isArray(next) ? next : next ? [next] : [])}
    />
  );
}

/** Names of single codes, looked up one by one: a record names the codes of a cell only together. */
function useNames(list: string, codes: string[]): Record<string, string | undefined> {
  const [names, setNames] = useState<Record<string, string | undefined>>({});
  const unnamed = JSON.stringify(codes.filter((code) => names[code] === undefined));
  useEffect(() => {
    let wanted = true;
    for (const code of JSON.parse(unnamed) as string[]) {
      void findCodes(list, code).then(
        (page) => {
          const name = page.codes.find((one) => one.code === code)?.name;
          if (wanted && name !== undefined) setNames((known) => ({ ...known, [code]: name }));
        },
        () => {},
      );
    }
    return () => {
      wanted = false;
    };
  }, [list, unnamed]);
  return names;
}

function labelOf(code: string, name: string | undefined): ReactNode {
  return name ? (
    <>
      {name} <span className="part-code">{code}</span>
    </>
  ) : (
    code
  );
}
