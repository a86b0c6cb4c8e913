/** Voices: a hum to try with, what the microphone hears, and what a file holds. */

import { canEncode, encode, RATE } from "./ogg.js";

/** A voice ready to be sent: `{file, seconds}`; without a file the server sends silence. */
async function voice(samples) {
  const seconds = Math.max(1, Math.round(samples.length / RATE));
  return { file: canEncode() ? await encode(samples) : null, seconds };
}

/** Somebody humming, for that many seconds. */
export function hum(seconds) {
  const samples = new Float32Array(seconds * RATE);
  let phase = 0;
  for (let at = 0; at < samples.length; at++) {
    const time = at / RATE;
    phase += (2 * Math.PI * (190 + 25 * Math.sin(time * 1.7) + 12 * Math.sin(time * 5.3))) / RATE;
    const syllable = Math.max(0, Math.sin(time * 9.5) + 0.35 * Math.sin(time * 2.1));
    const tone = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
    samples[at] = 0.16 * syllable * tone;
  }
  return voice(samples);
}

/** A sound file, or a recording, as a voice; rejects what the browser cannot play. */
export async function fromFile(blob) {
  const decoded = await decode(await blob.arrayBuffer());
  const made = await voice(decoded.getChannelData(0));
  return { ...made, file: made.file ?? blob };
}

/** Samples at RATE, mono. */
async function decode(bytes) {
  const many = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
  if (many.numberOfChannels === 1) return many;
  const mixer = new OfflineAudioContext(1, many.length, RATE);
  const source = new AudioBufferSourceNode(mixer, { buffer: many });
  source.connect(mixer.destination);
  source.start();
  return mixer.startRendering();
}

/** Listen to the microphone until `stop()`, which gives the voice; rejects without one. */
export async function listen() {
  if (!navigator.mediaDevices) throw new Error("no microphone");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  const quit = async () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    await ended;
  };
  const stop = async () => {
    await quit();
    return fromFile(new Blob(parts, { type: recorder.mimeType }));
  };
  return { stop, quit };
}

/** How loud a sound is in each of `count` parts, 0 to 1. */
export async function loudness(url, count) {
  const response = await fetch(url);
  const samples = (await decode(await response.arrayBuffer())).getChannelData(0);
  const step = Math.max(1, Math.floor(samples.length / count));
  const parts = Array.from({ length: count }, (_, part) => {
    let peak = 0;
    const end = Math.min((part + 1) * step, samples.length);
    for (let at = part * step; at < end; at += 16) peak = Math.max(peak, Math.abs(samples[at]));
    return peak;
  });
  const loudest = Math.max(...parts, 0.05);
  return parts.map((part) => part / loudest);
}
