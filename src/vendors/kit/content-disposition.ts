/**
 * Formats a Content-Disposition header (RFC 6266, RFC 8187). It contains the file name twice: in `filename`, as ASCII for
 * an attachment and as UTF-8 for a form part, and exactly in `filename*`.
 *
 * RFC 7578 forbids `filename*` in form parts. Receivers that follow it ignore the parameter. Receivers that read `filename` as
 * Latin-1, as busboy does by default, need it for names that are not ASCII.
 *
 * @param extra Parameters before the file name, such as `{ name: 'file' }`.
 */
export function formatContentDisposition(
  type: 'attachment' | 'form-data',
  name: string,
  extra: Readonly<Record<string, string>> = {},
): string {
  const clean =
    name
      .toWellFormed()
      // Receivers do not treat a byte order mark as part of the name.
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

/** Percent-encodes all characters except `attr-char` of RFC 8187. */
const encodeExtendedValue = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
