/** Sound as Telegram's apps record it: Opus packets from the browser's encoder, in OGG pages. */

export const RATE = 48000; // samples a second
const FRAMES_A_PAGE = 50; // a second

/** Whether this browser can encode; it wants https or this very machine. */
export const canEncode = () => "AudioEncoder" in globalThis;

/** An OGG file with these samples (mono, RATE a second). */
export async function encode(samples) {
  const packets = [];
  let failed = null;
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      packets.push(packet);
    },
    error: (error) => (failed = error),
  });
  encoder.configure({ codec: "opus", sampleRate: RATE, numberOfChannels: 1, bitrate: 24000 });
  for (let at = 0; at < samples.length; at += RATE) {
    const data = samples.slice(at, at + RATE);
    const shape = { format: "f32", sampleRate: RATE, numberOfChannels: 1 };
    const place = { numberOfFrames: data.length, timestamp: (at / RATE) * 1e6 };
    encoder.encode(new AudioData({ ...shape, ...place, data }));
  }
  await encoder.flush();
  encoder.close();
  if (failed) throw failed;
  return new Blob(pages(packets, samples.length), { type: "audio/ogg" });
}

function pages(packets, samples) {
  const frame = Math.ceil(samples / packets.length / 120) * 120;
  const found = [page([head()], 0, 0, 2), page([tags()], 0, 1, 0)];
  for (let first = 0, number = 2; first < packets.length; first += FRAMES_A_PAGE, number++) {
    const some = packets.slice(first, first + FRAMES_A_PAGE);
    const last = first + some.length;
    const end = last === packets.length;
    found.push(page(some, Math.min(last * frame, samples), number, end ? 4 : 0));
  }
  return found;
}

function head() {
  const bytes = new Uint8Array(19);
  bytes.set(new TextEncoder().encode("OpusHead"));
  const view = new DataView(bytes.buffer);
  view.setUint8(8, 1);
  view.setUint8(9, 1); // channels
  view.setUint32(12, RATE, true);
  return bytes;
}

function tags() {
  const maker = new TextEncoder().encode("playground");
  const bytes = new Uint8Array(8 + 4 + maker.length + 4);
  bytes.set(new TextEncoder().encode("OpusTags"));
  new DataView(bytes.buffer).setUint32(8, maker.length, true);
  bytes.set(maker, 12);
  return bytes;
}

/** One page (RFC 3533): 50 packets of speech need fewer than its 255 segments. */
function page(packets, granule, number, kind) {
  const lacing = packets.flatMap(({ length }) => [
    ...Array(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  const size = packets.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(27 + lacing.length + size);
  bytes.set(new TextEncoder().encode("OggS"));
  const view = new DataView(bytes.buffer);
  view.setUint8(5, kind);
  view.setBigInt64(6, BigInt(granule), true);
  view.setUint32(14, 1, true); // the stream's serial number
  view.setUint32(18, number, true);
  view.setUint8(26, lacing.length);
  bytes.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

function checksum(bytes) {
  let value = 0;
  for (const byte of bytes) value = ((value << 8) ^ TABLE[(value >>> 24) ^ byte]) >>> 0;
  return value;
}
