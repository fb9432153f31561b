/** Maximum length of a file name in bytes of UTF-8. Common file systems allow 255. */
const maxNameBytes = 200

/** Maximum length of what is read of a part, in UTF-16 code units. */
const maxPartLength = 1_000

/** Path separators, quotes, control characters, and what Windows forbids. */
const unsafeCharacters = /[\\/:*?"'`<>|«»‘-‟‹›]|\p{Cc}/gu
/** Invisible characters that change the order in which a name is displayed, so that it can appear to have another extension. */
const bidiControls = /\p{Bidi_Control}/gu

/**
 * Creates a name for a file that any system can store.
 *
 * @param parts Parts of the name. Empty ones and null are omitted.
 * @param extension Lower-case letters and digits, without the dot.
 */
export function createFileName(parts: readonly (string | null)[], extension: string): string {
  const stem = parts
    .map((part) => sanitize(part ?? ''))
    .filter((part) => part !== '')
    .join(' ')
  const suffix = `.${extension}`
  // A leading dot hides a file, and Windows removes dots and spaces at the end.
  const cut = cutToBytes(stem, maxNameBytes - suffix.length).replaceAll(/^[. ]+|[. ]+$/g, '')
  return `${cut || 'recording'}${suffix}`
}

const sanitize = (part: string): string =>
  part
    .slice(0, maxPartLength)
    .toWellFormed()
    .replaceAll(bidiControls, '')
    .replaceAll(unsafeCharacters, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Returns the longest start of a text that has at most so many bytes and ends with a whole character. */
function cutToBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  let bytes = 0
  let end = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > maxBytes) break
    end += segment.length
  }
  return text.slice(0, end)
}
