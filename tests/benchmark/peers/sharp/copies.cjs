// Copies of a folder's photos by sharp: `node copies.cjs once|default FOLDER OUT RECIPE`, the recipe as JSON.
// "once" decodes a photo once, at our effort; "default" is what manuals show: a pipeline for each copy.
const fs = require("node:fs");
const path = require("node:path");
const sharp = require("sharp");

const [how, folder, out, recipe] = process.argv.slice(2);
const { widths, light, lightQuality, webpQuality, jpegQuality, jpegWidth } = JSON.parse(recipe);
const largest = Math.max(...widths);

async function open(file) {
  const upright = () => sharp(file).rotate();
  if (how === "default") return (width) => upright().resize(width);
  const { data, info } = await upright().resize(largest).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return (width) => (width === largest ? sharp(data, { raw }) : sharp(data, { raw }).resize(width));
}

async function main() {
  for (const name of fs.readdirSync(folder).sort()) {
    const scaled = await open(fs.readFileSync(path.join(folder, name)));
    const stem = path.join(out, path.parse(name).name);
    const effort = how === "default" ? {} : { effort: 2 };
    for (const width of widths) {
      const quality = width <= light ? lightQuality : webpQuality;
      await scaled(width).webp({ quality, ...effort }).toFile(`${stem}-${width}.webp`);
    }
    const progressive = how !== "default";
    await scaled(jpegWidth).jpeg({ quality: jpegQuality, progressive }).toFile(`${stem}-${jpegWidth}.jpg`);
  }
}

main();
