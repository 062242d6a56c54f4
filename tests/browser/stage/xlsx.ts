/** A workbook that the program wrote, changed as a spreadsheet program would leave it. */
import { readFileSync, writeFileSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";

const PART = "xl/worksheets/sheet1.xml";

interface Entry {
  name: string;
  bytes: Buffer;
}

/** The parts of an archive, by its central directory. */
function entries(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const found: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [number, number, number];
    const name = archive.toString("utf8", at + 46, at + 46 + lengths[0]);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(from, from + packed);
    found.push({ name, bytes: method === 0 ? Buffer.from(bytes) : inflateRawSync(bytes) });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return found;
}

/** An archive of these parts, none of them packed. */
function archive(parts: Entry[]): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, bytes } of parts) {
    const title = Buffer.from(name, "utf8");
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(at, 10);
    const body = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, title, bytes]);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, more, title);
    bodies.push(body);
    at += body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

/** Writes texts into cells of the first sheet (such as `B3`; an empty text empties it), and takes rows out. */
export function change(path: string, cells: Record<string, string>, without: number[] = []): void {
  const parts = entries(readFileSync(path));
  const part = parts.find((one) => one.name === PART);
  if (!part) throw new Error(`no ${PART} in ${path}`);
  let xml = part.bytes.toString("utf8");
  for (const [cell, text] of Object.entries(cells)) {
    const old = new RegExp(`<c r="${cell}"[^>]*?(/>|>.*?</c>)`);
    if (!old.test(xml)) throw new Error(`no cell ${cell}`);
    const now = text === "" ? `<c r="${cell}"/>` : `<c r="${cell}" t="inlineStr"><is><t>${text}</t></is></c>`;
    xml = xml.replace(old, now);
  }
  for (const row of without) xml = xml.replace(new RegExp(`<row r="${row}"[^>]*>.*?</row>`, "s"), "");
  part.bytes = Buffer.from(xml, "utf8");
  writeFileSync(path, archive(parts));
}

/** The column letter of a heading in the template's row of headings. */
export function columnOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnOf(Math.floor(index / 26) - 1) + columnOf(index % 26);
}
