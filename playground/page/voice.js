/** A voice message in its bubble: play, pause, how far it is. */

import { h, icon } from "./dom.js";
import { loudness } from "./sound.js";
import { t } from "./words.js";

const BARS = 34;
const HEARD_BYTES = 2e6; // longer ones are not looked into before they are played

let playing = null; // one voice at a time, as on a phone

/** Build the player of a record's voice. */
export function player({ url, size, duration }) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = url;
  const bars = Array.from({ length: BARS }, () => h("i"));
  const time = h("small", { testid: "voice-time" }, clock(duration));
  const button = h(
    "button",
    { type: "button", class: "disc", testid: "play", onclick: () => toggle(sound) },
    icon("play"),
  );
  const jump = (event) => seek(event, sound, duration);
  const wave = h("span", { class: "wave", onclick: jump }, ...bars);
  const draw = () => {
    const on = !sound.paused;
    button.replaceChildren(icon(on ? "pause" : "play"));
    button.ariaLabel = button.title = t(on ? "pause" : "play");
    const done = sound.currentTime / duration;
    bars.forEach((bar, place) => bar.classList.toggle("heard", place < done * BARS));
    time.textContent = clock(sound.currentTime > 0 ? sound.currentTime : duration);
  };
  for (const event of ["play", "pause", "timeupdate", "ended"]) sound.addEventListener(event, draw);
  sound.addEventListener("ended", () => (sound.currentTime = 0));
  draw();
  const shape = (parts) => bars.forEach((bar, at) => bar.style.setProperty("--loud", parts[at]));
  if (size < HEARD_BYTES) loudness(url, BARS).then(shape, () => {});
  return h("div", { class: "voice", testid: "voice" }, button, h("span", {}, wave, time));
}

function toggle(sound) {
  if (!sound.paused) return void sound.pause();
  if (playing !== sound) playing?.pause();
  playing = sound;
  return void sound.play().catch(() => {});
}

function seek(event, sound, duration) {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  sound.currentTime = ((event.clientX - left) / width) * duration;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
