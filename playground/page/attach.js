/** What a person sends beside words: the menu under the paper clip, and the voice window. */

import * as dialogs from "./dialogs.js";
import { h } from "./dom.js";
import * as sound from "./sound.js";
import { t } from "./words.js";

const LONGEST_SIDE = 1280; // pixels; Telegram's apps send pictures no larger
const PICTURES = ["image/png", "image/jpeg"];
const LENGTHS = [5, 20, 60]; // seconds of the humming one can send

/** `send(kind, form)` takes what was chosen. */
export function menu(anchor, send) {
  const pictures = () => choose("image/*", (file) => photo(file, send));
  const documents = () => choose("", (file) => send("document", { file }));
  dialogs.menu(anchor, t("attach"), [
    { key: "photo", text: t("picture"), act: pictures },
    { key: "document", text: t("file"), act: documents },
    { key: "voice", text: t("voice"), act: () => voice(send) },
  ]);
}

function choose(accept, take) {
  const input = h("input", { type: "file", accept, testid: "file-input", hidden: true });
  input.onchange = () => {
    input.remove();
    if (input.files[0]) take(input.files[0]);
  };
  input.oncancel = () => input.remove();
  document.body.append(input);
  input.click();
}

/** Send a picture as the apps do: JPEG, made smaller where it is large. */
async function photo(file, send) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return send("photo", { file });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && PICTURES.includes(file.type)) return send("photo", { file });
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.round(side * scale));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  return send("photo", { file: await canvas.convertToBlob({ type: "image/jpeg", quality: 0.87 }) });
}

/** The window that records, takes a file or hums. */
export function voice(send) {
  let recording = null;
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const give = async (making) => {
    try {
      const { file, seconds } = await making;
      box.close();
      send("voice", { file, duration: seconds });
    } catch {
      problem.textContent = t("noSound");
      problem.hidden = false;
    }
  };
  const record = h("button", { type: "button", class: "main", testid: "record" }, t("record"));
  record.onclick = async () => {
    if (recording) return give(recording.stop());
    try {
      recording = await sound.listen();
      record.textContent = t("stopAndSend");
      record.classList.add("recording");
    } catch {
      problem.textContent = t("noMicrophone");
      problem.hidden = false;
    }
    return undefined;
  };
  const pick = () => choose("audio/*", (chosen) => give(sound.fromFile(chosen)));
  const look = { type: "button", class: "quiet", testid: "voice-file", onclick: pick };
  const file = h("button", look, t("voiceFile"));
  const hum = (seconds) => {
    const act = { data: { seconds }, onclick: () => give(sound.hum(seconds)) };
    return h("button", { type: "button", class: "quiet", testid: "hum", ...act }, `${seconds} s`);
  };
  const cancel = h("button", { type: "button", onclick: () => box.close() }, t("cancel"));
  const box = dialogs.open(
    "window",
    t("voice"),
    h("h2", {}, t("voice")),
    h("div", { class: "ways" }, record, file),
    h("p", { class: "hint" }, t("hum")),
    h("div", { class: "ways" }, ...LENGTHS.map(hum)),
    problem,
    h("div", { class: "actions" }, cancel),
  );
  box.addEventListener("close", () => recording?.quit());
}
