/** A document with its ID in a file. */
export interface ManifestEntry {
  id: string
  text: string
}

const apolloFormat = 'apollo-persisted-query-manifest'

/**
 * Reads the documents of a JSON file: an Apollo manifest, or one object that maps IDs to texts.
 *
 * @returns Why the file is not a manifest, as the end of a sentence with the file as its subject, if it is not.
 */
export function readManifest(text: string): ManifestEntry[] | string {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return `is not valid JSON${formatPosition(error as Error, text)}.`
  }
  if (!isRecord(json)) return 'must have one JSON object: an Apollo manifest, or an object that maps IDs to documents.'
  return json['format'] === apolloFormat ? readApolloManifest(json) : readMap(json)
}

function readApolloManifest({ version, operations }: Record<string, unknown>): ManifestEntry[] | string {
  if (version !== 1) return 'must have "version": 1, the only version of Apollo manifests that Parley reads.'
  if (!Array.isArray(operations)) return 'must have a list "operations".'
  const entries: ManifestEntry[] = []
  for (const [index, operation] of operations.entries()) {
    const { id, body } = isRecord(operation) ? operation : {}
    if (typeof id !== 'string' || typeof body !== 'string')
      return `must have strings "id" and "body" in operations[${index}].`
    entries.push({ id, text: body })
  }
  return entries
}

function readMap(json: Record<string, unknown>): ManifestEntry[] | string {
  const entries: ManifestEntry[] = []
  for (const [id, text] of Object.entries(json)) {
    if (typeof text !== 'string') return 'is neither an Apollo manifest nor an object that maps IDs to documents.'
    entries.push({ id, text })
  }
  return entries
}

/** The message of a syntax error contains the text around it. Its line is enough, if the message has it. */
function formatPosition({ message }: Error, text: string): string {
  const isAtEnd = message.startsWith('Unexpected end')
  const line = isAtEnd ? text.trimEnd().split('\n').length : /\(line (\d+) /.exec(message)?.[1]
  return line === undefined ? '' : ` (line ${line})`
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
