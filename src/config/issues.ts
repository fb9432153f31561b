import { z, type ZodType } from 'zod'
import { sanitizeText } from '../core/errors.ts'
import { explainUnknownKey } from './unknown-key.ts'

/** Where a setting stands, e.g. `['clients', 0, 'name']`. */
export type SettingPath = readonly PropertyKey[]

/** How a missing setting is mended, by its name. */
export type FixHint = (name: string) => string

/** Collects the problems of one source (a file, the environment), one for each place. */
export class ConfigurationIssues {
  readonly #found: { line: number; text: string }[] = []
  readonly #places = new Set<string>()
  readonly #file: string | null
  readonly #lineOf: (path: SettingPath) => number

  constructor(file: string | null = null, lineOf: (path: SettingPath) => number = () => 0) {
    this.#file = file
    this.#lineOf = lineOf
  }

  /** One line each, in the order of the file. */
  get problems(): string[] {
    const start = (line: number) => (this.#file === null ? '' : `${this.#file}:${line}: `)
    return this.#found.toSorted((one, other) => one.line - other.line).map(({ line, text }) => start(line) + text)
  }

  addAtLine(line: number, text: string): void {
    this.#found.push({ line, text })
  }

  add(path: SettingPath, message: string): void {
    const place = formatPath(path)
    // What is wrong with a place is told once: the rest follows from it.
    if (this.#places.has(place)) return
    this.#places.add(place)
    this.addAtLine(this.#lineOf(path), `${place ? `${place}: ` : ''}${message}`)
  }

  /** The checked value; undefined where it has problems, which are added. */
  validate<T>(schema: ZodType<T>, value: unknown, path: SettingPath, cure: FixHint = () => 'set it'): T | undefined {
    const result = schema.safeParse(value, { error: (issue) => formatIssue(issue, cure) })
    if (result.success) return result.data
    for (const issue of result.error.issues.flatMap(findClosestVariant)) {
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys)
          this.add([...path, ...issue.path, key], explainUnknownKey(schema, issue.path, key))
      else this.add([...path, ...issue.path], issue.message)
    }
    return undefined
  }
}

function formatPath(path: SettingPath): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${truncateKey(String(step))}`))
  return steps.join('').replace(/^\./, '')
}

const truncateKey = (key: string): string => {
  const clean = sanitizeText(key)
  return clean.length <= 40 ? clean : `${clean.slice(0, 39)}…`
}

const noMatchingVariant = 'has none of the forms that it may have'

/** The problems of the alternative that the value comes closest to, unless its schema has words of its own. */
function findClosestVariant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message !== noMatchingVariant) return [issue]
  const [closest] = issue.errors.toSorted(
    (one, other) => Number(isOtherType(one)) - Number(isOtherType(other)) || one.length - other.length,
  )
  return (closest ?? []).flatMap((inner) => findClosestVariant({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Whether an alternative is of another type altogether, such as true or false for a block of settings. */
const isOtherType = ([first]: z.core.$ZodIssue[]): boolean => first?.code === 'invalid_type' && first.path.length === 0

const kinds: Readonly<Record<string, string>> = {
  string: 'text (in quotes, where it looks like something else)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a block of settings ("name: value" lines)',
  record: 'a block of settings ("name: value" lines)',
  array: 'a list ("- " lines, or [one, two])',
}

/** What is wrong where a schema has no words of its own; never holds the value. */
function formatIssue(issue: z.core.$ZodRawIssue, cure: FixHint): string {
  if (issue.input === undefined) return `missing; ${cure(String(issue.path?.at(-1) ?? ''))}`
  if (issue.input === null) return 'empty; give it a value, or take the line out'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? `of the type ${issue.expected}`}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `must ${formatBound(issue.origin)} at least ${issue.minimum}`
    case 'too_big':
      return `must ${formatBound(issue.origin)} at most ${issue.maximum}`
    case 'invalid_format':
      return `must be a valid ${issue.format}`
    case 'invalid_union':
      return noMatchingVariant
    default:
      return 'is not valid'
  }
}

const formatBound = (origin: string): string =>
  origin === 'string' ? 'have a length of' : origin === 'array' ? 'have a number of entries of' : 'be'
