/** What a saved source is before anybody has said anything about it, and how its place is written. */
import type { Source, SourceKind, SourceView } from "../../ipc";

export const KINDS: SourceKind[] = ["file", "folder", "sqlite", "postgres", "mysql", "odbc"];

/** Kinds that are asked over a network by name of server and database. */
export function hasServer(kind: SourceKind): kind is "postgres" | "mysql" {
  return kind === "postgres" || kind === "mysql";
}

/** Kinds that are asked with a query. */
export function hasQuery(kind: SourceKind): boolean {
  return kind !== "file" && kind !== "folder";
}

export const NEW_SOURCE: SourceView = {
  source: {
    name: "",
    kind: "file",
    table: "",
    path: "",
    host: "",
    port: 0,
    database: "",
    user: "",
    protection: "verified",
    query: "",
    seconds: 300,
    columns: {},
    codes: {},
  },
  table_title: null,
  has_password: false,
  last: null,
};

/** Where a source is, without its account. */
export function placeOf(source: Source): string {
  if (!hasServer(source.kind)) return source.path;
  return `${source.host}${source.port ? `:${source.port}` : ""} / ${source.database}`;
}

/** The columns with one of them read as another; one that takes the place of an earlier one takes it away there. */
export function withColumn(columns: Source["columns"], heading: string, column: string | undefined): Source["columns"] {
  const others = Object.entries(columns).filter(
    ([own, target]) => own !== heading && (target === "" || target !== column),
  );
  return Object.fromEntries(column === undefined ? others : [...others, [heading, column]]);
}

/** The conversion tables with one code changed; without a code of the standard its entry goes. */
export function withCode(
  codes: Source["codes"],
  column: string,
  own: string,
  code: string | undefined,
): Source["codes"] {
  const { [own]: _, ...others } = codes[column] ?? {};
  const entries = code === undefined ? others : { ...others, [own]: code };
  const { [column]: __, ...rest } = codes;
  return Object.keys(entries).length === 0 ? rest : { ...rest, [column]: entries };
}
