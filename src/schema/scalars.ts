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

/** Strings in and out; `read` throws for what it does not accept. */
function createTextScalar<In>(
  name: string,
  description: string,
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

const moment = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/

/** RFC 3339 with an offset, as an instant. No leap seconds, no 24:00, no 30 February. */
function readMoment(text: string): Date {
  const refused = new GraphQLError('DateTime must be RFC 3339 with an offset, e.g. 2026-12-01T10:00:00Z.')
  const match = text.length <= 40 ? moment.exec(text) : null
  if (!match) throw refused
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
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth || hour > 23 || minute > 59 || second > 59) throw refused
  if ((offset[0] ?? 0) > 23 || (offset[1] ?? 0) > 59) throw refused
  return new Date(text.toUpperCase())
}

export const DateTime = createTextScalar(
  'DateTime',
  'A moment: RFC 3339. Given in UTC, e.g. `2026-12-01T10:00:00Z`; taken with any offset.',
  readMoment,
  (value) => formatRfc3339(value as Date),
)

/** One address as people have them; quoted local parts and comments are not accepted. */
function readEmail(text: string): string {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  const good =
    text.length <= 254 &&
    at > 0 &&
    /^[^\s"(),:;<>@[\]\\\p{Cc}\p{Cf}]{1,64}$/u.test(local) &&
    !/^\.|\.\.|\.$/.test(local) &&
    /^[\p{L}\p{N}\p{M}-]{1,63}(\.[\p{L}\p{N}\p{M}-]{1,63})*$/u.test(domain) &&
    !/(^|\.)-|-(\.|$)/.test(domain)
  if (!good) throw new GraphQLError('EmailAddress must be one address such as ada@example.com, at most 254 characters.')
  return text
}

export const EmailAddress = createTextScalar(
  'EmailAddress',
  'An e-mail address, e.g. `ada@example.com`; international ones too. Compared without regard to letter case.',
  readEmail,
  String,
)

export const TimeZone = createTextScalar(
  'TimeZone',
  'A time zone by its IANA name, e.g. `Europe/Berlin`.',
  (text) => {
    if (!isTimeZone(text)) throw new GraphQLError('TimeZone must be an IANA name such as Europe/Berlin.')
    return text
  },
  String,
)

export const UrlScalar = createTextScalar(
  'URL',
  'An absolute URL.',
  (text) => {
    if (!URL.canParse(text)) throw new GraphQLError('URL must be absolute.')
    return text
  },
  String,
)

/** A value and everything in it; as deep as variables may be. */
function* iterateValues(value: unknown): Generator<unknown> {
  yield value
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) yield* iterateValues(inner)
}

function rejectInexactInteger(node: IntValueNode): void {
  if (Number.isSafeInteger(Number(node.value))) return
  throw new GraphQLError('JSON must hold no integer past 2^53, which loses digits; give it as a string.', {
    nodes: node,
  })
}

/** In one JSON input: far more than any vendor has options. */
const mostValues = 1_000

export const Json = new GraphQLScalarType({
  name: 'JSON',
  description:
    'Any JSON value; as an input, at most 1,000 values in one. Integers past 2^53 are strings, with their exact digits.',
  parseValue: (value) => {
    let count = 0
    for (const part of iterateValues(value)) {
      if (isFileHandle(part)) throw new GraphQLError('JSON must hold no file part.')
      if (++count > mostValues) throw new GraphQLError(`JSON must hold at most ${mostValues} values.`)
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
  description: 'A file part of a multipart request (GraphQL multipart request specification); read as it comes in.',
  parseValue: (value) => {
    if (!isFileHandle(value)) throw new GraphQLError('File must be a file part of a multipart request.')
    return value
  },
  parseLiteral: (node) => {
    throw new GraphQLError('File must be a variable that the "map" of a multipart request fills.', { nodes: node })
  },
  serialize: () => {
    throw new GraphQLError('A File is never part of an answer.')
  },
})
