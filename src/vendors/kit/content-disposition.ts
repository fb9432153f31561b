/**
 * A Content-Disposition header of one line that names a file twice: `filename`, quoted, for everyone (in ASCII, or
 * as UTF-8 in a form's part, where no more is asked for), and exactly in `filename*` (RFC 6266, RFC 8187).
 * `extra` are parameters before it, e.g. `{ name: 'file' }`.
 */
export function formatContentDisposition(
  type: 'attachment' | 'form-data',
  name: string,
  extra: Readonly<Record<string, string>> = {},
): string {
  const clean =
    name
      .toWellFormed()
      // Readers take a byte order mark for no part of the name.
      .replace(/[\p{Cc}\ufeff]/gu, '')
      .replace(/[/\\]/g, '_') || 'file'
  const parameters = Object.entries(extra).map(
    ([key, value]) => `; ${key}=${quoteString(value.replace(/\p{Cc}/gu, ''))}`,
  )
  const plain = quoteString(type === 'form-data' ? clean : toAscii(clean))
  return `${type}${parameters.join('')}; filename=${plain}; filename*=UTF-8''${encodeExtendedValue(clean)}`
}

const quoteString = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`

const toAscii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/[/\\]/g, '_')

/** Percent-encodes all but the `attr-char` of RFC 8187. */
const encodeExtendedValue = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
