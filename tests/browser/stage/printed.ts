/** A printed page, looked at with poppler (pdftoppm, pdftotext): its pages as pictures, and where its words stand. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Printed {
  /** Pages that have any ink. */
  pages: number;
  /** Words that stand less than 5 mm from an edge of their page, or outside of it. */
  outside: string[];
  text: string;
}

/** Whether poppler is on this machine. */
export const canPrint = () => spawnSync("pdftoppm", ["-v"]).error === undefined;

/** Margin that printers leave, in points. */
const MARGIN = 14;

export function printed(pdf: string): Printed {
  const folder = dirname(pdf);
  const run = (program: string, words: string[]) => {
    const ran = spawnSync(program, words, { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`${program}: ${ran.stderr}`);
    return ran.stdout;
  };
  run("pdftoppm", ["-r", "40", "-gray", pdf, join(folder, "printed")]);
  const pictures = readdirSync(folder).filter((name) => /^printed.*\.pgm$/.test(name));
  const inked = pictures.filter((name) => {
    // Behind the head each byte is a point.
    return readFileSync(join(folder, name))
      .subarray(20)
      .some((grey) => grey < 128);
  });
  const boxes = run("pdftotext", ["-bbox", pdf, "-"]);
  const outside: string[] = [];
  let size = { width: 0, height: 0 };
  for (const line of boxes.split("\n")) {
    const page = /<page width="([\d.]+)" height="([\d.]+)"/.exec(line);
    if (page) size = { width: Number(page[1]), height: Number(page[2]) };
    const word = /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</.exec(line);
    if (!word) continue;
    const [left, top, right, bottom] = word.slice(1, 5).map(Number) as [number, number, number, number];
    if (left < MARGIN || top < MARGIN || right > size.width - MARGIN || bottom > size.height - MARGIN)
      outside.push(word[5] ?? "");
  }
  return { pages: inked.length, outside, text: run("pdftotext", ["-layout", pdf, "-"]) };
}
