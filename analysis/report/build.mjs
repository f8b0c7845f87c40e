// SPDX-License-Identifier: Apache-2.0
// Builds built/report.js and built/report.css from src/, and LICENSES.txt from what was bundled.
// With --check nothing is written: the exit status says whether the committed files are what the
// sources give.
import * as esbuild from "esbuild";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes("--check");

/** All files below a folder, as paths from here, in alphabetical order. */
function filesBelow(folder) {
  return readdirSync(join(here, folder), {withFileTypes: true})
    .flatMap((entry) => entry.isDirectory()
      ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`])
    .sort();
}

/** What the built files were made of; a test without npm compares it with the sources. */
function stamp() {
  const sources = [...filesBelow("src"), "build.mjs", "package-lock.json"];
  return sources.map((name) => {
    const sum = createHash("sha256").update(readFileSync(join(here, name))).digest("hex");
    return `${sum}  ${name}\n`;
  }).join("");
}

/** Name and licence text of every package with a byte in the bundle. */
function licences(metafile) {
  const packages = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, {bytesInOutput}] of Object.entries(output.inputs)) {
      const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
      if (found && bytesInOutput > 0) packages.add(found[1]);
    }
  }
  const parts = [...packages].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name}: no licence file`);
    const text = readFileSync(join(folder, file), "utf8").trim();
    return `${"=".repeat(78)}\n${name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  return "The file built/report.js, and so every report made with it, contains these packages.\n" +
    `The rest of it is Townward's own (Apache-2.0).\n\n${parts.join("\n")}`;
}

const shared = {absWorkingDir: here, minify: true, charset: "utf8", write: false, metafile: true,
  legalComments: "none", target: "es2020"};
const script = await esbuild.build({...shared, entryPoints: ["src/main.js"], bundle: true,
  format: "iife", outfile: "built/report.js"});
const style = await esbuild.build({...shared, entryPoints: ["src/style.css"],
  outfile: "built/report.css"});
const built = {
  "built/report.js": script.outputFiles[0].text,
  "built/report.css": style.outputFiles[0].text,
  "built/sources.sha256": stamp(),
  "LICENSES.txt": licences(script.metafile),
};

let different = 0;
mkdirSync(join(here, "built"), {recursive: true});
for (const [name, text] of Object.entries(built)) {
  const path = join(here, name);
  if (!check) {
    writeFileSync(path, text);
    console.log(`${name} ${(Buffer.byteLength(text) / 1000).toFixed(0)} kB`);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${name} is not what the sources give: npm run build`);
    different += 1;
  }
}
process.exit(different ? 1 : 0);
