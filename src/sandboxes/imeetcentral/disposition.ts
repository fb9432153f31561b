/**
 * Returns the file name in a Content-Disposition header, or null if there is none. Node decodes the header as Latin-1.
 * `filename*` takes precedence over `filename`. The value of `filename` can be quoted, or raw UTF-8 with `;` and spaces up to
 * the next parameter, as in the vendor's sample.
 */
export function parseFileName(header: string | undefined): string | null {
  if (!header) return null
  return extendedName(header) ?? plainName(header)
}

function extendedName(header: string): string | null {
  const unquoted = header.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  const [, charset = '', value = ''] = /(?:^|;)\s*filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)/i.exec(unquoted) ?? []
  const bytes = Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
  if (/^iso-8859-1$/i.test(charset)) return bytes.toString('latin1') || null
  return /^utf-8$/i.test(charset) ? utf8(bytes) || null : null
}

function plainName(header: string): string | null {
  const quoted = /(?:^|;)\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]
  const raw =
    quoted?.replace(/\\(.)/g, '$1') ?? /(?:^|;)\s*filename\s*=\s*([^"].*?)\s*(?:;\s*[\w*-]+\s*=|$)/i.exec(header)?.[1]
  if (!raw) return null
  return utf8(Buffer.from(raw, 'latin1')) ?? raw
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
