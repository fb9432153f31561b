import type { Command } from './command.ts'

/** Width of the help in columns. Most terminals have at least 80 columns. */
const width = 80

type HelpRow = readonly [name: string, description: string]

export function formatHelp(command: Command): string {
  const { name, summary, description, arguments: expected, options, environment, exitCodes, examples } = command
  const usage = ['parley', name, ...expected.map(({ usage }) => usage), '[options]'].join(' ')
  return joinParts([
    summary,
    `Usage: ${usage}`,
    ...description.split('\n\n').map((paragraph) => wrap(paragraph, width)),
    formatSection(
      'Arguments',
      expected.map(({ usage, description }): HelpRow => [toLabel(usage), description]),
    ),
    formatSection('Options', [...Object.entries(options).map(toOptionRow), ['-h, --help', 'Print this help']]),
    formatSection('Environment variables', Object.entries(environment)),
    formatSection('Exit codes', Object.entries(exitCodes)),
    `Examples:\n${examples.join('\n').replaceAll(/^/gm, '  ')}`,
  ])
}

export function formatOverview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, arguments: expected, summary }): HelpRow => {
    return [[name, ...expected.map(({ usage }) => usage)].join(' '), summary]
  })
  return joinParts([
    wrap('Parley serves Zoom, TrueConf Server, and iMeet Central through one GraphQL API.', width),
    'Usage: parley COMMAND [options]',
    formatSection('Commands', rows),
    formatSection('Options', [
      ['-h, --help', 'Print this help'],
      ['-v, --version', 'Print the version'],
    ]),
    'Run "parley help COMMAND" for the options of a command.',
  ])
}

const joinParts = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`

/** Returns the name of an argument: `FILE` for `[FILE|-]`. */
const toLabel = (usage: string): string => usage.replaceAll(/[[\]]|\|-|\.{3}/g, '')

function toOptionRow([name, { value, default: fallback, description }]: [string, Command['options'][string]]): HelpRow {
  const label = `--${name}${value === undefined ? '' : ` ${value}`}`
  return [label, `${description}${fallback === undefined ? '' : ` (default: ${fallback})`}`]
}

function formatSection(title: string, rows: readonly HelpRow[]): string {
  if (rows.length === 0) return ''
  const column = Math.max(...rows.map(([name]) => name.length)) + 4
  const lines = rows.map(([name, description]) => {
    const indented = wrap(description, width - column).replaceAll('\n', `\n${' '.repeat(column)}`)
    return `  ${name.padEnd(column - 2)}${indented}`
  })
  return `${title}:\n${lines.join('\n')}`
}

/** Inserts line breaks between words. */
function wrap(text: string, columns: number): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}
