import { resolve } from 'node:path'
import { readTextFile } from '../core/text-file.ts'
import type { ConfigurationIssues, SettingPath } from './issues.ts'

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/** Settings that are paths themselves: `file:` before one does not read it. */
const pathSettings: ReadonlySet<unknown> = new Set(['keyFile', 'data'])

/** No setting stands deeper. */
const maxDepth = 10

interface ReferenceSources {
  environment: EnvironmentVariables
  /** What the paths behind `file:` are relative to. */
  directory: string
  findings: ConfigurationIssues
  /** Files that were read are added. */
  files: Set<string>
}

/** The settings with every `${NAME}` and `file:PATH` replaced by what it stands for; what cannot be had stays as it is. */
export function dereference(value: unknown, sources: ReferenceSources, path: SettingPath = []): unknown {
  if (path.length > maxDepth) {
    sources.findings.add(path, 'nested too deeply; take it out')
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
  { environment, directory, findings, files }: ReferenceSources,
): string {
  let complete = true
  const fail = (message: string): string => {
    complete = false
    findings.add(path, message)
    return ''
  }
  const filled = text.replace(/\$\{(?:([A-Za-z_]\w*)\})?/g, (_, name?: string) => {
    if (name === undefined) return fail('holds a "${" that is no ${NAME}; write the name of one environment variable')
    // The environment's prototype has names too.
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined
    return value || fail(`the environment variable ${name} is not set or is empty; set it`)
  })
  if (!complete) return text
  if (!text.startsWith('file:')) return filled
  const file = resolve(directory, filled.slice('file:'.length))
  if (pathSettings.has(path.at(-1))) return file
  files.add(file)
  try {
    const content = readTextFile(file).replace(/\r?\n$/, '')
    if (content) return content
    fail('the file that it names is empty; fill it')
  } catch (error) {
    fail(
      `the file that it names cannot be read (${(error as NodeJS.ErrnoException).code}); ` +
        'give a readable file, its path relative to the configuration file',
    )
  }
  return text
}
