import { z, ZodType } from 'zod'
import { sanitizeText } from '../core/errors.ts'
import { explainUnknownKey } from './unknown-key.ts'

/** Path of a setting, such as `['clients', 0, 'name']`. */
export type SettingPath = readonly PropertyKey[]

/** Returns the sentence that says how to fix a missing setting. `name` is the last part of its path. */
export type FixHint = (name: string) => string

/** Collects the problems of a configuration file or of the environment variables, at most one for each setting. */
export class ConfigurationIssues {
  readonly #problems: { line: number; text: string }[] = []
  readonly #settings = new Set<string>()
  readonly #file: string | null
  readonly #getLine: (path: SettingPath) => number

  /** @param file Path of the file, as the user typed it. Null for environment variables. */
  constructor(file: string | null = null, getLine: (path: SettingPath) => number = () => 0) {
    this.#file = file
    this.#getLine = getLine
  }

  /** Formatted as `file:line: setting: problem. Fix.`, in the order of the file. */
  get problems(): string[] {
    const start = (line: number) => (this.#file === null ? '' : `${this.#file}:${line}: `)
    return this.#problems.toSorted((one, other) => one.line - other.line).map(({ line, text }) => start(line) + text)
  }

  addAtLine(line: number, text: string): void {
    this.#problems.push({ line, text })
  }

  add(path: SettingPath, message: string): void {
    const setting = formatPath(path)
    // The first problem of a setting can cause its other problems.
    if (this.#settings.has(setting)) return
    this.#settings.add(setting)
    this.addAtLine(this.#getLine(path), `${setting ? `${setting}: ` : ''}${message}`)
  }

  /**
   * Returns the parsed value. If it is invalid, returns undefined and adds its problems.
   *
   * @param path Path of the value in the configuration.
   */
  validate<T>(
    schema: ZodType<T>,
    value: unknown,
    path: SettingPath,
    getFixHint: FixHint = () => 'Set it.',
  ): T | undefined {
    const result = schema.safeParse(value, { error: (issue) => formatIssue(issue, getFixHint) })
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

const noMatchingVariant = 'has none of the allowed forms.'

/** Returns the problems of the alternative that is closest to the value, unless the schema has its own message. */
function findClosestVariant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message !== noMatchingVariant) return [issue]
  const [closest] = issue.errors.toSorted(
    (one, other) => Number(isOtherType(one)) - Number(isOtherType(other)) || one.length - other.length,
  )
  return (closest ?? []).flatMap((inner) => findClosestVariant({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Whether an alternative has another type than the value, such as a Boolean for a block of settings. */
const isOtherType = ([first]: z.core.$ZodIssue[]): boolean => first?.code === 'invalid_type' && first.path.length === 0

const kinds: Readonly<Record<string, string>> = {
  string: 'a string. Put it in quotes if it looks like a number, a Boolean, or null',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a block of settings ("name: value" lines)',
  record: 'a block of settings ("name: value" lines)',
  array: 'a list ("- " lines, or [one, two])',
}

/** Returns the message of a problem for which the schema has no message. Does not contain the value. */
function formatIssue(issue: z.core.$ZodRawIssue, getFixHint: FixHint): string {
  if (issue.input === undefined) return `is required. ${getFixHint(String(issue.path?.at(-1) ?? ''))}`
  if (issue.input === null) {
    const canBeEmptyBlock = issue.inst instanceof ZodType && issue.inst.safeParse({}).success
    return `is empty. ${canBeEmptyBlock ? 'Write {} for the default settings' : 'Set a value'}, or remove the line.`
  }
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? `of the type ${issue.expected}`}.`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`
    case 'too_small':
      return `must ${formatBound(issue.origin)} at least ${issue.minimum}.`
    case 'too_big':
      return `must ${formatBound(issue.origin)} at most ${issue.maximum}.`
    case 'invalid_format':
      return `must be a valid ${issue.format}.`
    case 'invalid_union':
      return noMatchingVariant
    default:
      return 'is invalid.'
  }
}

const formatBound = (origin: string): string =>
  origin === 'string' ? 'have a length of' : origin === 'array' ? 'have a number of entries of' : 'be'
