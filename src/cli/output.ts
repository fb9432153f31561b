import { stripVTControlCharacters } from 'node:util'
import type { CommandLine, Option } from './command.ts'
import { guardFormula } from './csv-formulas.ts'
import { UsageError } from './exit.ts'

/** Paths of the printed fields, such as `email` and `account.key`. */
export type Columns = readonly string[]

/** Prints rows to stdout. Rows of all calls belong to one table. */
export type WriteRows = (rows: readonly unknown[]) => void

export const outputOptions: Record<string, Option> = {
  json: { description: 'Print one JSON value per line. This is the default if the output is not a terminal' },
  csv: {
    description:
      'Print comma-separated values with a header. Texts that a spreadsheet would run begin with an apostrophe',
  },
}

/** Returns the writer that the options choose: JSON lines, CSV, or a table on a terminal. @throws UsageError for both options. */
export function createWriter(input: CommandLine, columns: Columns): WriteRows {
  if (input.hasFlag('json') && input.hasFlag('csv')) throw new UsageError('"--json" cannot be combined with "--csv".')
  const write = (lines: readonly string[]) => void process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  if (input.hasFlag('csv')) return withHeader(columns, formatCsvCell, (rows) => write(rows.map(formatCsvRow)))
  if (!input.hasFlag('json') && process.stdout.isTTY) return withHeader(columns, formatCell, createTable(write))
  return (rows) => write(rows.map((row) => JSON.stringify(row)))
}

function withHeader(
  columns: Columns,
  format: (value: unknown) => string,
  writeCells: (rows: string[][]) => void,
): WriteRows {
  let isFirst = true
  return (rows) => {
    const cells = rows.map((row) => columns.map((column) => format(getField(row, column))))
    writeCells(isFirst ? [columns.map((column) => column.replace('.key', '')), ...cells] : cells)
    isFirst = false
  }
}

/** The first rows decide the widths. */
function createTable(write: (lines: string[]) => void): (rows: string[][]) => void {
  let widths: number[] | null = null
  return (rows) => {
    const printable = rows.map((row) => row.map(removeControlCharacters))
    widths ??= printable[0]!.map((_, column) => Math.max(...printable.map((row) => [...row[column]!].length)))
    const pad = (text: string, column: number) => text + ' '.repeat(Math.max(0, widths![column]! - [...text].length))
    write(printable.map((row) => row.map(pad).join('  ').trimEnd()))
  }
}

const getField = (row: unknown, column: string): unknown =>
  column.split('.').reduce((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], row)

const formatCell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Numbers stay as they are. */
const formatCsvCell = (value: unknown): string => (typeof value === 'string' ? guardFormula(value) : formatCell(value))

/** RFC 4180, with the line ends of this system. Spreadsheets can also split at a semicolon or a tab. */
const formatCsvRow = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')

/** Names come from vendors and must not control the terminal. */
const removeControlCharacters = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
