import { formatCount } from '../core/format-count.ts'
import {
  GraphQLError,
  GraphQLScalarType,
  Kind,
  valueFromASTUntyped,
  visit,
  type IntValueNode,
  type ValueNode,
} from 'graphql'
import { FileHandle, isFileHandle } from '../core/file-handle.ts'
import { formatRfc3339 } from '../core/rfc3339.ts'
import { isTimeZone } from '../core/time-zone.ts'

/**
 * Creates a scalar that is a string in input and output.
 *
 * @param specifiedByURL URL of the specification of its format.
 * @param read Throws if it does not accept the string.
 */
function createTextScalar<In>(
  name: string,
  description: string,
  specifiedByURL: string,
  read: (text: string) => In,
  write: (value: unknown) => string,
) {
  const parse = (value: unknown): In => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} must be a string.`)
    return read(value)
  }
  return new GraphQLScalarType<In, string>({
    name,
    description,
    specifiedByURL,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => {
      try {
        return parse(node.kind === Kind.STRING ? node.value : undefined)
      } catch (error) {
        throw new GraphQLError((error as Error).message, { nodes: node })
      }
    },
    serialize: write,
  })
}

const dateTimePattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/

/** Parses RFC 3339 with a UTC offset. Rejects leap seconds, 24:00, and dates that do not exist, such as 30 February. */
function readDateTime(text: string): Date {
  const rejection = new GraphQLError(
    'DateTime must be in RFC 3339 format with a UTC offset, such as 2026-12-01T10:00:00Z.',
  )
  const match = text.length <= 40 ? dateTimePattern.exec(text) : null
  if (!match) throw rejection
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const offset = match[8]!.slice(1).split(':').map(Number)
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth || hour > 23 || minute > 59 || second > 59)
    throw rejection
  if ((offset[0] ?? 0) > 23 || (offset[1] ?? 0) > 59) throw rejection
  return new Date(text.toUpperCase())
}

export const DateTime = createTextScalar(
  'DateTime',
  'A point in time in RFC 3339 format. Output is in UTC, such as `2026-12-01T10:00:00Z`. Input must include a UTC offset.',
  'https://www.rfc-editor.org/rfc/rfc3339',
  readDateTime,
  (value) => formatRfc3339(value as Date),
)

/** Accepts one email address. Rejects quoted local parts and comments. */
function readEmail(text: string): string {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  const isAddress =
    text.length <= 254 &&
    at > 0 &&
    /^[^\s"(),:;<>@[\]\\\p{Cc}\p{Cf}]{1,64}$/u.test(local) &&
    !/^\.|\.\.|\.$/.test(local) &&
    /^[\p{L}\p{N}\p{M}-]{1,63}(\.[\p{L}\p{N}\p{M}-]{1,63})*$/u.test(domain) &&
    !/(^|\.)-|-(\.|$)/.test(domain)
  if (!isAddress)
    throw new GraphQLError('EmailAddress must be one email address of at most 254 characters, such as ada@example.com.')
  return text
}

export const EmailAddress = createTextScalar(
  'EmailAddress',
  'An email address of at most 254 characters, such as `ada@example.com`. International characters are allowed. Comparisons ignore case.',
  'https://www.rfc-editor.org/rfc/rfc6531',
  readEmail,
  String,
)

export const TimeZone = createTextScalar(
  'TimeZone',
  'A time zone by its IANA name, such as `Europe/Berlin`.',
  'https://www.iana.org/time-zones',
  (text) => {
    if (!isTimeZone(text)) throw new GraphQLError('TimeZone must be an IANA name, such as Europe/Berlin.')
    return text
  },
  String,
)

export const UrlScalar = createTextScalar(
  'URL',
  'An absolute URL, such as `https://example.com/join/1`.',
  'https://url.spec.whatwg.org/',
  (text) => {
    if (!URL.canParse(text)) throw new GraphQLError('URL must be an absolute URL, such as https://example.com/.')
    return text
  },
  String,
)

/** Iterates over a JSON value and everything in it. The depth of variables is limited, so recursion is safe. */
function* iterateValues(value: unknown): Generator<unknown> {
  yield value
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) yield* iterateValues(member)
}

function rejectInexactInteger(node: IntValueNode): void {
  if (Number.isSafeInteger(Number(node.value))) return
  throw new GraphQLError('JSON cannot contain an integer beyond ±2^53, which would lose digits. Send it as a string.', {
    nodes: node,
  })
}

/** Maximum number of values in one input: more than any vendor has options. */
const maxJsonValues = 1_000

export const Json = new GraphQLScalarType({
  name: 'JSON',
  description: 'A JSON value of any type. An input can have at most 1,000 values. Integers beyond ±2^53 are strings.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  parseValue: (value) => {
    let count = 0
    for (const part of iterateValues(value)) {
      if (isFileHandle(part)) throw new GraphQLError('JSON cannot contain a file part.')
      if (++count > maxJsonValues)
        throw new GraphQLError(`JSON must have at most ${formatCount(maxJsonValues)} values.`)
    }
    return value
  },
  parseLiteral: (node, variables) => {
    visit(node, { IntValue: rejectInexactInteger })
    return valueFromASTUntyped(node, variables) as unknown
  },
  serialize: (value) => value,
})

export const File = new GraphQLScalarType<FileHandle, never>({
  name: 'File',
  description:
    'A file part of a request that follows the GraphQL multipart request specification. The file is streamed.',
  specifiedByURL: 'https://github.com/jaydenseric/graphql-multipart-request-spec',
  parseValue: (value) => {
    if (!isFileHandle(value)) throw new GraphQLError('File must be a file part of a multipart request.')
    return value
  },
  parseLiteral: (node) => {
    throw new GraphQLError('File must be a variable that the "map" of a multipart request sets.', { nodes: node })
  },
  serialize: () => {
    throw new GraphQLError('File cannot be part of a response.')
  },
})
