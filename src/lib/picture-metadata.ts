/**
 * Takes out of a picture what is not the picture: where and when it was taken, by which camera, thumbnails, comments, and
 * whatever follows its end. What stays is named below; anything that is not named goes. The way up stays too, as the one
 * thing that is left of Exif. Nothing is decoded, so that the picture itself stays as it was.
 */
import { crc32 } from 'node:zlib';
import { orientationIn, tiffBytes, tiffWith } from './picture-orientation.ts';

type Strip = (bytes: Buffer) => readonly Buffer[] | undefined;

const strips: Readonly<Record<'image/png' | 'image/jpeg' | 'image/webp', Strip>> = {
  'image/png': stripPng,
  'image/jpeg': stripJpeg,
  'image/webp': stripWebp,
};

/** The picture without its metadata, never larger than before; undefined for one that is not whole. */
export function withoutMetadata(bytes: Buffer, content_type: keyof typeof strips): Buffer | undefined {
  const parts = strips[content_type](bytes);
  const stripped = parts && Buffer.concat(parts);
  return stripped && stripped.length <= bytes.length ? stripped : undefined;
}

/** PNG (W3C PNG, third edition, §11): what the pixels are, their colours and density, and the frames of an animation. */
const pngChunks: ReadonlySet<string> = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'acTL', 'fcTL', 'fdAT'],
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'pHYs'],
]);

function stripPng(bytes: Buffer): readonly Buffer[] | undefined {
  const kept = [bytes.subarray(0, 8)];
  let hasPixels = false;
  let isTurned = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    const orientation: number | undefined =
      type === 'eXIf' && !isTurned ? orientationIn(bytes.subarray(at + 8, end - 4)) : undefined;
    if (pngChunks.has(type)) kept.push(bytes.subarray(at, end));
    if (orientation !== undefined) kept.push(pngExif(orientation));
    isTurned ||= orientation !== undefined;
    hasPixels ||= type === 'IDAT';
    if (type === 'IEND') return hasPixels ? kept : undefined;
    at = end;
  }
  return undefined;
}

function pngExif(orientation: number): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('eXIf'), tiffWith(orientation), Buffer.alloc(4)]);
  chunk.writeUInt32BE(tiffBytes, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

const exifPrefix = 'Exif\0\0';

/** JPEG (ITU-T T.81, annex B): frames, tables and scans. */
const isJpegPart = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf);

/** Segments of applications that say how colours are meant, by their marker and how they begin. */
const colourSegments: ReadonlyMap<number, string> = new Map([
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);

function stripJpeg(bytes: Buffer): readonly Buffer[] | undefined {
  const kept = [bytes.subarray(0, 2)];
  let hasPixels = false;
  let isTurned = false;
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xd9) return hasPixels ? [...kept, bytes.subarray(at, at + 2)] : undefined;
    // Markers may be padded with FF, and some stand alone.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = segmentEnd(bytes, at);
    if (end === undefined) return hasPixels ? kept : undefined;
    const segment = bytes.subarray(at, end);
    const orientation: number | undefined =
      marker === 0xe1 && !isTurned ? orientationInExif(segment.subarray(4)) : undefined;
    const stop = marker === 0xda ? scanEnd(bytes, end) : end;
    if (orientation !== undefined) kept.push(jpegExif(orientation));
    else if (isJpegPart(marker) || isColourSegment(marker, segment)) kept.push(bytes.subarray(at, stop));
    else if (marker === 0xe0 && beginsWith(segment.subarray(4), 'JFIF\0')) kept.push(...withoutThumbnail(segment));
    isTurned ||= orientation !== undefined;
    hasPixels ||= marker === 0xda;
    at = stop;
  }
  // Its end is missing; browsers show it all the same.
  return hasPixels ? kept : undefined;
}

function segmentEnd(bytes: Buffer, at: number): number | undefined {
  const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
  return length >= 2 && at + 2 + length <= bytes.length ? at + 2 + length : undefined;
}

/** Where the coded data of a scan ends: at the next marker that is neither stuffing nor a restart. */
function scanEnd(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const isColourSegment = (marker: number, segment: Buffer): boolean =>
  colourSegments.has(marker) && beginsWith(segment.subarray(4), colourSegments.get(marker) ?? '');

/** JFIF with its density, and without the small picture that may hang from it. */
function withoutThumbnail(segment: Buffer): readonly Buffer[] {
  if (segment.length < 18) return [];
  const jfif = Buffer.from(segment.subarray(0, 18));
  jfif.writeUInt16BE(16, 2);
  jfif.writeUInt16BE(0, 16);
  return [jfif];
}

function orientationInExif(content: Buffer): number | undefined {
  return beginsWith(content, exifPrefix) ? orientationIn(content.subarray(exifPrefix.length)) : undefined;
}

function jpegExif(orientation: number): Buffer {
  const content = Buffer.concat([Buffer.from(exifPrefix, 'latin1'), tiffWith(orientation)]);
  const head = Buffer.from([0xff, 0xe1, 0, content.length + 2]);
  return Buffer.concat([head, content]);
}

/** WebP (RFC 9649): the picture, its colours, transparency, and the frames of an animation. */
const webpChunks: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ICCP']);
const webpPixels: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ANMF']);
const webpFlags = { exif: 0x08, xmp: 0x04 };

function stripWebp(bytes: Buffer): readonly Buffer[] | undefined {
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const chunks = webpChunksIn(bytes.subarray(12, end));
  if (!chunks?.some(({ type }) => webpPixels.has(type))) return undefined;
  const isExtended = chunks.some(({ type }) => type === 'VP8X');
  const exif = isExtended ? chunks.find(({ type }) => type === 'EXIF') : undefined;
  const orientation = exif && (orientationInExif(exif.content) ?? orientationIn(exif.content));
  const kept = chunks.flatMap(({ type, whole, content }) => {
    if (type === 'VP8X') return [withFlags(whole, orientation !== undefined)];
    if (type === 'ANMF') return [webpFrame(content)];
    return webpChunks.has(type) ? [whole] : [];
  });
  if (orientation !== undefined) kept.push(webpChunk('EXIF', tiffWith(orientation)));
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(4 + kept.reduce((sum, { length }) => sum + length, 0), 4);
  return [head, ...kept];
}

interface WebpChunk {
  readonly type: string;
  readonly content: Buffer;
  /** With its head, and what fills it up to an even length. */
  readonly whole: Buffer;
}

function webpChunksIn(bytes: Buffer): readonly WebpChunk[] | undefined {
  const chunks: WebpChunk[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) return undefined;
    const next = end + (end % 2);
    const content = bytes.subarray(at + 8, end);
    chunks.push({ type: bytes.toString('latin1', at, at + 4), content, whole: bytes.subarray(at, next) });
    at = next;
  }
  return chunks;
}

/** One frame of an animation; a head of 16 bytes, and chunks of its own. */
function webpFrame(content: Buffer): Buffer {
  const inner = webpChunksIn(content.subarray(16)) ?? [];
  const kept = inner.flatMap(({ type, whole }) => (webpChunks.has(type) ? [whole] : []));
  return webpChunk('ANMF', Buffer.concat([content.subarray(0, 16), ...kept]));
}

function webpChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

function withFlags(chunk: Buffer, hasExif: boolean): Buffer {
  const changed = Buffer.from(chunk);
  const flags = (changed[8] ?? 0) & ~(webpFlags.exif | webpFlags.xmp);
  if (changed.length > 8) changed[8] = hasExif ? flags | webpFlags.exif : flags;
  return changed;
}

function beginsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString('latin1', 0, text.length) === text;
}
