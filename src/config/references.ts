import { resolve } from 'node:path'
import { readTextFile } from '../core/text-file.ts'
import type { ConfigurationIssues, SettingPath } from './issues.ts'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/** Settings with a path as their value. `file:` before such a path does not read the file. */
const pathSettings: ReadonlySet<unknown> = new Set(['keyFile', 'data'])

/** No setting of the configuration is nested deeper. */
const maxDepth = 10

interface ReferenceSources {
  environment: EnvironmentVariables
  /** Directory to which the paths of `file:` are relative. */
  directory: string
  issues: ConfigurationIssues
  /** Receives the paths of the files that were read. */
  files: Set<string>
}

/**
 * Returns the settings with every `${NAME}` replaced by the environment variable, and every `file:PATH` by the text of the
 * file. A setting with a reference that cannot be resolved is unchanged, and its problem is added to the issues.
 */
export function dereference(value: unknown, sources: ReferenceSources, path: SettingPath = []): unknown {
  if (path.length > maxDepth) {
    sources.issues.add(path, 'is nested too deeply. Remove it.')
    return null
  }
  if (typeof value === 'string') return dereferenceText(value, path, sources)
  if (Array.isArray(value)) return value.map((entry, index) => dereference(entry, sources, [...path, index]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, dereference(entry, sources, [...path, key])]),
  )
}

function dereferenceText(
  text: string,
  path: SettingPath,
  { environment, directory, issues, files }: ReferenceSources,
): string {
  let complete = true
  const fail = (message: string): string => {
    complete = false
    issues.add(path, message)
    return ''
  }
  const filled = text.replace(/\$\{(?:([A-Za-z_]\w*)\})?/g, (_, name?: string) => {
    if (name === undefined)
      return fail('has "${" without the form ${NAME}. Write the name of one environment variable.')
    // A name such as "constructor" must not return a property of the prototype.
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    return value || fail(`environment variable ${name} is not set or is empty. Set it.`)
  })
  if (!complete) return text
  if (!text.startsWith('file:')) return filled
  const file = resolve(directory, filled.slice('file:'.length))
  if (pathSettings.has(path.at(-1))) return file
  files.add(file)
  try {
    const content = readTextFile(file).replace(/\r?\n$/, '')
    if (content) return content
    fail('the file is empty. Write the value into the file.')
  } catch (error) {
    fail(
      `the file cannot be read (${(error as NodeJS.ErrnoException).code}). ` +
        'Set the path of a readable file, relative to the configuration file.',
    )
  }
  return text
}
