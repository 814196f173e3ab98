/** The way up of a picture: of Exif (CIPA DC-008), a TIFF inside a picture, the one entry that changes what is seen. */

/** How long a TIFF is that holds nothing else. */
export const tiffBytes = 26;

const orientationTag = 0x0112;
const shortType = 3;

/** How a TIFF says the picture is turned or mirrored, from 2 to 8; undefined when it is not, or when it does not say. */
export function orientationIn(tiff: Buffer): number | undefined {
  // A smaller one is broken, and could not be replaced without making the picture larger.
  if (tiff.length < tiffBytes) return undefined;
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return undefined;
  const isLittle = order === 'II*\0';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return undefined;
  const entries = Math.min(short(start), Math.floor((tiff.length - start - 2) / 12));
  for (let entry = 0; entry < entries; entry++) {
    const at = start + 2 + entry * 12;
    if (short(at) !== orientationTag || short(at + 2) !== shortType) continue;
    const orientation = short(at + 8);
    return orientation >= 2 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
}

/** A TIFF that says how a picture is turned, and nothing else. */
export function tiffWith(orientation: number): Buffer {
  const tiff = Buffer.alloc(tiffBytes);
  tiff.write('MM\0*\0\0\0\x08\0\x01', 'latin1');
  tiff.writeUInt16BE(orientationTag, 10);
  tiff.writeUInt16BE(shortType, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
